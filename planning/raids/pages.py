"""A raid for one viewer, arranged so that the templates only print. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts import faces
from accounts.faces import Face
from planning.raids import page_words, quiet
from planning.raids.models import Kind, Raid
from planning.raids.queries import Board
from planning.raids.slots import Choice, Slot

# A phone shows so many columns, of labels that are no longer together.
MOST_COLUMNS = 4
COLUMN_LETTERS = 40
MOST_FACES = 12
SOON = timedelta(days=2)
MOST_ALMOST = 3


@dataclass(frozen=True)
class Tick:
    """A day or time that is voted on."""

    pk: int
    kind: str
    label: str
    votes: int
    words: str
    mine: bool


@dataclass(frozen=True)
class Cell:
    """A day with a time: how many can make it."""

    number: int
    least: int
    stands: bool
    mine: bool
    label: str

    @property
    def filled(self) -> int:
        """How far its bar goes."""
        return min(self.number, self.least)


@dataclass(frozen=True)
class Row:
    """One line of the grid."""

    tick: Tick
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Ballot:
    """The vote: a grid where it fits on a phone, else two lists."""

    days: tuple[Tick, ...]
    times: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    rows: tuple[Row, ...]
    mine: str


@dataclass(frozen=True)
class SlotCard:
    """A slot that stands."""

    day: int
    time: int
    title: str
    own_time: str
    number: int
    least: int
    faces: tuple[Face, ...]
    more: int
    mine: bool
    # They voted for it and said that they cannot make it.
    left: bool
    # Its hour is over, or it has none.
    over: bool

    @property
    def stands(self) -> bool:
        """Enough people can make it."""
        return self.number >= self.least

    @property
    def key(self) -> str:
        """Its part of the ids on the page."""
        return f"{self.day}-{self.time}"


@dataclass(frozen=True)
class Almost:
    """What it takes for more slots to stand, and who said only half."""

    slots: tuple[str, ...]
    half: tuple[Face, ...]


@dataclass(frozen=True)
class Line:
    """An open raid in a list."""

    pk: int
    number: int
    name: str
    words: str
    until: str
    closes_at: datetime
    soon: bool
    mine: bool


def ballot(board: Board, person_id: int) -> Ballot:
    """Arrange the vote for one viewer; 0 is nobody's."""
    days = tuple(_tick(board, one, Kind.DAY, person_id) for one in board.days)
    times = tuple(_tick(board, one, Kind.TIME, person_id) for one in board.times)
    columns, lines = (times, days) if len(times) <= len(days) else (days, times)
    fits = len(columns) <= MOST_COLUMNS and sum(len(one.label) for one in columns) <= COLUMN_LETTERS
    found = {slot.key: slot for slot in board.slots}
    rows = tuple(
        Row(line, tuple(_cell(_crossing(found, line, one), person_id) for one in columns))
        for line in lines
    )
    mine = page_words.mine(board.mine(person_id, Kind.DAY), board.mine(person_id, Kind.TIME))
    return Ballot(days, times, columns if fits else (), rows if fits else (), mine)


def _crossing(found: dict[tuple[int, int], Slot], line: Tick, column: Tick) -> Slot:
    key = (line.pk, column.pk) if line.kind == Kind.DAY else (column.pk, line.pk)
    return found[key]


def _tick(board: Board, choice: Choice, kind: Kind, person_id: int) -> Tick:
    who = board.votes.of(choice.pk)
    words = page_words.votes(len(who))
    return Tick(choice.pk, kind.value, choice.label, len(who), words, person_id in who)


def _cell(slot: Slot, person_id: int) -> Cell:
    return Cell(
        number=len(slot.members),
        least=slot.threshold,
        stands=slot.stands,
        mine=person_id in slot.members,
        label=f"{slot.day.label}, {slot.time.label}",
    )


def slots(
    board: Board, person_id: int, *, at: datetime, names: bool, reader: ZoneInfo | None
) -> tuple[SlotCard, ...]:
    """Arrange the slots that stand, then others that one left while the raid is planned; faces
    only where names are seen."""
    mine = board.votes.left if board.raid.is_open else frozenset()
    gone = [one for one in board.slots if not one.stands and (*one.key, person_id) in mine]
    cards = [
        _card(board, one, person_id, at=at, names=names and one.stands, reader=reader)
        for one in (*board.standing, *gone)
    ]
    return tuple(cards)


def _card(
    board: Board,
    slot: Slot,
    person_id: int,
    *,
    at: datetime,
    names: bool,
    reader: ZoneInfo | None,
) -> SlotCard:
    zone = board.raid.guild.zone
    people = [board.people[one] for one in slot.members if one in board.people] if names else []
    # Oneself first, then by name.
    people.sort(key=lambda one: (one.pk != person_id, one.name.casefold(), one.pk))
    return SlotCard(
        *slot.key,
        title=page_words.slot(slot, zone),
        own_time=page_words.own_time(slot, zone, reader),
        number=len(slot.members),
        least=slot.threshold,
        faces=tuple(faces.of(one) for one in people[:MOST_FACES]),
        more=max(0, len(people) - MOST_FACES),
        mine=person_id in slot.members,
        left=(*slot.key, person_id) in board.votes.left,
        over=slot.starts_at is not None and slot.starts_at <= at,
    )


def almost(board: Board, *, at: datetime, names: bool) -> Almost:
    """Arrange what is nearly there: slots that need one or two more, and votes for a half."""
    near = [
        one
        for one in board.slots
        if 0 < one.missing <= 2 and one.members and not (one.starts_at and one.starts_at <= at)
    ]
    near.sort(key=lambda one: one.missing)
    zone = board.raid.guild.zone
    half = sorted(voters(board) - board.both_answered) if names else []
    people = [faces.of(board.people[one]) for one in half if one in board.people]
    return Almost(
        tuple(page_words.almost(one, zone) for one in near[:MOST_ALMOST]),
        tuple(people[:MOST_FACES]),
    )


def voters(board: Board) -> frozenset[int]:
    """Return everybody who voted for anything."""
    return frozenset[int]().union(*board.votes.by_option.values())


def line(board: Board, person_id: int, at: datetime) -> Line:
    """Arrange an open raid for the list."""
    raid = board.raid
    closes_at = ends_at(board)
    return Line(
        pk=raid.pk,
        number=raid.display_id,
        name=raid.dungeon_name,
        words=page_words.so_far(len(voters(board)), len(board.standing)),
        until=page_words.until(closes_at, raid.guild.zone, at),
        closes_at=closes_at,
        soon=closes_at - at < SOON,
        mine=person_id in board.members,
    )


def ends_at(board: Board) -> datetime:
    """Return when a raid that nobody ends closes by itself."""
    raid = board.raid
    return quiet.Life(
        last_activity_at=raid.last_activity_at,
        zone=raid.guild.zone,
        last_day=max((one.on for one in board.days if one.on), default=None),
        goes_on_until=raid.goes_on_until,
        asked_for=raid.asked_for,
    ).closes_at


def written(choices: Sequence[Choice]) -> str:
    """Return days or times as a field of a form shows them, one a line."""
    return "\n".join(one.label for one in choices)


def link_of(raid: Raid, channel_id: int | None) -> str:
    """Return the address of a raid's channel on Discord; empty where it has none."""
    if not channel_id:
        return ""
    return f"https://discord.com/channels/{raid.guild.discord_id}/{channel_id}"
