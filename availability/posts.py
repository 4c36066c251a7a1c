"""The evening's living post, as facts: when it is due, what it says, when it is out of date.

Created through the outbox like every message, so it is posted once whatever dies; then edited.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from availability import queries, words
from botworker import outbox
from botworker.outbox import Event, Message, Posted
from slomix.lib import clock


@dataclass(frozen=True)
class Wanted:
    """Where an evening's post stands and what it should say now."""

    where: Posted
    day: date
    version: int
    extras: dict[str, Any]


def key_of(day: date) -> str:
    """Return the ledger's key for an evening's post."""
    return f"EVENING:{day}"


def promise(at: datetime) -> bool:
    """Write today's post into the outbox once its time has come; True when it was not there yet."""
    day = clock.today(at)
    due_at = clock.instant(day, settings.POLL_POST_TIME)
    if not settings.POLL_ENABLED or at < due_at or outbox.states_of([key_of(day)]):
        return False
    times = queries.times(day)
    event = Event(key_of(day), "evening_post", due_at, times.ends_at, day)
    extras = words.post(queries.named_days(day, day)[day], times, at=at)
    recipient = outbox.channel_recipient(settings.POLL_CHANNEL_ID)
    outbox.enqueue([Message(recipient, "", extras=extras)], event, at=at, planned=False)
    return True


def version(day: date) -> int:
    """Return the version of the evening that a post should show."""
    return queries.version(day)


def current(day: date, at: datetime) -> Wanted | None:
    """Return what an evening's post should say now; None while it is not posted."""
    where = outbox.posted(key_of(day))
    if where is None:
        return None
    # Read before the answers: one that comes in between is shown now and edited once more.
    seen = queries.version(day)
    extras = words.post(queries.named_days(day, day)[day], queries.times(day), at=at)
    return Wanted(where, day, seen, extras)


def days_to_show(at: datetime) -> list[date]:
    """Return the evenings whose posts may change: today's, and yesterday's, which is over."""
    today = clock.today(at)
    return [today - timedelta(days=1), today]
