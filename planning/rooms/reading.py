"""Reading a room: who is in, the names with their votes, the teams that hold. No change, no clock."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count

from accounts.models import User
from availability import queries
from availability.board import Day
from availability.models import Entry, Evening, Status
from availability.quorum import Quorum
from planning.rooms.models import Lineup, Member, Name, Room, Team, Vote


@dataclass(frozen=True)
class State:
    """One evening's room as it is. Counts are for everybody; the rest for whoever may see names."""

    day: Day
    quorum: Quorum
    room: Room | None
    names: tuple[Name, ...] = ()  # each with `.count`, the best first
    my_vote: int | None = None
    lineup: Lineup | None = None
    teams: tuple[Team, ...] = ()  # each with `.people`: members in their order

    @property
    def unlocked(self) -> bool:
        """A room is there, or may be opened."""
        return self.room is not None or self.quorum.ready

    @property
    def committed(self) -> list[Entry]:
        """Those who said yes: LOOKING first, then AVAILABLE, longest standing first."""
        return self.day.named(Status.LOOKING, Status.AVAILABLE)

    @property
    def standby(self) -> list[Entry]:
        """Those who said maybe."""
        return self.day.named(Status.MAYBE)

    @property
    def committed_count(self) -> int:
        """How many said yes."""
        return self.day.counts.looking + self.day.counts.available

    @property
    def standby_count(self) -> int:
        """How many said maybe."""
        return self.day.counts.maybe

    @property
    def need_count(self) -> int:
        """How many more have to look before we play: LOOKING alone counts, as for opening."""
        return self.quorum.missing


def of(day: date, *, viewer_id: int | None = None) -> State:
    """Read an evening's room with everybody's names; who may see them is the door's matter.

    Six queries, whatever the number of people; two where there is no room.
    """
    here = queries.named_days(day, day)[day]
    quorum = Quorum(here.counts.looking, settings.READY_THRESHOLD)
    room = Room.objects.on(day).select_related("creator__discord", "creator__link__player").first()
    if room is None:
        return State(here, quorum, None)
    mine = Vote.objects.filter(room=room, person_id=viewer_id).values_list("name_id", flat=True)
    lineup = current(room)
    return State(
        here,
        quorum,
        room,
        names=tuple(named(room)),
        my_vote=mine.first() if viewer_id else None,
        lineup=lineup,
        teams=teams_of(lineup) if lineup else (),
    )


def named(room: Room) -> list[Name]:
    """Return the suggested names with their votes: the most first, then the older one."""
    names = Name.objects.filter(room=room).annotate(count=Count("votes"))
    people = names.select_related("person__discord", "person__link__player")
    return list(people.order_by("-count", "suggested_at", "pk"))


def current(room: Room) -> Lineup | None:
    """Return the line-up that holds."""
    newest = Lineup.objects.filter(room=room).order_by("-number")
    return newest.select_related("by__discord", "by__link__player").first()


def teams_of(lineup: Lineup) -> tuple[Team, ...]:
    """Return the two teams of a line-up, A first, each with `.people` in their order."""
    teams = list(Team.objects.filter(lineup=lineup).order_by("side"))
    people = "person__discord", "person__link__player", "person__preferences"
    members = list(Member.objects.filter(lineup=lineup).select_related(*people))
    for team in teams:
        team.people = [one for one in members if one.team_id == team.pk]  # type: ignore[attr-defined]
    return tuple(teams)


def savers(room: Room) -> list[User]:
    """Return who saved teams in a room, by number; whoever has left is not among them."""
    saved = Lineup.objects.filter(room=room).values("by")
    return list(User.objects.with_identity().filter(pk__in=saved).order_by("pk"))


def exists(day: date) -> bool:
    """Say whether an evening has a room."""
    return Room.objects.on(day).exists()


def version_of(day: date) -> int:
    """Return a number that rises with every change of the room or of the evening's answers."""
    evening = Evening.objects.filter(day=day).values_list("version", flat=True).first() or 0
    room = Room.objects.on(day).values_list("version", flat=True).first() or 0
    return evening + room
