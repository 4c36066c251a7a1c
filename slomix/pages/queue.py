"""Who is looking, longest standing first, as one viewer sees it. Pure.

On a full evening hundreds of rows are shown to hundreds of people: each row is made once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from availability.board import Day
from availability.models import Entry
from slomix.lib import clock, dates, keep
from slomix.pages import words

# Rows that are kept: a full evening, as each of its people sees it.
MOST_WAITING = 2048
# Rows that are shown unless everybody is asked for: five full evenings, and no day's scrolling.
SHOWN = 60


@dataclass(frozen=True)
class Waiting:
    """One person in the queue."""

    person: Face
    at: datetime
    since: str
    door: str
    note: str


@dataclass(frozen=True)
class Queue:
    """Who is looking, as far as it is shown, and how many more there are."""

    rows: tuple[Waiting, ...]
    more: int


def of(day: Day, viewer: User | None, *, everybody: bool = False) -> Queue:
    """List who is looking, longest standing first; of very many the first, and the viewer."""
    language = get_language()
    rows: tuple[Waiting, ...] = day.once(("queue", language), lambda: _rows(day, language))
    shown = rows if everybody else rows[:SHOWN]
    if viewer and (own := _own(day, viewer.pk, language)):
        place, mine = own
        shown = (*shown[:place], mine, *shown[place + 1 :])
    return Queue(shown, len(rows) - len(shown))


def _rows(day: Day, language: str | None) -> tuple[Waiting, ...]:
    return tuple(
        _row(entry, day.day, _note(entry, first=number == 0), language)
        for number, entry in enumerate(day.looking)
    )


def _own(day: Day, me: int, language: str | None) -> tuple[int, Waiting] | None:
    """Return one's own row, which says so, and at which place it stands; None: not in it."""
    for number, entry in enumerate(day.looking):
        if entry.person_id == me:
            note = _note(entry, first=False) or _("you")
            return number, _row(entry, day.day, note, language)
    return None


def _row(entry: Entry, day: date, note: str, language: str | None) -> Waiting:
    return _waiting(language, faces.of(entry.person), entry.since, day, entry.door, note)


@lru_cache(maxsize=MOST_WAITING)
def _waiting(
    _language: str | None, person: Face, at: datetime, day: date, door: str, note: str
) -> Waiting:
    return Waiting(person, at, since(at, day), words.door(door), note)


keep.forget_too(_waiting.cache_clear)


def since(moment: datetime, day: date) -> str:
    """Write since when: the time, with its date when that was another day."""
    local = clock.local(moment)
    wall = clock.spoken(local.time())
    return wall if local.date() == day else f"{dates.number(local)} {wall}"


def _note(entry: Entry, *, first: bool) -> str:
    if entry.late_until:
        return _("from %(at)s") % {"at": clock.named(entry.late_until)}
    return _("first in") if first else ""
