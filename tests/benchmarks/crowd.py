"""People who want to be reminded, and what they are promised."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from availability import words
from botworker import outbox
from botworker.models import Delivery
from botworker.outbox import Event
from tests import make
from tests.ledger.ledger import message

# A reminder is worth saying from a quarter before the evening until three minutes before it.
WORTH_SAYING = timedelta(minutes=12)
EVENING = date(2026, 11, 20)


@transaction.atomic
def people(how_many: int) -> list[User]:
    """Make linked people who opted in."""
    return [
        make.person(f"player {number}", opted_in=True, allow_session_ready=True)
        for number in range(how_many)
    ]


def event(name: str, due_at: datetime, *, kind: str = "reminder") -> Event:
    """Describe one evening's message."""
    return Event(f"BENCH:{kind}:{name}", kind, due_at, due_at + WORTH_SAYING, EVENING)


def promise(crowd: Sequence[User], said: Event) -> None:
    """Write the rows, claimable as soon as they are due."""
    rows = words.reminder_rows(EVENING)
    messages = [message(who, extras={"rows": rows}) for who in crowd]
    outbox.enqueue(messages, said, at=make.TONIGHT, planned=False)


def ids(said: Event) -> list[int]:
    """Return the rows of an event."""
    return list(Delivery.objects.filter(event_key=said.key).values_list("pk", flat=True))
