"""Reading raids: as many queries for one as for two hundred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from accounts.models import Guild, User
from planning.raids import keys, slots
from planning.raids.models import (
    Attendance,
    GuildSettings,
    Kind,
    Objection,
    Option,
    Raid,
    RaidQuerySet,
    StepOut,
    Vote,
)
from planning.raids.slots import Choice, Slot, Votes


@dataclass(frozen=True)
class Board:
    """A raid as everybody sees it: its days and times, who voted, and its slots.

    `people` holds the voters with what their names need, or nobody where names were not asked for.
    """

    raid: Raid
    days: tuple[Choice, ...]
    times: tuple[Choice, ...]
    votes: Votes
    slots: tuple[Slot, ...]
    people: Mapping[int, User] = field(default_factory=dict)

    @property
    def standing(self) -> list[Slot]:
        """The slots that stand."""
        return slots.standing(self.slots)

    @property
    def both_answered(self) -> frozenset[int]:
        """Who voted for a day and for a time, by number of person."""
        return slots.fully_voted(self.days, self.times, self.votes)

    @property
    def members(self) -> frozenset[int]:
        """Everybody who is in a slot that stands: who would be counted if it ended now."""
        return slots.present(self.slots)

    @property
    def next_at(self) -> datetime | None:
        """When the first slot that stands begins, as far as labels say it."""
        return min((one.starts_at for one in self.standing if one.starts_at), default=None)

    def tally(self, kind: str) -> list[tuple[Choice, int]]:
        """Return the days or times with their votes, most first, then by label."""
        found = [(one, len(self.votes.of(one.pk))) for one in self.choices(kind)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].label.casefold()))

    def choices(self, kind: str) -> tuple[Choice, ...]:
        """Return the days or the times, as they were written."""
        return self.days if kind == Kind.DAY else self.times

    def mine(self, person_id: int, kind: str) -> list[str]:
        """Return the labels that somebody voted for, in the order they were written."""
        return [one.label for one in self.choices(kind) if person_id in self.votes.of(one.pk)]

    def slot(self, day: int, time: int) -> Slot | None:
        """Return one slot by its options; None where it is gone."""
        return next((one for one in self.slots if one.key == (day, time)), None)

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Return what people are called, each name once, in the order of the alphabet."""
        found = {self.people[one].name for one in numbers if one in self.people}
        return sorted(found, key=lambda name: (name.casefold(), name))


def board(raid: Raid, *, names: bool = True) -> Board:
    """Read one raid in four queries, three without names."""
    return boards([raid], names=names)[raid.pk]


def board_of(raid: Raid, options: Sequence[Option]) -> Board:
    """Read one raid without names in two queries, by whoever has read its options already."""
    numbers = [one.pk for one in options]
    voted = Vote.objects.filter(option__in=numbers, person__isnull=False)
    steps = StepOut.objects.filter(day__in=numbers).values_list("day", "time", "person")
    votes = slots.gather(voted.values_list("option", "person"), steps)
    return board_from(raid, options, votes)


def board_from(raid: Raid, options: Sequence[Option], votes: Votes) -> Board:
    """Put a raid together, without names, by whoever has read everything already."""
    return _board(raid, options, votes, {})


def boards(raids: Iterable[Raid], *, names: bool = False) -> dict[int, Board]:
    """Read several raids, fetched with their guild, in four queries, three without names."""
    wanted = {raid.pk: raid for raid in raids}
    options: dict[int, list[Option]] = {number: [] for number in wanted}
    for option in Option.objects.filter(raid__in=wanted).order_by("position", "pk"):
        options[option.raid_id].append(option)
    ticks: dict[int, list[tuple[int, int]]] = {number: [] for number in wanted}
    columns = ("option__raid", "option", "person")
    voted = Vote.objects.filter(option__raid__in=wanted, person__isnull=False)
    for number, option_id, person in voted.values_list(*columns):
        ticks[number].append((option_id, person or 0))
    out: dict[int, list[tuple[int, int, int]]] = {number: [] for number in wanted}
    steps = StepOut.objects.filter(day__raid__in=wanted)
    for number, *key in steps.values_list("day__raid", "day", "time", "person"):
        out[number].append((key[0], key[1], key[2]))
    people = _people({who for pairs in ticks.values() for _one, who in pairs}) if names else {}
    return {
        number: _board(raid, options[number], slots.gather(ticks[number], out[number]), people)
        for number, raid in wanted.items()
    }


