"""Reading evenings: as many queries for a range of days, whatever the number of people."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from accounts import access, faces
from accounts.models import User
from availability import board, looks
from availability.models import Away, Entry, EntryQuerySet, Evening, Status, Usual
from slomix.lib import clock
from slomix.lib.compiled import Compiled
from slomix.lib.keep import Kept

# By day and status: the numbers of people.
Said = dict[date, dict[str, list[int]]]
Stamp = tuple[int, ...]
# Written out: what is asked with every request costs more in the making than in the answering.
STAMP = """
SELECT (SELECT COALESCE(SUM(version), 0) FROM availability_evenings
        WHERE day BETWEEN %s AND %s OR day = %s),
       COUNT(*), COALESCE(SUM(id), 0) FROM website_users WHERE NOT is_active
"""


def times(day: date) -> board.Times:
    """Return an evening's reminder, start and midnight as instants."""
    # Anybody may ask about any day, and behind the calendar's last there is none.
    after = day + timedelta(days=1) if day < date.max else day
    return board.Times(
        day,
        clock.instant(day, settings.REMINDER_TIME),
        clock.instant(day, settings.START_TIME),
        clock.instant(after, time(0)),
    )


# Hundreds of pages that look at once compare hundreds of names once.
COMPARED_FOR = timedelta(seconds=1)


@dataclass
class _Read:
    """Evenings with everybody's answers, and what others may see of these people as it was read."""

    days: dict[date, board.Day]
    people: frozenset[int]
    text: str
    # When that was last compared with the database.
    at: datetime
    made_of: dict[int, User]


# Read by many at once, and never changed.
_counted: Kept[dict[date, board.Day]] = Kept(64)
_named: Kept[_Read] = Kept(16)
_numbers: Kept[dict[date, board.Counts]] = Kept(64)


def days(
    first: date,
    last: date,
    *,
    viewer: User | None = None,
    also: date | None = None,
    stamp: Stamp | None = None,
) -> dict[date, board.Day]:
    """Read the evenings from the first to the last, and one more if wanted, for one viewer.

    Names are there only if the viewer may see them; their own answer always is. Kept in the process
    until an answer changes; whoever is called differently, or looks different, sees it at once, and
    others within a second. The people come without their preferences, which are nobody else's.
    Whoever knows it already says what changes with these answers, `stamp`.
    """
    span, now, at = (first, last, also), stamp or stamp_of(first, last, also or first), clock.now()
    if viewer is not None and access.of(viewer).sees_names:
        own = faces.of(viewer)
        read = _named.get(
            span, now, at, lambda: _read(*span, at), still=lambda kept: _still(kept, own, at)
        )
        return {day: board.seen_by(viewer.pk, here) for day, here in read.days.items()}
    counted = _counted.get(span, now, at, lambda: _count(*span))
    if viewer is None:
        return counted
    mine = {entry.day: entry for entry in _entries(*span).filter(person=viewer)}
    return {day: replace(here, mine=mine.get(day)) for day, here in counted.items()}


def _still(kept: _Read, own: faces.Face, at: datetime) -> bool:
    """Tell whether the people of a reading look as they did; asked once a second of the database."""
    mine = kept.made_of.get(own.pk)
    as_then = mine is None or faces.of(mine) == own
    if as_then and abs(at - kept.at) < COMPARED_FOR:
        return True
    if kept.text != looks.text_of(kept.people):
        return False
    kept.at = max(at, kept.at)
    return True


def _count(first: date, last: date, also: date | None) -> dict[date, board.Day]:
    numbers = counts(first, last, also=also)
    asked = board.days(first, last, also)
    return {day: board.Day(day, numbers.get(day, board.Counts())) for day in asked}


