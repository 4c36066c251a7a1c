"""What was said to somebody and what was not, for their own page."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from botworker.models import Attempt, Delivery, State
from botworker.rules import UNCOUNTED


@dataclass(frozen=True)
class Try:
    """One try of a message: on which channel, and what became of it."""

    channel: str
    outcome: str
    error: str


@dataclass(frozen=True)
class Message:
    """One message of somebody's, with what became of it."""

    kind: str
    due_at: datetime
    state: str
    reason: str
    channel: str
    settled_at: datetime | None
    tries: tuple[Try, ...]
    evening: date | None = None


def latest(person: User, most: int) -> list[Message]:
    """Return somebody's latest messages, the newest first, in two queries."""
    rows = Delivery.objects.filter(person=person).order_by("-due_at", "-pk")
    return [_message(row) for row in rows.prefetch_related("tries")[:most]]


def _message(row: Delivery) -> Message:
    tries = sorted(row.tries.all(), key=lambda one: one.n)
    return Message(
        kind=row.kind,
        due_at=row.due_at,
        state=row.state,
        reason=row.reason,
        channel=row.channel,
        settled_at=row.settled_at,
        tries=tuple(Try(one.channel, one.outcome, one.error) for one in tries),
        evening=row.evening,
    )


def arrived_at(person: User, channel: str) -> datetime | None:
    """Return when a message last reached somebody on a channel, in one query."""
    sent = Attempt.objects.filter(
        delivery__person=person, channel=channel, outcome=Attempt.Outcome.SENT
    )
    return sent.order_by("-ended_at").values_list("ended_at", flat=True).first()


def last_evening(person: User, since: datetime) -> date | None:
    """Return which evening the last message to somebody was about, on any channel; one query.

    Messages before `since` do not count, nor what answered the person's own press.
    """
    said = Delivery.objects.filter(
        person=person, evening__isnull=False, settled_at__gte=since, state__in=REACHED
    )
    mine = said.exclude(kind__in=UNCOUNTED).order_by("-settled_at")
    return mine.values_list("evening", flat=True).first()


# It reached them, or may have.
REACHED = (State.SENT, State.UNCONFIRMED)
