"""From votes to slots: each day with each time, and who can make it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from planning.raids import moments


@dataclass(frozen=True)
class Choice:
    """One day or time that is voted on, and what it means where its label says so."""

    pk: int
    label: str
    on: date | None = None
    wall: time | None = None


@dataclass(frozen=True)
class Votes:
    """Who voted for which option, and who left which slot: (day, time, person)."""

    by_option: dict[int, frozenset[int]]
    left: frozenset[tuple[int, int, int]] = frozenset()

    def of(self, option: int) -> frozenset[int]:
        """Return the people who voted for one option."""
        return self.by_option.get(option, frozenset())


@dataclass(frozen=True)
class Slot:
    """One day with one time. It stands when enough people can make it."""

    day: Choice
    time: Choice
    # By number of person, ascending.
    members: tuple[int, ...]
    threshold: int
    # UTC; None where the labels do not say it.
    starts_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Enough people can make it."""
        return len(self.members) >= self.threshold

    @property
    def missing(self) -> int:
        """How many more it needs."""
        return max(0, self.threshold - len(self.members))

    @property
    def key(self) -> tuple[int, int]:
        """The options it is made of."""
        return self.day.pk, self.time.pk


def threshold(min_players: int) -> int:
    """Return from how many on a slot stands; a minimum of 0 means one."""
    return max(1, min_players)


def gather(ticks: Iterable[tuple[int, int]], left: Iterable[tuple[int, int, int]] = ()) -> Votes:
    """Put (option, person) pairs together, and the slots that people left."""
    found: dict[int, set[int]] = {}
    for option, person in ticks:
        found.setdefault(option, set()).add(person)
    return Votes({option: frozenset(who) for option, who in found.items()}, frozenset(left))


def table(
    days: Sequence[Choice],
    times: Sequence[Choice],
    votes: Votes,
    *,
    min_players: int,
    zone: ZoneInfo,
) -> list[Slot]:
    """Return every slot, days first, each in the order they were written."""
    return [
        Slot(
            day,
            time,
            _members(day.pk, time.pk, votes),
            threshold(min_players),
            moments.instant(day.on, time.wall, zone),
        )
        for day in days
        for time in times
    ]


def _members(day: int, time: int, votes: Votes) -> tuple[int, ...]:
    both = votes.of(day) & votes.of(time)
    return tuple(sorted(who for who in both if (day, time, who) not in votes.left))


def standing(table: Iterable[Slot]) -> list[Slot]:
    """Return the slots that stand."""
    return [slot for slot in table if slot.stands]


def fully_voted(days: Iterable[Choice], times: Iterable[Choice], votes: Votes) -> frozenset[int]:
    """Return the people who voted for a day and for a time."""
    on_days = frozenset[int]().union(*(votes.of(day.pk) for day in days))
    at_times = frozenset[int]().union(*(votes.of(time.pk) for time in times))
    return on_days & at_times


def present(table: Iterable[Slot]) -> frozenset[int]:
    """Return everybody who is in a slot that stands."""
    return frozenset[int]().union(*(slot.members for slot in standing(table)))