def _read(first: date, last: date, also: date | None, at: datetime) -> _Read:
    """Make each person once, however many evenings they answered; anew when one looks different."""
    entries = list(_entries(first, last, also))
    numbers = frozenset(entry.person_id for entry in entries)
    text = looks.text_of(numbers)
    people = {one.pk: looks.person(one) for one in looks.read(text)}
    # Whoever was switched off in between is not there, and neither are their answers.
    there = [entry for entry in entries if entry.person_id in people]
    for entry in there:
        entry.person = people[entry.person_id]
    built = board.build(there, first=first, last=last, also=also, viewer_id=None, names=True)
    return _Read(built, numbers, text, at, people)


def _entries(first: date, last: date, also: date | None) -> EntryQuerySet:
    wanted = Q(day__gte=first, day__lte=last)
    if also is not None:
        wanted |= Q(day=also)
    return Entry.objects.filter(wanted, person__is_active=True)


def named_days(first: date, last: date) -> dict[date, board.Day]:
    """Read the evenings with everybody's names: for the bot, which decides itself whom to name."""
    entries = Entry.objects.between(first, last).filter(person__is_active=True).with_people()
    return board.build(entries, first=first, last=last, viewer_id=None, names=True)


def counts(first: date, last: date, *, also: date | None = None) -> dict[date, board.Counts]:
    """Count the answers of each evening, and of one more if wanted, in one query.

    An evening nobody answered is not there.
    """
    found: dict[date, dict[str, int]] = {}
    for row in (
        _entries(first, last, also).order_by().values("day", "status").annotate(number=Count("pk"))
    ):
        found.setdefault(row["day"], {})[row["status"]] = row["number"]
    return {
        day: board.Counts(*(numbers.get(status, 0) for status in Status.values))
        for day, numbers in found.items()
    }


def counts_kept(first: date, last: date, stamp: Stamp) -> dict[date, board.Counts]:
    """Return what `counts` does, kept in the process; `stamp` changes with all these evenings."""
    return _numbers.get((first, last), stamp, clock.now(), lambda: counts(first, last))


def said(first: date, last: date) -> Said:
    """Return who answered what on each evening, the newest answer first."""
    found: Said = {}
    entries = Entry.objects.between(first, last).filter(person__is_active=True)
    rows = entries.order_by("-since", "-pk").values_list("day", "status", "person_id")
    for day, status, who in rows:
        found.setdefault(day, {}).setdefault(status, []).append(who)
    return found


def pulse(first: date) -> Stamp:
    """Return what changes with every answer for any evening from the first on."""
    return stamp_of(first, date.max, first)


def stamp_of(first: date, last: date, also: date) -> Stamp:
    """Return what changes whenever the answers of these days do, in one cheap query.

    That is the evenings' versions, and who may not sign in any more: their answers do not count.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP, [first, last, also])
        return tuple(cursor.fetchone())


_MINE = Compiled(
    lambda: (
        Entry.objects.between(date.min, date.max).filter(person_id=0).values_list("day", "status")
    )
)


def answers_of(person_id: int, first: date, last: date) -> dict[date, str]:
    """Return one person's answers from the first to the last day."""
    return dict(_MINE.all(first, last, person_id))


def version(day: date) -> int:
    """Return the evening's version; it rises with every answer."""
    return Evening.objects.filter(day=day).values_list("version", flat=True).first() or 0


def answer_of(person_id: int, day: date) -> Entry | None:
    """Return one person's answer for one evening."""
    return Entry.objects.on(day).filter(person_id=person_id).first()


def usual(person_id: int) -> dict[int, str]:
    """Return what somebody usually plays, by weekday (0 is Monday)."""
    return dict(Usual.objects.filter(person_id=person_id).values_list("weekday", "status"))


def is_usual(person_id: int, day: date) -> bool:
    """Tell whether somebody's usual week has an answer for that weekday."""
    return Usual.objects.filter(person_id=person_id, weekday=day.weekday()).exists()


def absences(person_id: int, first: date) -> list[Away]:
    """Return when somebody is away, from the first day on, the next one first."""
    return list(Away.objects.filter(person_id=person_id, last__gte=first).order_by("first", "pk"))


def horizon(at: datetime) -> tuple[date, date]:
    """Return the first and the last day that can be answered at an instant."""
    today = clock.today(at)
    return today, today + timedelta(days=90)