def _people(numbers: set[int]) -> dict[int, User]:
    found = User.objects.select_related("discord", "link__player").filter(pk__in=numbers)
    return {one.pk: one for one in found}


def _board(
    raid: Raid, options: Sequence[Option], votes: Votes, people: Mapping[int, User]
) -> Board:
    choices = [(one.kind, Choice(one.pk, one.label, one.date, one.wall)) for one in options]
    days = tuple(one for kind, one in choices if kind == Kind.DAY)
    times = tuple(one for kind, one in choices if kind == Kind.TIME)
    table = slots.table(days, times, votes, min_players=raid.min_players, zone=raid.guild.zone)
    return Board(raid, days, times, votes, tuple(table), people)


def raids() -> RaidQuerySet:
    """Return raids with what their lines and refusals need."""
    return Raid.objects.select_related("guild", "creator__discord", "creator__link__player")


def find(guild: Guild, display_id: int) -> Raid | None:
    """Return a server's open raid by the number that people call it."""
    return raids().filter(guild=guild, display_id=display_id, status=Raid.Status.OPEN).first()


def open_raids(guild: Guild) -> list[Raid]:
    """Return a server's open raids, the oldest first."""
    return list(raids().filter(guild=guild, status=Raid.Status.OPEN).order_by("created_at", "pk"))


@dataclass(frozen=True)
class Past:
    """A raid that ended, and how many were there."""

    raid: Raid
    present: int


def past_raids(guild: Guild, *, most: int = 50, skip: int = 0) -> list[Past]:
    """Return a server's ended raids, the last first, in two queries."""
    found = list(raids().of(guild).past()[skip : skip + most])
    counted = Attendance.objects.present().filter(raid__in=[raid.pk for raid in found])
    present = dict(counted.values_list("raid").annotate(Count("pk")).order_by())
    return [Past(raid, present.get(raid.pk, 0)) for raid in found]


def attendance_of(raid: Raid) -> list[Attendance]:
    """Return who was at a raid with their names, those that were erased last."""
    rows = raid.attendance.select_related("person__discord", "person__link__player")
    found = list(rows)
    return sorted(found, key=lambda row: (row.person is None, _name(row), row.pk))


def _name(row: Attendance) -> str:
    return row.person.name.casefold() if row.person else ""


def open_objections(raid: Raid) -> list[Objection]:
    """Return what people say is wrong with a raid's attendance and nobody has settled yet."""
    rows = raid.objections.filter(settled_at=None)
    return list(rows.select_related("person__discord", "person__link__player").order_by("pk"))


@dataclass(frozen=True)
class Place:
    """One line of a server's leaderboard."""

    person: User
    raids: int


def leaderboard(guild: Guild, *, most: int = 50) -> list[Place]:
    """Return who was at most raids of a server; nobody who does not want to be listed.

    Whether it is shown at all is the server's `leaderboard_enabled`.
    """
    counted = Attendance.objects.present().filter(raid__guild=guild, person__isnull=False)
    listed = counted.exclude(person__unlisted_on__guild=guild)
    numbers = listed.values_list("person").annotate(n=Count("pk")).order_by("-n", "person")[:most]
    raids = {person: n for person, n in numbers if person}
    people = _people(set(raids))
    return [Place(people[one], n) for one, n in raids.items() if one in people]


def versions(names: Iterable[str]) -> dict[str, int]:
    """Return for each message that is kept true (`keys`) the version that holds, in two queries.

    A raid or a server that is gone is not in the answer.
    """
    wanted = [(name, *keys.parse(name)) for name in names]
    raids = {number for _name, kind, number in wanted if kind == "raid"}
    guilds = {number for _name, kind, number in wanted if kind == "guild"}
    known = {
        "raid": dict(Raid.objects.filter(pk__in=raids).values_list("pk", "version")),
        "guild": dict(
            GuildSettings.objects.filter(guild__in=guilds).values_list("guild", "version")
        ),
    }
    return {
        name: known[kind][number] for name, kind, number in wanted if kind and number in known[kind]
    }


def participation(guild: Guild, person: User) -> int:
    """Count the raids on a server that somebody was at: 0, and one more with each that is finished."""
    return Attendance.objects.present().filter(raid__guild=guild, person=person).count()
