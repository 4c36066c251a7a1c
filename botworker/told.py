"""Who was told what of late, for those who decide whether to say more."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from accounts.models import User
from botworker.models import WAITING, Delivery, State
from botworker.rules import SAID, Told

STILL_TO_HEAR = (*WAITING, State.LEASED, State.WITHDRAWN)


def people(prefix: str) -> dict[int, str]:
    """Return whom messages whose key begins so reached, or perhaps reached: number and recipient."""
    rows = Delivery.objects.filter(event_key__startswith=prefix, state__in=SAID)
    return dict(rows.filter(person__isnull=False).values_list("person", "recipient"))


def waiting(prefix: str) -> list[tuple[str, str]]:
    """Return the key and recipient of every message that is still to be said."""
    rows = Delivery.objects.filter(event_key__startswith=prefix, state__in=STILL_TO_HEAR)
    return list(rows.order_by("pk").values_list("event_key", "recipient"))


def is_waiting(event_keys: Iterable[str], recipient: str) -> bool:
    """Say whether one of some events is still to be said to somebody."""
    rows = Delivery.objects.filter(event_key__in=list(event_keys), recipient=recipient)
    return rows.filter(state__in=STILL_TO_HEAR).exists()


def times(kinds: Iterable[str], recipients: Iterable[str], since: datetime) -> Counter[str]:
    """Count by recipient how often one of these kinds was said, or will be, since an instant."""
    rows = Delivery.objects.filter(kind__in=kinds, recipient__in=set(recipients), due_at__gte=since)
    rows = rows.filter(state__in=(*SAID, *WAITING, State.LEASED))
    return Counter(rows.values_list("recipient", flat=True))


def next_at(person: User, evening: date, at: datetime) -> datetime | None:
    """Return when a person hears of an evening next, if they do; never in the past."""
    rows = Delivery.objects.filter(person=person, evening=evening, deadline_at__gt=at)
    rows = rows.filter(state__in=(*WAITING, State.LEASED)).order_by("next_at")
    found = rows.values_list("next_at", flat=True).first()
    return max(found, at) if found else None


def about(evening: date, recipients: Iterable[str]) -> dict[str, list[Told]]:
    """Return by recipient what is said or to be said to them about an evening; one query."""
    rows = Delivery.objects.filter(evening=evening, recipient__in=set(recipients))
    found: dict[str, list[Told]] = {}
    for whose, *columns in rows.values_list("recipient", *Told.COLUMNS):
        found.setdefault(whose, []).append(Told(*columns))
    return found
