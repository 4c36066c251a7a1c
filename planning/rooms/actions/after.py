"""What a room keeps of the evening itself: who came; and the same again a week later."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from availability import actions as answers
from availability import queries
from availability.models import Door, Entry, Status
from botworker import presence
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.refusals import NoRoom
from planning.rooms.models import Came, Room
from slomix.lib import clock

A_WEEK = timedelta(days=7)


def record_presence(at: datetime) -> int:
    """Write down which of tonight's room are in voice now; returns how many are seen first.

    From the start to the end of the evening, and on fresh evidence only: with none, nobody came and
    nobody stayed away. Beat calls it; again at the same instant changes nothing.
    """
    day = clock.today(at)
    times = queries.times(day)
    room = Room.objects.on(day).first()
    if room is None or not times.start_at <= at < times.ends_at:
        return 0
    seen = presence.evidence(at=at)
    if not seen.voice_fresh:
        return 0
    return _write(room, seen.in_voice & lineups.participants(day), at)


@transaction.atomic
def _write(room: Room, people: frozenset[int], at: datetime) -> int:
    mine = Came.objects.filter(room=room, person__in=people)
    known = set(mine.values_list("person", flat=True))
    mine.filter(last_at__lt=at).update(last_at=at)
    new = sorted(people - known)
    Came.objects.bulk_create(
        (Came(room=room, person_id=who, first_at=at, last_at=at) for who in new),
        ignore_conflicts=True,
    )
    if new:
        opening.touch(room)
    return len(new)


def came(room: Room) -> list[Came]:
    """Return who was in voice on a room's evening, the first to come first, each with `.person`."""
    rows = Came.objects.filter(room=room).order_by("first_at", "pk")
    people = "person__discord", "person__link__player", "person__preferences"
    return list(rows.select_related(*people))


def same_again(*, person: User, day: date, at: datetime, door: str = Door.WEB) -> Entry:
    """Say LOOKING for the evening a week after a room's, whatever was said for it before.

    Raises NoRoom for an evening without a room, and what `answer` raises: NotLinked, and
    AnswerRefused once that evening is over, too.
    """
    if not Room.objects.on(day).exists():
        raise NoRoom(_("There was no planning room on that evening."))
    return answers.answer(person=person, day=day + A_WEEK, status=Status.LOOKING, at=at, door=door)
