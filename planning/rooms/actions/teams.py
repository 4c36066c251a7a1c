"""Two teams: put together by hand or balanced, saved whole, taken back."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from availability.models import Door
from planning.rooms import balance as fairest
from planning.rooms import pool, reading, why
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.lineups import Sides
from planning.rooms.actions.refusals import NotTheirs, Refused
from planning.rooms.models import Draft, Lineup, Room, Side
from slomix.lib import clock

LARGEST = 20  # a side; forty are more than a server takes
SEEDS = 2**31 - 1


class TeamsRefused(Refused):
    """These are no teams; `field` names what is wrong with them."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


class DraftRunning(TeamsRefused):
    """The captains are picking."""


class NotAnEditor(NotTheirs):
    """Only the room's creator, promoters and admins change the teams."""


@dataclass(frozen=True)
class Proposal:
    """Two balanced teams that nobody saved: the split, and everybody who could be in it."""

    people: tuple[User, ...]
    split: fairest.Split | None  # None for fewer than two

    @property
    def rated(self) -> int:
        """How many of them have a rating."""
        return len(self.people) - (len(self.split.unrated) if self.split else 0)


@transaction.atomic
def save(
    *,
    person: User,
    a: Sequence[int],
    b: Sequence[int],
    captain_a: int | None,
    captain_b: int | None,
    token: int,
    at: datetime,
    door: str = Door.WEB,
    how: str = Lineup.How.BY_HAND,
    seed: int | None = None,
    why: str = "",
) -> Lineup:
    """Save two teams as the line-up after the one that was seen: `token` is its number, 0 for none.

    `a` and `b` hold people of tonight's room in their order; a captain is one of their own side, or
    None. All of it is saved or nothing, and what was saved before is never changed. Raises
    NotLinked, NoRoom, RoomClosed, NotAnEditor, Stale where somebody else saved since, and
    TeamsRefused while a draft runs, and for strangers, somebody twice, too many, a strange captain.
    """
    room, _there = _begin(person, token, at)
    sides = Sides(tuple(a), tuple(b), captain_a, captain_b)
    _check(sides, lineups.participants(room.day))
    return _save(room, sides, person, token, at, door, how=how, seed=seed, why=why)


@transaction.atomic
def move(
    *, person: User, who: int, side: str, token: int, at: datetime, door: str = Door.WEB
) -> Lineup:
    """Put somebody last into a team, "A" or "B", or take them out of the teams with "".

    Whoever is moved is captain no more. Whoever else is in the teams stays, dropped out or not.
    Raises what `save` does; where they are there already, the line-up that holds is returned.
    """
    room, there = _begin(person, token, at)
    if side not in ("", *Side.values):
        raise TeamsRefused(_("There are two teams, A and B."), "side")
    seen = lineups.sides_of(there) if there else Sides()
    now = _side_of(seen, who)
    if there and now == side:
        return there
    if not now and not side:
        raise TeamsRefused(_("They are in no team."), "who")
    if side and who not in lineups.participants(room.day):
        raise TeamsRefused(_("They are not in tonight’s room any more."), "who")
    moved = _with(_without(seen, who), who, side)
    _check_sizes(moved)
    return _save(room, moved, person, token, at, door)


@transaction.atomic
def make_captain(
    *, person: User, who: int, token: int, at: datetime, door: str = Door.WEB
) -> Lineup:
    """Make somebody captain of the team they are in; raises what `save` does."""
    room, there = _begin(person, token, at)
    seen = lineups.sides_of(there) if there else Sides()
    side = _side_of(seen, who)
    if not side:
        raise TeamsRefused(_("A captain plays in the team. Put them in one first."), "who")
    if who not in lineups.participants(room.day):
        raise TeamsRefused(_("They are not in tonight’s room any more."), "who")
    led = Sides(
        seen.a,
        seen.b,
        who if side == Side.A else seen.captain_a,
        who if side == Side.B else seen.captain_b,
    )
    return there if there and led == seen else _save(room, led, person, token, at, door)


def balance(
    *, person: User, token: int, seed: int | None, at: datetime, door: str = Door.WEB
) -> Lineup:
    """Balance whoever said yes into two teams, and save them.

    Without a seed there is a new one each time; the same seed makes the same teams of the same
    people. It takes up to a second for forty people, and holds nobody up meanwhile. Raises what
    `save` does, and TeamsRefused for fewer than two.
    """
    with transaction.atomic():
        _begin(person, token, at)
    day, seed = clock.today(at), seed_of(seed)
    split = proposal(day, seed).split
    if split is None:
        raise TeamsRefused(too_few())
    a, b = split.sides
    captain_a, captain_b = pool.captains(day, split.sides)
    return save(
        person=person,
        a=a,
        b=b,
        captain_a=captain_a,
        captain_b=captain_b,
        token=token,
        at=at,
        door=door,
        how=Lineup.How.BALANCED,
        seed=seed,
        why=why.pack(split),
    )


