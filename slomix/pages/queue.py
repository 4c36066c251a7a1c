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


@dataclass(frozen=True)
class Waiting:
    """One person in the queue."""

    person: Face
    at: datetime
    since: str
    door: str
    note: str


def of(day: Day, viewer: User | None) -> tuple[Waiting, ...]:
    """List who is looking, longest standing first."""
    # Asked once and not of every row: the viewer of a request is looked up whenever it is asked.
    me = viewer.pk if viewer else None
    language = get_language()
    return tuple(
        _waiting(
            language,
            faces.of(entry.person),
            entry.since,
            day.day,
            entry.door,
            _note(entry, me, first=number == 0),
        )
        for number, entry in enumerate(day.looking)
    )


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


def _note(entry: Entry, me: int | None, *, first: bool) -> str:
    if entry.late_until:
        return _("from %(at)s") % {"at": clock.named(entry.late_until)}
    if entry.person_id == me:
        return _("you")
    return _("first in") if first else ""
