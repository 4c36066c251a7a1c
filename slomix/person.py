"""Verbs about one person that need several apps."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import access, actions, language, sessions
from accounts.actions import handles
from accounts.models import (
    AuditEntry,
    Contest,
    Erasure,
    HandleChannel,
    LinkToken,
    NameCode,
    Player,
    Throttle,
    User,
)
from accounts.reach import ASKED_FOR
from availability.actions import days
from availability.models import Change, Entry
from botworker import leaving, outbox
from planning.rooms import forgetting as rooms
from planning.rooms.leaving import hold as hold_rooms
from slomix import belongings
from slomix.lib import clock

# How long we remember what; a backup is 35 days old at most.
BODIES = timedelta(days=30)
ERRORS = timedelta(days=90)
AUDIT = timedelta(days=365)
TRIES = timedelta(days=30)
PRESSES = timedelta(days=7)
CODES = timedelta(days=1)
ERASURES = timedelta(days=70)
ROOMS = timedelta(days=30)
# A test that comes later tells nobody anything.
TEST_IS_WORTH = timedelta(minutes=5)


def answer_the_question(*, person: User, remind: bool, at: datetime, door: str = "web") -> None:
    """Record whether somebody wants to be reminded at the call and at the start.

    The bot sees a yes and opens the direct-message channel ahead of the evening, so that the hour
    itself needs no call for it.
    """
    actions.answer_the_question(person=person, remind=remind, at=at, door=door)


def stop_everything(*, person: User, at: datetime, door: str = "web") -> None:
    """Say nothing to somebody any more, whatever kind; what is under way is looked at as it is sent.

    Answers, quiet hours and channels stay as they are.
    """
    kinds = {f"allow_{kind}": False for kind in ("promotions", *ASKED_FOR)}
    actions.set_preferences(person=person, at=at, door=door, **kinds)


@transaction.atomic
def unlink_player(
    *, person: User, at: datetime, by: User | None = None, door: str = "web"
) -> Player:
    """Untie somebody's player: their answers ahead go, and nothing is said to them any more.

    Raises accounts.actions.LinkRefused where there is none.
    """
    days.hold([person.pk])
    player = actions.unlink_player(person=person, at=at, by=by, door=door)
    _leave_evenings(person, at)
    return player


@transaction.atomic
def unlink_discord(
    *, person: User, at: datetime, signed_in_at: datetime | None, door: str = "web"
) -> None:
    """Untie somebody's Discord account, and with it the player, every channel, wish and session.

    Raises accounts.actions.NotFresh when the sign-in is older than ten minutes, and UnlinkRefused
    where there is no account.
    """
    actions.check_fresh(signed_in_at, at)
    days.hold([person.pk])
    if hasattr(person, "link"):
        actions.unlink_player(person=person, at=at, door=door)
    _leave_evenings(person, at)
    for channel in HandleChannel.values:
        handles.disconnect(person=person, channel=channel, at=at, door=door)
    actions.unlink_discord(person=person, at=at, signed_in_at=signed_in_at, door=door)
    sessions.end_all(person)


def _leave_evenings(person: User, at: datetime) -> None:
    leaving.suppress_all(person, reason=leaving.NOT_LINKED, at=at)
    ahead = Entry.objects.filter(person=person, day__gte=clock.today(at))
    belongings.forget_answers(ahead)


def export(*, person: User, at: datetime, door: str = "web") -> dict[str, Any]:
    """Return everything we keep about a person, by table; it is written down that they asked."""
    AuditEntry.write("exported", at=at, actor=person, door=door)
    tables = {name: rows(person) for name, rows in belongings.EXPORT.items()}
    return {"made_at": at, "person": person.pk, "tables": tables}


@transaction.atomic
def erase(
    *,
    person: User,
    at: datetime,
    signed_in_at: datetime | None,
    by: User | None = None,
    door: str = "web",
) -> int:
    """Forget a person: contact data and sessions at once, what is ahead is cancelled.

    The ledger and the audit log keep a number that leads to nobody. A keyed hash remains, so that
    a restored backup can forget them again. Returns how many messages were cancelled. Raises
    accounts.actions.NotFresh when the sign-in is older than ten minutes.
    """
    actions.check_fresh(signed_in_at, at)
    # Tonight's room before the person, and the person before their messages, as a room's verbs and
    # every answer do, or the two could wait for each other.
    hold_rooms(at)
    days.hold([person.pk])
    if hasattr(person, "discord"):
        key = outbox.recipient_of(person.discord.discord_id)
        Erasure.objects.update_or_create(key=key, defaults={"at": at})
    cancelled = leaving.forget(person, at=at)
    for forget in belongings.ERASE.values():
        forget(person, at)
    AuditEntry.write("erased", at=at, actor=by or person, subject=person, door=door)
    return cancelled


class NothingToTest(Exception):
    """There is nothing to be tested; the text says why."""


@transaction.atomic
def send_test(*, person: User, channel: str, at: datetime) -> None:
    """Send somebody a test on one channel, the way everything else goes: through the outbox.

    Once a minute: asked for again within it, nothing more is sent. Quiet hours do not keep it
    back, and a channel that is switched off is tried all the same: if it arrives, what a provider
    said is lifted. Raises NothingToTest for a channel that is not linked and without a player.
    """
    account = getattr(person, "discord", None)
    linked = channel == "discord" or person.handles.filter(channel=channel).exists()
    if account is None or not access.of(person).linked or not linked:
        raise NothingToTest(_("This channel is not linked."))
    with translation.override(language.spoken_to(person)):
        body = _("✅ **A test, sent at %(at)s.** This is how we reach you. Nothing else to do.")
        body %= {"at": clock.named(at.replace(microsecond=0))}
    message = outbox.Message(
        recipient=outbox.recipient_of(account.discord_id),
        body=body,
        person_id=person.pk,
        channels=(channel,),
    )
    key = f"REACHABILITY:{channel}:{at:%Y-%m-%dT%H:%M}"
    event = outbox.Event(key, "reachability", at, at + TEST_IS_WORTH)
    outbox.enqueue([message], event, at=at, planned=False)


def retain(at: datetime) -> dict[str, int]:
    """Forget what its time is over for; returns how many rows of each. Again changes nothing."""
    closed = Contest.objects.exclude(outcome=Contest.Outcome.OPEN)
    return {
        "bodies": leaving.forget_bodies(at - BODIES),
        "errors": leaving.forget_errors(at - ERRORS),
        "presses": leaving.forget_presses(at - PRESSES),
        "audit": AuditEntry.objects.filter(at__lt=at - AUDIT).delete()[0],
        "answers": Change.objects.filter(at__lt=at - AUDIT).delete()[0],
        "contests": closed.filter(settled_at__lt=at - AUDIT).delete()[0],
        "tries": Throttle.objects.filter(window_at__lt=at - TRIES).delete()[0],
        "codes": NameCode.objects.filter(expires_at__lt=at - CODES).delete()[0],
        "tokens": LinkToken.objects.filter(expires_at__lt=at - CODES).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=at).delete()[0],
        "wishes": rooms.forget_wishes(at - ROOMS),
        "offers": rooms.forget_offers(at - ROOMS),
        "threads": rooms.forget_threads(at - ROOMS),
        "came": rooms.forget_came(at - AUDIT),
        "erasures": Erasure.objects.filter(at__lt=at - ERASURES).delete()[0],
    }
