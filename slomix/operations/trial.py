"""The daily trial: one message to somebody who waits for it, on the way that a reminder takes.

A community that calls on Fridays finds out on Monday that a token was withdrawn, and not at 20:45.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import reach
from accounts.models import User
from accounts.text import language_of
from botworker import outbox
from slomix.lib import clock

# One that comes later proves nothing any more.
WORTH = timedelta(minutes=10)


@dataclass(frozen=True)
class Trial:
    """Today's trial: when it was due, and what the ledger says became of it and why."""

    due_at: datetime
    state: str
    reason: str


def begin(at: datetime) -> None:
    """Promise today's trial at its time; asked again, or by two workers, it is one all the same.

    `ALERT_TRIAL_TO` is a Discord id; whoever has it is reached as they wish to be, like everybody.
    """
    due = _due_at(at)
    if due is None or not due <= at < due + WORTH or outbox.lines_of([_key(clock.today(at))]):
        return
    person = User.objects.filter(
        discord__discord_id=settings.ALERT_TRIAL_TO, is_active=True
    ).first()
    reached = reach.of_many([person.pk])[person.pk].channels if person else ()
    with translation.override(language_of(person)):
        body = _(
            "*The daily trial, only for you.* The way that reminders take works; nothing is to be done."
        )
    message = outbox.Message(
        recipient=outbox.recipient_of(settings.ALERT_TRIAL_TO),
        body=body,
        person_id=person.pk if person else None,
        channels=tuple(reached),
    )
    event = outbox.Event(_key(clock.today(at)), "test", due, due + WORTH)
    outbox.enqueue([message], event, at=at, planned=False)


def of(at: datetime) -> Trial | None:
    """Return today's trial; None before its time, or where nobody waits for one."""
    if _due_at(at) is None:
        return None
    found = outbox.lines_of([_key(clock.today(at))])
    return next((Trial(one.due_at, one.state, one.reason) for one in found), None)


def _due_at(at: datetime) -> datetime | None:
    if not settings.ALERT_TRIAL_TO:
        return None
    return clock.instant(clock.today(at), settings.ALERT_TRIAL_TIME)


def _key(day: date) -> str:
    return f"TRIAL:{day}"
