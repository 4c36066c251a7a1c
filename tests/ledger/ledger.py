"""A promise or two, for tests of the ledger."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from availability import words
from botworker import outbox
from botworker.models import Delivery
from botworker.outbox import Event, Message
from tests import make

KEY = "PROMOTE:T-15:2026-11-20"


def event(key: str = KEY, **changes: Any) -> Event:
    """Return tonight's reminder: due 20:45, worth saying until 20:57."""
    facts: dict[str, Any] = {
        "key": key,
        "kind": "reminder",
        "due_at": make.at("20:45"),
        "expires_at": make.at("20:57"),
        "evening": make.TONIGHT.date(),
    }
    return Event(**(facts | changes))


def message(who: User, **changes: Any) -> Message:
    """Return what somebody is to be told."""
    facts: dict[str, Any] = {
        "recipient": outbox.recipient_of(who.discord.discord_id),
        "body": "Game night at 21:00 CET.",
        "person_id": who.pk,
        "extras": {"rows": words.reminder_rows(make.TONIGHT.date())},
    }
    return Message(**(facts | changes))


def promise(*people: User, at: datetime = make.TONIGHT, planned: bool = False) -> None:
    """Write tonight's reminder for some people."""
    outbox.enqueue([message(who) for who in people], event(), at=at, planned=planned)


def row(who: User, key: str = KEY) -> Delivery:
    """Return somebody's row of the reminder."""
    return Delivery.objects.get(
        event_key=key, recipient=outbox.recipient_of(who.discord.discord_id)
    )


def soon(wall: str, seconds: float = 0) -> datetime:
    """Return tonight's wall time, some seconds later."""
    return make.at(wall) + timedelta(seconds=seconds)
