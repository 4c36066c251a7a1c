"""Write a line-up: new rows, and never a change of old ones. Every verb that saves teams ends here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import access
from accounts.models import User
from availability.models import Entry
from planning.rooms import reading
from planning.rooms.actions import opening
from planning.rooms.actions.refusals import NotTheirs, Stale
from planning.rooms.models import Lineup, Member, Room, Side, Team
from slomix.lib import clock


@dataclass(frozen=True)
class Sides:
    """Two teams by the numbers of their people, each in its order; None is somebody who left."""

    a: Sequence[int | None] = field(default_factory=tuple)
    b: Sequence[int | None] = field(default_factory=tuple)
    captain_a: int | None = None
    captain_b: int | None = None

    def each(self) -> Iterator[tuple[Side, Sequence[int | None], int | None]]:
        """Give each side with its people and its captain, A first."""
        yield Side.A, self.a, self.captain_a
        yield Side.B, self.b, self.captain_b


def write(
    room: Room,
    sides: Sides,
    *,
    token: int,
    by: User | None,
    at: datetime,
    how: str,
    seed: int | None = None,
    why: str = "",
) -> Lineup:
    """Save two teams as the line-up behind number `token`, and let everybody notice.

    The caller holds the room, and has looked at who is in these teams. Raises Stale where another
    line-up was saved since.
    """
    if newest(room) != token:
        raise stale(reading.current(room))
    lineup = Lineup.objects.create(
        room=room, number=token + 1, by=by, saved_at=at, how=how, seed=seed, why=why[:300]
    )
    for side, people, captain in sides.each():
        team = Team.objects.create(lineup=lineup, side=side, captain_id=captain)
        Member.objects.bulk_create(
            Member(lineup=lineup, team=team, person_id=who, position=place)
            for place, who in enumerate(people, 1)
        )
    opening.touch(room)
    return lineup


def newest(room: Room) -> int:
    """Return the number of the line-up that holds; 0 where none was saved yet."""
    numbers = Lineup.objects.filter(room=room).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def stale(there: Lineup | None) -> Stale:
    """Return the refusal of whoever saw other teams than hold: who saved them, and when."""
    if there is None:
        return Stale(_("Nobody has saved teams yet. Look at the room again."))
    facts = {"name": there.by.name if there.by else "", "time": clock.named(there.saved_at)}
    if there.by is None:
        words = _("The teams were saved at %(time)s. Look at them, then do it again.")
    else:
        words = _("%(name)s saved the teams at %(time)s. Look at them, then do it again.")
    return Stale(words % facts)


def sides_of(lineup: Lineup) -> Sides:
    """Return the two teams of a line-up by number."""
    captains = dict(Team.objects.filter(lineup=lineup).values_list("side", "captain"))
    members = list(Member.objects.filter(lineup=lineup).values_list("team__side", "person"))
    return Sides(
        tuple(who for side, who in members if side == Side.A),
        tuple(who for side, who in members if side == Side.B),
        captains.get(Side.A),
        captains.get(Side.B),
    )


def participants(day: date) -> set[int]:
    """Return who is in an evening's room, standby included."""
    entries = Entry.objects.on(day).filter(status__in=opening.STAYS, person__is_active=True)
    return set(entries.values_list("person", flat=True))


def check_editor(person: User, room: Room) -> None:
    """Refuse whoever is neither the room's creator nor a promoter."""
    if not edits(person, room):
        raise NotTheirs(_("Only whoever opened the room or a promoter can change the teams."))


def edits(person: User, room: Room) -> bool:
    """Say whether somebody may change the teams: the room's creator, promoters and admins."""
    may = access.of(person)
    return may.promoter or may.admin or (may.linked and room.creator_id == person.pk)
