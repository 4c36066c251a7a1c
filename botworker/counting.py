"""What happens and leaves no row of its own is counted, once what it belongs to is committed."""

from functools import partial

from django.db import transaction
from django.db.models import F

from botworker.models import Counted

# A drain died, or slept too long, with a delivery in its hands: another one took it.
STOLEN = "lease_steals"
# A drain came with a decision on a row that had moved on meanwhile, and changed nothing.
REJECTED = "fence_rejects"


def count(name: str, number: int = 1) -> None:
    """Count something after the commit: a row that everybody writes must be locked by nobody who
    holds deliveries, or two drains would wait for each other."""
    if number:
        transaction.on_commit(partial(_add, name, number))


def _add(name: str, number: int) -> None:
    Counted.objects.get_or_create(name=name)
    Counted.objects.filter(name=name).update(number=F("number") + number)


def counted() -> dict[str, int]:
    """Return what was counted, by name."""
    return {STOLEN: 0, REJECTED: 0} | dict(Counted.objects.values_list("name", "number"))
