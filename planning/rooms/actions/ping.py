"""“Need more”: the room asks whoever could still come, with a wait before it can be pressed again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AuditEntry, User
from availability import could_come, queries
from availability.actions import days
from availability.models import Door
from botworker import rules
from planning.rooms.actions import opening
from planning.rooms.actions.refusals import Refused
from planning.rooms.models import Room
from slomix.lib import clock


class PingRefused(Refused):
    """Nobody is asked now; the text says why."""


class NotNeeded(PingRefused):
    """Enough are looking."""


class TooSoon(PingRefused):
    """Somebody pressed a while ago; `wait` is how many seconds it still takes."""

    def __init__(self, text: str, wait: int) -> None:
        super().__init__(text)
        self.wait = wait


@transaction.atomic
def need_more(*, person: User, at: datetime, door: str = Door.WEB) -> int:
    """Ask whoever could still come tonight; returns how many people. Anybody linked may press.

    Asked is who wants messages of the planning room and has no answer, or said Available or Maybe:
    one message each, nobody in quiet hours, nobody twice an evening, and nobody more often than
    NUDGES_A_WEEK in seven days. Raises NotLinked, NoRoom, RoomClosed, NotNeeded, TooSoon, and
    PingRefused after the start and where nobody is left to ask.
    """
    days.check_linked(person)
    day = clock.today(at)
    room = opening.hold(day, at)
    times, quorum = queries.times(day), opening.quorum_of(day)
    if not settings.PROMPTS_ENABLED:
        raise PingRefused(_("Messages without a call are switched off here."))
    if quorum.ready:
        raise NotNeeded(_("Enough are looking: we play. Nobody needs to be asked."))
    if at >= times.start_at - could_come.LEAST:
        raise PingRefused(_("The evening has begun. Tomorrow is another one."))
    _check_wait(room, at)
    kind = rules.NEED_MORE
    people = could_come.choices(kind=kind, wish="allow_planning", by=person, day=day, at=at)
    asked = [one for one in people if not one.silent]
    if not asked:
        raise PingRefused(_("Nobody is left who could be asked."))
    could_come.ask(asked, kind=kind, times=times, missing=quorum.missing, at=at)
    Room.objects.filter(pk=room.pk).update(pinged_at=at)
    opening.touch(room)
    AuditEntry.write("room_pinged", at=at, actor=person, door=door, room=room.pk, people=len(asked))
    return len(asked)


def _check_wait(room: Room, at: datetime) -> None:
    if wait := seconds_to_wait(room, at):
        minutes = -(-wait // 60)
        text = ngettext(
            "That was asked just now. Again in %(n)d minute.",
            "That was asked just now. Again in %(n)d minutes.",
            minutes,
        )
        raise TooSoon(text % {"n": minutes}, wait)


def seconds_to_wait(room: Room, at: datetime) -> int:
    """Return how long until “need more” can be pressed again; 0: now."""
    if room.pinged_at is None:
        return 0
    left = room.pinged_at + settings.PLANNING_PING_COOLDOWN - at
    return max(0, -int(-left.total_seconds() // 1))
