"""How far some events are, in numbers and in one query. Reached through `outbox`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from botworker.models import HELD, WAITING, Delivery, State

# Living rows only: the index of the keys has no others, and no others are counted.
OPEN = (*WAITING, *HELD, State.UNKNOWN)


@dataclass(frozen=True)
class Tally:
    """How many people have something of it, and for which events somebody still waits."""

    reached: int
    waiting: frozenset[str]


def tally(event_keys: Iterable[str], recipients: QuerySet[Any, Any]) -> Tally:
    """Count some events for those whom a query of recipients' names gives."""
    keys = list(event_keys)
    rows = Delivery.objects.filter(event_key__in=keys, recipient__in=recipients)
    waiting = {
        f"waiting_{place}": Count("pk", filter=Q(event_key=key, state__in=OPEN))
        for place, key in enumerate(keys)
    }
    reached = Count("recipient", distinct=True, filter=Q(state=State.SENT))
    found = rows.filter(state__in=(*OPEN, State.SENT)).aggregate(reached=reached, **waiting)
    still = (key for place, key in enumerate(keys) if found[f"waiting_{place}"])
    return Tally(found["reached"], frozenset(still))
