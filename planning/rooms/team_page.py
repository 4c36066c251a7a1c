"""The two teams for one viewer, arranged so that the templates only print. Pure.

All of it is values: equal ones look the same, so that their pieces of the page can be kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts import faces
from accounts.faces import Face
from accounts.models import User
from availability.models import Entry
from planning.rooms import fairness, page_words, tally, why
from planning.rooms.measure import Player, Standing, points, standing
from planning.rooms.models import Member, Side, Team, Wish
from planning.rooms.reading import State
from slomix.lib import clock

# The bubble stands at the end where one side's players are so much better on average.
FULL_TILT = 0.1
TONES = {"A": "axis", "B": "allies"}


@dataclass(frozen=True)
class Seat:
    """One place: somebody in a team, in none yet, or nobody any more."""

    pk: int
    person: Face | None
    points: str
    note: str = ""
    captain: bool = False
    # Whoever had it dropped out, or has left Slomix; `note` says what becomes of it.
    vacant: bool = False


@dataclass(frozen=True)
class Half:
    """One of the two teams."""

    letter: str
    other: str
    tone: str
    name: str
    plays: str
    sum: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Level:
    """How far the teams are from even; `x` is where the bubble stands, as SVG wants it."""

    x: str
    label: str
    figure: str

    ticks = tuple((f"{n * 10}%", *((16, 36) if n == 5 else (21, 31))) for n in range(11))


@dataclass(frozen=True)
class Teams:
    """The teams that hold, and who is in none of them."""

    halves: tuple[Half, ...]
    level: Level | None
    free: tuple[Seat, ...]
    token: int
    saved_at: str = ""
    saved_by: Face | None = None
    how: str = ""
    why: str = ""


def participants(state: State) -> dict[int, Entry]:
    """Return everybody in the room or on standby, by number."""
    said = [*state.committed, *state.standby]
    return {one.person_id: one for one in said}


def rating(person: User) -> float | None:
    """Return somebody's rating, None where they have none."""
    return person.link.player.rating if hasattr(person, "link") else None


def worth(person: User) -> str:
    """Return somebody's rating as it is shown."""
    found = rating(person)
    return "–" if found is None else str(points(found))


def teams(
    state: State,
    *,
    wishes: Iterable[Wish] = (),
    places: Mapping[int, str] | None = None,
    viewer: User | None = None,
) -> Teams:
    """Arrange the teams. `places` says of a dropped-out person's place what becomes of it."""
    here = participants(state)
    names = tally.winners(state.names)
    mates = together(wishes, here)
    halves = tuple(
        half(team, name, here, mates, places or {}, viewer)
        for team, name in zip(state.teams, names, strict=False)
    )
    taken = {member.person_id for team in state.teams for member in people_of(team)}
    free = tuple(
        replace(_seat(entry.person, entry, mates, viewer), captain=False)
        for entry in state.committed
        if entry.person_id not in taken
    )
    lineup = state.lineup
    if lineup is None:
        return Teams((), None, free, 0)
    compared = compare(state.teams, here)
    return Teams(
        halves=halves,
        level=level(compared) if compared else None,
        free=free,
        token=lineup.number,
        saved_at=clock.wall(lineup.saved_at.replace(second=0)),
        saved_by=faces.of(lineup.by) if lineup.by else None,
        how=str(lineup.get_how_display()),
        why=because(lineup.why, here),
    )


def people_of(team: Team) -> list[Member]:
    """Return who is in a team, as `reading.teams_of` fetched them."""
    found: list[Member] = getattr(team, "people", [])
    return found


def half(
    team: Team,
    name: str,
    here: Mapping[int, Entry],
    mates: Mapping[int, str],
    places: Mapping[int, str],
    viewer: User | None,
) -> Half:
    """Arrange one side; whoever dropped out leaves a place."""
    seats = []
    for member in people_of(team):
        person = member.person
        if person is None or person.pk not in here:
            number = person.pk if person else 0
            seats.append(Seat(number, None, "", places.get(number, ""), vacant=True))
            continue
        seat = _seat(person, here[person.pk], mates, viewer)
        seats.append(replace(seat, captain=person.pk == team.captain_id))
    return _half(str(team.side), name, seats, here)


def _half(side: str, name: str, seats: Sequence[Seat], here: Mapping[int, Entry]) -> Half:
    there = [one.pk for one in seats if not one.vacant]
    total = standing(players(here.values()), there, ()).sums[0] if there else 0.0
    first = sorted(seats, key=lambda one: not one.captain)
    return Half(
        letter=side,
        other=str(Side.B if side == Side.A else Side.A),
        tone=TONES[side],
        name=name or _("Team %(side)s") % {"side": side},
        plays=_("Team A · Axis first") if side == Side.A else _("Team B · Allies first"),
        sum=str(points(total)),
        seats=tuple(first),
    )


def _seat(person: User, entry: Entry, mates: Mapping[int, str], viewer: User | None) -> Seat:
    mine = viewer is not None and viewer.pk == person.pk
    notes = [_("you")] if mine else []
    notes += [mates[person.pk]] if person.pk in mates else []
    if entry.late_until:
        notes.append(_("from %(at)s") % {"at": clock.wall(entry.late_until)})
    return Seat(
        pk=person.pk,
        person=faces.of(person),
        points=worth(person),
        note=" · ".join(notes),
    )


def together(wishes: Iterable[Wish], here: Mapping[int, Entry]) -> dict[int, str]:
    """Return for each who should play with somebody that somebody, in words."""
    found: dict[int, str] = {}
    for wish in wishes:
        if wish.kind != Wish.Kind.TOGETHER or not {wish.first_id, wish.second_id} <= here.keys():
            continue
        for one, other in ((wish.first_id, wish.second_id), (wish.second_id, wish.first_id)):
            found.setdefault(one, _("with %(name)s") % {"name": here[other].person.name})
    return found


def players(entries: Iterable[Entry]) -> list[Player]:
    """Return people as the balance counts them."""
    return [Player(one.person_id, rating(one.person)) for one in entries]


def compare(sides: Sequence[Team], here: Mapping[int, Entry]) -> Standing | None:
    """Compare the sides by whoever is still there; None while one of them is empty."""
    a, b = ([m.person_id for m in people_of(team) if m.person_id in here] for team in sides)
    if not a or not b:
        return None
    return standing(players(here.values()), [n for n in a if n], [n for n in b if n])


def level(compared: Standing) -> Level:
    """Draw a comparison: the bubble leans to the stronger side."""
    a, b = compared.averages
    tilt = (a - b) / ((a + b) / 2) / FULL_TILT if a + b > 0 else 0.0
    x = 50 - 50 * max(-1.0, min(1.0, tilt))
    return Level(f"{x:.1f}%", page_words.level(compared), fairness.apart(compared))


def because(packed: str, here: Mapping[int, Entry]) -> str:
    """Say why the teams are as they are, where they were balanced; empty otherwise."""
    split = why.unpack(packed)
    if split is None:
        return ""
    called = {number: entry.person.name for number, entry in here.items()}
    known = defaultdict(lambda: _("somebody who dropped out"), called)
    said = [
        fairness.searched(split, known),
        *fairness.unkept(split, known),
        fairness.unrated(split),
        fairness.others(split),
        _("Seed %(n)d.") % {"n": split.seed},
    ]
    return " ".join(one for one in said if one)
