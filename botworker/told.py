"""Who was told what of late, for those who decide whether to say more."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from botworker.models import WAITING, Delivery, State
from botworker.rules import SAID

STILL_TO_HEAR = (*WAITING, State.LEASED, State.WITHDRAWN)


def people(prefix: str) -> dict[int, str]:
    """Return whom messages whose key begins so reached, or perhaps reached: number and recipient."""
    rows = Delivery.objects.filter(event_key__startswith=prefix, state__in=SAID)
    return dict(rows.filter(person__isnull=False).values_list("person", "recipient"))


def waiting(prefix: str) -> list[tuple[str, str]]:
    """Return the key and recipient of every message that is still to be said."""
    rows = Delivery.objects.filter(event_key__startswith=prefix, state__in=STILL_TO_HEAR)
    return list(rows.order_by("pk").values_list("event_key", "recipient"))


def times(kind: str, recipients: Iterable[str], since: datetime) -> Counter[str]:
    """Count by recipient how often a kind was said, or will be, since an instant."""
    rows = Delivery.objects.filter(kind=kind, recipient__in=set(recipients), due_at__gte=since)
    rows = rows.filter(state__in=(*SAID, *WAITING, State.LEASED))
    return Counter(rows.values_list("recipient", flat=True))
