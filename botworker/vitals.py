"""What the parts that run say of themselves, read for operators: a fixed number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Count, Max, Min, Q

from botworker.hearing import LEASE
from botworker.identifies import DAY
from botworker.models import (
    HELD,
    WAITING,
    Breaker,
    Delivery,
    GatewayLeader,
    Identify,
    Listener,
    Look,
    PartPulse,
    State,
)
from botworker.timing import NOW

# What moves of itself: the time of the next look says whether such a row is late.
MOVING = (State.PLANNED, State.SCHEDULED, *HELD)
# What is pushed on by every try: only its own time says how late it is.
PUSHED = (State.RETRY_WAIT, State.UNKNOWN)


@dataclass(frozen=True)
class Sign:
    """A part's last sign of life."""

    at: datetime
    detail: str = ""


@dataclass(frozen=True)
class Leader:
    """Who keeps the gateway: the machine's name, and when it last said so."""

    host: str
    at: datetime
    released: bool


@dataclass(frozen=True)
class Shut:
    """A channel that is left alone, since its provider gave no clear answers."""

    channel: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class Lot:
    """The rows of one event that are in one state."""

    event_key: str
    state: str
    number: int
    # How many of them should be over by now.
    late: int
    last_at: datetime | None


@dataclass(frozen=True)
class Queue:
    """What waits over all events: the oldest row that could be claimed, and rows of unclear fate."""

    oldest_at: datetime | None
    waiting: int
    unknown: int


def signs() -> dict[str, Sign]:
    """Return every part's last sign of life; those that hear Telegram, Signal and the game, too."""
    found = {one.part: Sign(one.at, one.detail) for one in PartPulse.objects.all()}
    heard = {f"hears {one.channel}": Sign(one.until - LEASE) for one in Listener.objects.all()}
    return found | heard


def leader() -> Leader | None:
    """Return who keeps the gateway, or kept it last."""
    row = GatewayLeader.objects.first()
    return Leader(row.owner.partition(":")[0], row.at, row.released) if row else None


def shut(at: datetime) -> list[Shut]:
    """Return the channels that are left alone now."""
    rows = Breaker.objects.filter(open_until__gt=at).order_by("channel")
    return [Shut(one.channel, one.open_until, one.reason) for one in rows if one.open_until]


def identified(at: datetime) -> int:
    """Count how often the bot identified itself within 24 hours."""
    return Identify.objects.filter(at__gt=at - DAY).count()


def looks() -> dict[str, tuple[datetime, int]]:
    """Return for each place when it was looked at last, and how many were there."""
    return {one.place: (one.at, one.number) for one in Look.objects.all()}


def lots(event_keys: Iterable[str], *, at: datetime, patience: timedelta) -> list[Lot]:
    """Return the rows of some events by state, and how many of them are `patience` too late.

    A row that waits for the end of somebody's quiet hours is not late before that.
    """
    late = Q(state__in=MOVING, next_at__lte=at - patience) | Q(
        state__in=PUSHED, due_at__lte=at - patience
    )
    rows = Delivery.objects.filter(event_key__in=list(event_keys)).values("event_key", "state")
    found = rows.annotate(n=Count("pk"), late=Count("pk", filter=late), last=Max("settled_at"))
    return [
        Lot(one["event_key"], one["state"], one["n"], one["late"], one["last"])
        for one in found.order_by("event_key", "state")
    ]


def queue(at: datetime) -> Queue:
    """Return what waits: the oldest that is due and in nobody's hands, and how many rows are."""
    due = Q(state__in=WAITING, next_at__lte=at, deadline_at__gt=at)
    rows = Delivery.objects.filter(state__in=(*WAITING, State.UNKNOWN), next_at__lte=at + LEASE)
    found = rows.aggregate(
        oldest=Min("next_at", filter=due),
        n=Count("pk", filter=due),
        unknown=Count("pk", filter=Q(state=State.UNKNOWN)),
    )
    return Queue(found["oldest"], found["n"], found["unknown"])


def unreached(event_keys: Iterable[str]) -> int:
    """Count the people to whom some events could not be said on any channel."""
    rows = Delivery.objects.filter(event_key__in=list(event_keys), state=State.FAILED)
    return rows.aggregate(n=Count("recipient", distinct=True))["n"] or 0


def skew(here: datetime) -> timedelta:
    """Return how far this machine's clock, which says `here`, is ahead of the database's.

    A file on this machine has no clock of its own.
    """
    if connection.vendor == "sqlite":
        return timedelta()
    with connection.cursor() as cursor:
        cursor.execute(NOW[connection.vendor])
        (said,) = cursor.fetchone()
    there: datetime = said.astimezone(UTC)
    return here - there
