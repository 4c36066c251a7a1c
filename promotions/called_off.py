"""Telling those who were reminded that the call is off: once an evening, before the start."""

from collections.abc import Set
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from accounts import reach
from accounts.models import User
from accounts.text import language_of
from availability.models import Entry, Status
from botworker import outbox, rules
from botworker.outbox import Event, Message
from promotions import promises
from promotions.models import Campaign

# Nothing is promised that could not be said any more.
LEAST = timedelta(minutes=1)
# What is under way may never arrive; its end is not told before it is known.
HEARD = frozenset({"sent", "unconfirmed"})
CALLED_AGAIN = "called again"


def key_of(day: date) -> str:
    """Return the ledger's key for it."""
    return f"PROMOTE:OFF:{day}"


def words(status: str) -> str:
    """Return what is said: that it is off, and that the answer stays."""
    text = _("**Tonight’s call is off.** No more reminders for it. Your answer stays %(status)s.")
    return text % {"status": Status(status).label}


def tell(campaign: Campaign, keys: Set[str], *, at: datetime) -> int:
    """Promise it to those of `keys` who heard the reminder and may still come; returns how many.

    Whoever heard nothing yet has nothing to be told. Call it in the transaction of the cancel.
    """
    if campaign.dry_run or at >= campaign.start_at - LEAST:
        return 0
    slots = [slot.event_key for slot in promises.calls_of(campaign)]
    lines = outbox.lines(slots, keys).values()
    heard = {line.person_id for line in lines if line.state in HEARD and line.person_id}
    said = _said(campaign.day, heard)
    event = Event(key_of(campaign.day), rules.CALL_OFF, at, campaign.start_at, campaign.day)
    reached = reach.of_many(sorted(said))
    people = User.objects.with_identity().filter(pk__in=said).order_by("pk")
    messages = [_message(who, said[who.pk], reached[who.pk]) for who in people]
    if messages:
        outbox.enqueue(messages, event, at=at, planned=False)
    return len(messages)


def _said(day: date, people: Set[int]) -> dict[int, str]:
    entries = Entry.objects.on(day).filter(person__in=people)
    coming = entries.exclude(status=Status.NOT_PLAYING)
    return dict(coming.values_list("person", "status"))


def _message(who: User, status: str, found: reach.Reach) -> Message:
    with translation.override(language_of(who)):
        body = words(status)
    return Message(
        recipient=promises.key_of(who),
        person_id=who.pk,
        channels=tuple(found.channels),
        body=body,
    )


def take_back(campaign: Campaign, *, at: datetime) -> int:
    """Say nothing of an earlier call's end to whoever is called again; returns how many rows."""
    called = set(campaign.recipients.filter(left_out="").values_list("key", flat=True))
    return outbox.cancel([key_of(campaign.day)], called, reason=CALLED_AGAIN, at=at)
