"""What an evening looks like to one viewer. Pure: no queries, no clock."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from availability.models import Entry, Status

T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    """How many said what about one evening."""

    looking: int = 0
    available: int = 0
    maybe: int = 0
    out: int = 0

    @property
    def total(self) -> int:
        """Everybody who answered."""
        return self.looking + self.available + self.maybe + self.out

    @property
    def could_come(self) -> int:
        """Those who are free but not looking."""
        return self.available + self.maybe

    def by_status(self) -> dict[str, int]:
        """The same by the statuses' stored words."""
        numbers = (self.looking, self.available, self.maybe, self.out)
        return dict(zip(Status.values, numbers, strict=True))


@dataclass(frozen=True)
class Day:
    """One evening: the counts for everybody, the answers for those who may see names."""

    day: date
    counts: Counts
    mine: Entry | None = None
    # By status, longest standing first. Empty for whoever may not see names.
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    # What was made of all this once, for all who see it (`once`).
    made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def named(self, *statuses: str) -> list[Entry]:
        """Return the answers with these statuses, in the order given."""
        return [entry for status in statuses for entry in self.entries.get(status, [])]

    @property
    def looking(self) -> list[Entry]:
        """The queue of this evening."""
        return self.entries.get(Status.LOOKING, [])

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of the counts and entries, made once for every viewer.

        Whatever else it depends on must be in the key. Two threads may make the same twice.
        """
        found: T | None = self.made.get(key)
        if found is None:
            found = self.made[key] = make()
        return found


def count(statuses: Iterable[str]) -> Counts:
    """Count the statuses of one evening."""
    said = list(statuses)
    return Counts(*(said.count(status) for status in Status.values))


def build(
    entries: Iterable[Entry],
    *,
    first: date,
    last: date,
    viewer_id: int | None,
    names: bool,
    also: date | None = None,
) -> dict[date, Day]:
    """Arrange answers into days; every day from the first to the last is there, empty or not.

    So is one more, if wanted.
    """
    by_day: dict[date, list[Entry]] = {day: [] for day in days(first, last, also)}
    for entry in sorted(entries, key=lambda one: (one.since, one.pk)):
        by_day[entry.day].append(entry)
    return {day: _day(day, answers, viewer_id, names) for day, answers in by_day.items()}


# One button for small screens goes round; the last step takes the answer back.
FOLLOWING = dict(zip(["", *Status.values], [*Status.values, ""], strict=True))


def following(status: str) -> str:
    """Return the answer that comes next on a one-button answer; an unknown one stays unknown."""
    return FOLLOWING.get(status, status)


def days(first: date, last: date, also: date | None = None) -> list[date]:
    """List the days from the first to the last, both included, and one more if wanted."""
    found = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found if also is None or first <= also <= last else [*found, also]


def seen_by(viewer_id: int, here: Day) -> Day:
    """Return an evening with everybody's names, and which answer is the viewer's."""
    mine = next((one for one in here.named(*Status.values) if one.person_id == viewer_id), None)
    return replace(here, mine=mine)


def _day(day: date, answers: list[Entry], viewer_id: int | None, names: bool) -> Day:
    mine = next((one for one in answers if one.person_id == viewer_id), None)
    shown = {status: [one for one in answers if one.status == status] for status in Status.values}
    return Day(day, count(one.status for one in answers), mine, shown if names else {})


@dataclass(frozen=True)
class Times:
    """One evening's instants, all UTC."""

    day: date
    reminder_at: datetime
    start_at: datetime
    ends_at: datetime
