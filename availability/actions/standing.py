"""What holds for many evenings at once: somebody's usual week, and being away.

Both are written into the evenings ahead as answers of their own, so everything that looks at an
evening finds one row per person; a task writes the day that comes into sight each midnight. A day
whose answer somebody took back is not filled by the week as it was then: that a day was cleared is
read from the history, and no column can be out of step with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from availability import board, queries, resolve
from availability.actions.days import AnswerRefused, check_linked, hold
from availability.actions.writing import Turn, write_many
from availability.models import STANDING, Away, Change, Entry, Status, Usual
from availability.resolve import Said
from slomix.lib import clock

LONGEST_ABSENCE = 180
MOST_ABSENCES = 20
PEOPLE_AT_ONCE = 200


class NoSuchAbsence(AnswerRefused):
    """It is over, was taken back, or is somebody else's."""


@transaction.atomic
def set_pattern(*, person: User, week: Mapping[int, str], at: datetime) -> int:
    """Say what somebody usually plays, by weekday (0 is Monday); an empty week says nothing.

    It fills the days ahead that nobody said anything about, and leaves the others; one whose
    answer was taken back is filled if the weekday is said anew after that. Returns how many
    answers changed. Raises NotLinked, and AnswerRefused for an unknown weekday or status.
    """
    check_linked(person)
    for weekday, status in week.items():
        if weekday not in range(7):
            raise AnswerRefused("days", _("A week has seven days; choose among them."))
        if status not in Status.values:
            text = _(
                "“%(text)s” is not an answer. Choose looking, available, maybe or not playing."
            )
            raise AnswerRefused("days", text % {"text": str(status)[:40]})
    hold([person.pk])
    _keep_week(person, week, at)
    return _settle([person.pk], at)


def _keep_week(person: User, week: Mapping[int, str], at: datetime) -> None:
    """Write what is new; a weekday that stays as it was stays since when it was said."""
    before = queries.usual(person.pk)
    changed = [number for number in range(7) if before.get(number) != week.get(number)]
    Usual.objects.filter(person=person, weekday__in=changed).delete()
    Usual.objects.bulk_create(
        Usual(person=person, weekday=number, status=week[number], since=at)
        for number in changed
        if number in week
    )


@transaction.atomic
def set_usual(*, person: User, weekday: int, status: str, at: datetime) -> int:
    """Say what somebody usually plays on one weekday, nothing where `status` is empty.

    The other weekdays stay, also when two devices are pressed at once. Returns and raises as
    `set_pattern` does.
    """
    check_linked(person)
    hold([person.pk])
    week = queries.usual(person.pk) | {weekday: status}
    if weekday in range(7) and not status:
        del week[weekday]
    return set_pattern(person=person, week=week, at=at)


@transaction.atomic
def add_away(*, person: User, first: date, last: date, at: datetime) -> Away:
    """Say that somebody is away from the first to the last day, at most 180 days.

    Days they answered themselves keep that answer. Saying the same twice is once. Raises
    NotLinked, and AnswerRefused for days that are over, too far ahead, too many or swapped.
    """
    check_linked(person)
    _check_absence(first, last, at)
    hold([person.pk])
    mine = Away.objects.filter(person=person, last__gte=clock.today(at))
    if mine.exclude(first=first, last=last).count() >= MOST_ABSENCES:
        text = _("You are away %(n)d times already. Take one back first.")
        raise AnswerRefused("from", text % {"n": MOST_ABSENCES})
    absence, _made = Away.objects.get_or_create(
        person=person, first=first, last=last, defaults={"said_at": at}
    )
    _settle([person.pk], at)
    return absence


def _check_absence(first: date, last: date, at: datetime) -> None:
    today, horizon = queries.horizon(at)
    if first > last:
        raise AnswerRefused("to", _("The last day is before the first one; swap them."))
    if first < today:
        over = _("%(day)s is over. Choose today or later.") % {"day": first.isoformat()}
        raise AnswerRefused("from", over)
    if first > horizon:
        text = _("We plan 90 days ahead, until %(last)s. Choose an earlier day.")
        raise AnswerRefused("from", text % {"last": horizon.isoformat()})
    if (last - first).days + 1 > LONGEST_ABSENCE:
        text = _("Away for at most %(n)d days at once.") % {"n": LONGEST_ABSENCE}
        raise AnswerRefused("to", text)