def proposal(day: date, seed: int) -> Proposal:
    """Balance whoever said yes to an evening, and change nothing; of more than forty the first.

    As many queries for two as for forty.
    """
    people = pool.people(day)[: 2 * LARGEST]
    if len(people) < 2:
        return Proposal(tuple(people), None)
    together, apart = pool.wishes(day)
    split = fairest.split(
        pool.players(people),
        seed=seed,
        together=together,
        apart=apart,
        earlier=pool.earlier(day),
    )
    return Proposal(tuple(people), split)


def seed_of(seed: int | None) -> int:
    """Return a seed that can be kept, a new one for None; raises TeamsRefused for any other."""
    if seed is None:
        return secrets.randbelow(SEEDS)
    if not 0 <= seed <= SEEDS:
        raise TeamsRefused(_("A seed is a whole number up to %(n)d.") % {"n": SEEDS}, "seed")
    return seed


def too_few() -> str:
    """Say why there are no balanced teams of nobody."""
    return _("Teams need at least two people who said yes.")


@transaction.atomic
def undo(*, person: User, token: int, at: datetime, door: str = Door.WEB) -> Lineup:
    """Save the teams as they were before the newest line-up; once more brings it back.

    Before the first there were no teams. Raises NotLinked, NoRoom, RoomClosed, NotAnEditor, Stale,
    and TeamsRefused while a draft runs and where nothing was saved yet.
    """
    room, there = _begin(person, token, at)
    if there is None:
        raise TeamsRefused(_("There are no teams to take back yet."))
    before = Lineup.objects.filter(room=room, number=there.number - 1).first()
    sides = lineups.sides_of(before) if before else Sides()
    return _save(
        *(room, sides, person, token, at, door),
        how=Lineup.How.UNDO,
        seed=before.seed if before else None,
        why=before.why if before else "",
    )


def _begin(person: User, token: int, at: datetime) -> tuple[Room, Lineup | None]:
    """Hold tonight's room for an editor who saw the line-up that holds; return both."""
    room = opening.enter(person, at)
    if not lineups.edits(person, room):
        raise NotAnEditor(_("Only whoever opened the room or a promoter can change the teams."))
    there = reading.current(room)
    if token != (there.number if there else 0):
        raise lineups.stale(there)
    if Draft.objects.filter(room=room, outcome=Draft.Outcome.RUNNING).exists():
        raise TeamsRefused(
            _("The captains are picking. Wait for the end of the draft, or stop it.")
        )
    return room, there


def _check(sides: Sides, here: Collection[int]) -> None:
    """Refuse what are no two teams of the people who are here."""
    _check_sizes(sides)
    if set(sides.a) & set(sides.b):
        raise TeamsRefused(_("Somebody is in both teams. Choose one for them."), "side_b")
    for side, people, captain in sides.each():
        name = side.lower()
        if len(set(people)) < len(people):
            raise TeamsRefused(_("Somebody is in a team twice."), f"side_{name}")
        if not set(people) <= set(here):
            words = _("Somebody in the teams is not in tonight’s room. Leave them out.")
            raise TeamsRefused(words, f"side_{name}")
        if captain is not None and captain not in people:
            raise TeamsRefused(_("A captain plays in their own team."), f"captain_{name}")


def _check_sizes(sides: Sides) -> None:
    for side, people, _captain in sides.each():
        if len(people) > LARGEST:
            words = _("A team has %(n)d people at most.")
            raise TeamsRefused(words % {"n": LARGEST}, f"side_{side.lower()}")


def _save(
    room: Room,
    sides: Sides,
    person: User,
    token: int,
    at: datetime,
    door: str,
    *,
    how: str = Lineup.How.BY_HAND,
    seed: int | None = None,
    why: str = "",
) -> Lineup:
    lineup = lineups.write(room, sides, token=token, by=person, at=at, how=how, seed=seed, why=why)
    AuditEntry.write(
        "teams_saved",
        at=at,
        actor=person,
        door=door,
        room=room.pk,
        number=lineup.number,
        how=str(how),
        a=len(sides.a),
        b=len(sides.b),
    )
    return lineup


def _side_of(sides: Sides, who: int) -> str:
    if who in sides.a:
        return Side.A
    return Side.B if who in sides.b else ""


def _without(sides: Sides, who: int) -> Sides:
    return Sides(
        tuple(one for one in sides.a if one != who),
        tuple(one for one in sides.b if one != who),
        None if sides.captain_a == who else sides.captain_a,
        None if sides.captain_b == who else sides.captain_b,
    )


def _with(sides: Sides, who: int, side: str) -> Sides:
    a = (*sides.a, who) if side == Side.A else tuple(sides.a)
    b = (*sides.b, who) if side == Side.B else tuple(sides.b)
    return Sides(a, b, sides.captain_a, sides.captain_b)
