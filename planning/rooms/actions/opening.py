"""Open the evening's room, come in, step out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AuditEntry, User
from availability import actions as answers
from availability import queries
from availability.actions import days
from availability.models import Door, Entry, Status
from availability.quorum import Quorum
from planning.rooms.actions.refusals import NoRoom, NotYet, RoomClosed
from planning.rooms.models import Room
from slomix.lib import clock

# Whoever says one of these is in the room as they are.
STAYS = (Status.LOOKING, Status.AVAILABLE, Status.MAYBE)


@dataclass(frozen=True)
class Opened:
    """The evening's room, and whether this very call opened it."""

    room: Room
    created: bool


@transaction.atomic
def open_room(*, person: User, at: datetime, door: str = Door.WEB) -> Opened:
    """Open tonight's room, or return the one that is there; of any number at once one opens it.

    Raises NotLinked, and NotYet while too few are looking.
    """
    days.check_linked(person)
    day = clock.today(at)
    days.lock(day)
    there = Room.objects.on(day).first()
    if there:
        return Opened(there, created=False)
    quorum = quorum_of(day)
    if not quorum.ready:
        text = ngettext(
            "The room opens when %(n)d are looking: %(m)d more.",
            "The room opens when %(n)d are looking: %(m)d more.",
            quorum.missing,
        )
        raise NotYet(text % {"n": quorum.threshold, "m": quorum.missing})
    room = Room.objects.create(day=day, creator=person, opened_at=at)
    days.touch(day)
    AuditEntry.write("room_opened", at=at, actor=person, door=door, room=room.pk)
    return Opened(room, created=True)


def quorum_of(day: date) -> Quorum:
    """Return how far an evening is: the one definition, which the page's counter uses too."""
    counts = queries.counts(day, day).get(day)
    return Quorum(counts.looking if counts else 0, settings.READY_THRESHOLD)


@transaction.atomic
def join(*, person: User, at: datetime, door: str = Door.WEB) -> Entry:
    """Come into tonight's room: LOOKING for whoever had no answer or a no.

    Whoever is available or a maybe keeps that answer; a maybe stays on standby. Returns the answer
    that holds. Raises NotLinked, NoRoom, RoomClosed.
    """
    day = clock.today(at)
    opened(day, at)
    days.hold([person.pk])
    mine = queries.answer_of(person.pk, day)
    if mine is not None and mine.status in STAYS:
        days.check_linked(person)
        return mine
    return answers.answer(person=person, day=day, status=Status.LOOKING, at=at, door=door)


@transaction.atomic
def leave(*, person: User, at: datetime, door: str = Door.WEB) -> Entry:
    """Step out of tonight's room: a no for the evening; a place in a team goes to standby.

    Raises NotLinked, NoRoom, RoomClosed.
    """
    day = clock.today(at)
    opened(day, at)
    return answers.answer(person=person, day=day, status=Status.NOT_PLAYING, at=at, door=door)


def opened(day: date, at: datetime) -> Room:
    """Return an evening's room that can still be changed. Raises NoRoom, RoomClosed."""
    room = Room.objects.on(day).first()
    if room is None:
        raise NoRoom(_("There is no planning room yet. Open it first."))
    if at >= queries.times(day).ends_at:
        raise RoomClosed(_("The room is closed: the evening is over."))
    return room


def hold(day: date, at: datetime) -> Room:
    """Return the same, held until the transaction ends, so that two verbs take turns."""
    opened(day, at)
    return Room.objects.select_for_update().get(day=day)


def enter(person: User, at: datetime) -> Room:
    """Return tonight's room, held, for somebody who is linked.

    Rooms are held before people (`planning.rooms.leaving.hold` does the same), so who left Slomix
    while this waited is known by then. Raises NotLinked, NoRoom, RoomClosed.
    """
    days.check_linked(person)
    room = hold(clock.today(at), at)
    days.check_linked(User.objects.with_identity().get(pk=person.pk))
    return room


def touch(room: Room) -> None:
    """Raise the room's version, so that every page and post notices."""
    Room.objects.filter(pk=room.pk).update(version=F("version") + 1)
