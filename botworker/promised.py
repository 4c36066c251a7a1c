"""What the ledger still has to say soon: asked before anything is done that could hold it up."""

from collections.abc import Iterable
from datetime import datetime

from botworker.models import HELD, WAITING, Delivery, State

UNSAID = (*WAITING, *HELD, State.UNKNOWN)


def between(
    kinds: Iterable[str], *, since: datetime, until: datetime, database: str = "default"
) -> int:
    """Return how many messages of these kinds are due before `until` and worth saying at `since`.

    It reads columns that every version of the ledger had: whoever migrates it asks before.
    """
    unsaid = Delivery.objects.using(database).filter(kind__in=list(kinds), state__in=UNSAID)
    return unsaid.filter(due_at__lte=until, expires_at__gt=since).count()
