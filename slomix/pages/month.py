"""The calendar's month: six rows of days with what is known of each. Pure."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from availability.board import Counts
from availability.models import Door, Status
from availability.words import long_day, looking
from slomix.lib import dates, keep


@dataclass(frozen=True)
class Cell:
    """One day of the month; without an address it cannot be chosen."""

    day: date
    address: str
    looking: int
    mine: str
    today: bool
    look: str
    label: str


@dataclass(frozen=True)
class Month:
    """A month as a table, and the ways to its neighbours inside the horizon."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Cell | None, ...], ...]
    before: str
    after: str


def first_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """Return the last day of a month."""
    return first_of(first_of(day) + timedelta(days=31)) - timedelta(days=1)


def build(
    chosen: date,
    horizon: tuple[date, date],
    counts: Mapping[date, Counts],
    mine: Mapping[date, tuple[str, str]],
) -> Month:
    """Arrange the month of the chosen day; `mine` is one's own answers, each with its door."""
    first, last = first_of(chosen), last_of(chosen)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    before, after = first - timedelta(days=1), last + timedelta(days=1)

    def cell(day: date) -> Cell | None:
        if day.month != first.month:
            return None
        looking = counts.get(day, Counts()).looking
        ready = looking >= settings.READY_THRESHOLD
        return _cell(day, day == chosen, horizon, looking, ready, *mine.get(day, ("", "")))

    return Month(
        title=dates.month(first),
        weekdays=tuple(date_format(day, "D") for day in weeks[0]),
        weeks=tuple(tuple(map(cell, week)) for week in weeks),
        before=f"?month={before:%Y-%m}" if before >= horizon[0] else "",
        after=f"?month={after:%Y-%m}" if after <= horizon[1] else "",
    )


@keep.in_words(1024)
def _cell(
    day: date,
    chosen: bool,
    horizon: tuple[date, date],
    people: int,
    ready: bool,
    status: str,
    door: str,
) -> Cell:
    open_ = horizon[0] <= day <= horizon[1]
    looks = {
        "past": not open_,
        "ready": open_ and ready,
        "away": open_ and door == Door.AWAY,
        "chosen": chosen,
    }
    return Cell(
        day=day,
        address=f"?day={day.isoformat()}" if open_ else "",
        looking=people,
        mine=status,
        today=day == horizon[0],
        look=" ".join(name for name, holds in looks.items() if holds),
        label=_label(day, people, status, door),
    )


def _label(day: date, people: int, status: str, door: str) -> str:
    facts = {"day": long_day(day), "looking": looking(people)}
    if not status:
        return _("%(day)s: %(looking)s") % facts
    facts |= {"status": str(Status(status).label), "origin": str(Door(door).label)}
    return _("%(day)s: %(looking)s. Your answer: %(status)s, %(origin)s") % facts