@transaction.atomic
def end_away(*, person: User, absence_id: int, at: datetime) -> int:
    """Take an absence back; what was usual holds again. Returns how many answers changed.

    Days that are over keep what held on them. Raises NotLinked and NoSuchAbsence.
    """
    check_linked(person)
    hold([person.pk])
    # A larger number is no row's: SQLite would overflow.
    known = Away.objects.filter(person=person, pk=absence_id) if absence_id < 2**63 else None
    if known is None or not known.delete()[0]:
        raise NoSuchAbsence("id", _("This absence is taken back already."))
    return _settle([person.pk], at)


def fill_ahead(at: datetime) -> int:
    """Write weeks and absences into the days ahead that are not filled yet, for all linked people.

    Running it again changes nothing. Returns how many answers changed.
    """
    linked = User.objects.linked()
    standing = linked.filter(usual__isnull=False) | linked.filter(away__last__gte=clock.today(at))
    numbers = sorted(set(standing.values_list("pk", flat=True)))
    changed = 0
    for start in range(0, len(numbers), PEOPLE_AT_ONCE):
        with transaction.atomic():
            some = numbers[start : start + PEOPLE_AT_ONCE]
            hold(some)
            changed += _settle(some, at)
    return changed


def of_day(
    person_id: int, day: date, at: datetime, *, week: bool = True, undone: int | None = None
) -> Said | None:
    """Return what stands on one day: an absence, or what is usual if `week` counts.

    `undone` is the number of a change to be looked at as if it had not been made.
    """
    known = _read([person_id], day, day, undone)
    return (known if week else replace(known, usual={})).decide(person_id, day, None, at)


def _settle(person_ids: list[int], at: datetime) -> int:
    """Make the answers ahead what they should be; five queries for what is there."""
    first, last = queries.horizon(at)
    known = _read(person_ids, first, last)
    entries = Entry.objects.between(first, last).filter(person__in=person_ids)
    there = {(entry.person_id, entry.day): resolve.of(entry) for entry in entries}
    turns = []
    for who, day in product(person_ids, board.days(first, last)):
        before = there.get((who, day))
        turns.append(Turn(who, day, before, known.decide(who, day, before, at)))
    return write_many(turns, at=at)


@dataclass(frozen=True)
class _Known:
    """People's weeks and absences, and the days whose answer they took back."""

    usual: dict[int, dict[int, Usual]]
    away: dict[int, list[Away]]
    taken_back: dict[tuple[int, date], datetime]

    def decide(self, who: int, day: date, said: Said | None, at: datetime) -> Said | None:
        away, usual = self.away.get(who, ()), self._usual(who, day)
        return resolve.resolve(day, said, away=away, usual=usual, at=at)

    def _usual(self, who: int, day: date) -> dict[int, str]:
        """What is said about a weekday after the day's answer was taken back is the newer word."""
        one = self.usual.get(who, {}).get(day.weekday())
        if one is None:
            return {}
        gone = self.taken_back.get((who, day))
        return {} if gone and gone >= one.since else {one.weekday: one.status}


def _read(person_ids: list[int], first: date, last: date, undone: int | None = None) -> _Known:
    usual: dict[int, dict[int, Usual]] = {}
    for one in Usual.objects.filter(person__in=person_ids):
        usual.setdefault(one.person_id, {})[one.weekday] = one
    away: dict[int, list[Away]] = {}
    for absence in Away.objects.filter(person__in=person_ids, first__lte=last, last__gte=first):
        away.setdefault(absence.person_id, []).append(absence)
    said: dict[tuple[int, date], list[Change]] = {}
    about = Change.objects.filter(person__in=usual, day__gte=first, day__lte=last)
    for change in about.exclude(door__in=STANDING).order_by("-pk"):
        said.setdefault((change.person_id, change.day), []).append(change)
    gone = {key: resolve.taken_back(some, {undone or 0}) for key, some in said.items()}
    return _Known(usual, away, {key: when for key, when in gone.items() if when})
