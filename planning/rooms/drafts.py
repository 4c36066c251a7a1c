"""Reading a captains' draft: whose turn it is, who was picked, who is left. No change, no clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from accounts.models import User
from availability.models import Change, Entry, Status
from planning.rooms.models import Draft, Pick, Room, Side

# Whoever says one of these can be picked.
PICKABLE = (Status.LOOKING, Status.AVAILABLE)
TAKE_BACK_FOR = timedelta(seconds=5)
PEOPLE = ("discord", "link__player", "preferences")


@dataclass(frozen=True)
class Candidate:
    """Somebody who can still be picked."""

    person: User
    entry: Entry
    # They came while the draft was running.
    late: bool

    @property
    def rating(self) -> float | None:
        """Their player's rating; None for whoever has none."""
        return rating_of(self.person)


@dataclass(frozen=True)
class Place:
    """One place in a list of the draft: a captain's (`number` 0) or that of a pick."""

    side: str
    number: int
    # None: somebody who has left Slomix since.
    person: User | None
    # They said no, or took their answer back, after they got this place.
    gone: bool
    pick: Pick | None = None

    @property
    def by_the_clock(self) -> bool:
        """The time was over; nobody chose."""
        return self.pick is not None and self.pick.by_the_clock


@dataclass(frozen=True)
class DraftState:
    """A draft as it is: running, or the last one of its room."""

    draft: Draft
    captains: dict[str, Place]
    picks: tuple[Place, ...]
    # By rating, the highest first, the unrated last; behind them who came late. Empty once it ended.
    pool: tuple[Candidate, ...]

    @property
    def running(self) -> bool:
        """Somebody picks."""
        return self.draft.outcome == Draft.Outcome.RUNNING

    @property
    def turn(self) -> int:
        """The number of the pick that comes next; a press names it."""
        return len(self.picks) + 1

    @property
    def total(self) -> int:
        """How many picks it takes, as many people as there are now."""
        return len(self.picks) + len(self.pool)

    @property
    def order(self) -> str:
        """Whose picks these are, one letter for each of `total`."""
        return "".join(side_of(self.draft, number) for number in range(1, self.total + 1))

    @property
    def side(self) -> str:
        """Whose turn it is, A or B; empty when nobody picks any more."""
        return side_of(self.draft, self.turn) if self.running and self.pool else ""

    @property
    def captain(self) -> User | None:
        """Who picks now."""
        return self.captains[self.side].person if self.side else None

    @property
    def captain_gone(self) -> bool:
        """One of the captains is not in the room any more."""
        return any(place.gone for place in self.captains.values())

    def is_captain(self, person: User, side: str = "") -> bool:
        """Say whether somebody is captain here, of that side where one is named."""
        mine = [place.side for place in self.captains.values() if place.person == person]
        return side in mine if side else bool(mine)

    def list_of(self, side: str) -> list[Place]:
        """Return a side's list: the captain, then the picks in their order."""
        return [self.captains[side], *(place for place in self.picks if place.side == side)]

    def seconds_left(self, at: datetime) -> int:
        """Return how long the turn under way lasts; 0 when its time is over."""
        return max(0, ceil((self.draft.turn_ends_at - at).total_seconds())) if self.side else 0

    def can_take_back(self, person: User, at: datetime) -> bool:
        """Say whether somebody may still take the last pick back: their own, for five seconds."""
        if not self.running or not self.picks:
            return False
        last = self.picks[-1]
        assert last.pick is not None  # only captains have none
        own = self.is_captain(person, last.side) and not last.by_the_clock
        return own and at - last.pick.picked_at <= TAKE_BACK_FOR


def of(room: Room) -> DraftState | None:
    """Read the room's draft: the one that runs, else the last. Four queries; None without one."""
    drafts = Draft.objects.filter(room=room).order_by("-pk")
    captains = [f"captain_{side}__{part}" for side in "ab" for part in PEOPLE]
    draft = drafts.select_related(*captains).first()
    if draft is None:
        return None
    entries = Entry.objects.on(room.day).filter(person__is_active=True).with_people()
    here = {entry.person_id: entry for entry in entries.exclude(status=Status.NOT_PLAYING)}
    picks = _picks(draft, here.keys())
    captains_now = {
        side: Place(side, 0, who, who is None or who.pk not in here)
        for side, who in ((Side.A.value, draft.captain_a), (Side.B.value, draft.captain_b))
    }
    placed = {place.person.pk for place in (*picks, *captains_now.values()) if place.person}
    running = draft.outcome == Draft.Outcome.RUNNING
    left = [one for one in here.values() if one.person_id not in placed] if running else []
    return DraftState(draft, captains_now, picks, _pool(draft, room, left) if running else ())


def _picks(draft: Draft, here: Collection[int]) -> tuple[Place, ...]:
    rows = Pick.objects.filter(draft=draft).select_related(*(f"person__{one}" for one in PEOPLE))
    return tuple(
        Place(side_of(draft, row.number), row.number, row.person, row.person_id not in here, row)
        for row in rows
    )


def _pool(draft: Draft, room: Room, left: list[Entry]) -> tuple[Candidate, ...]:
    # By person: the history has an index for that.
    theirs = Change.objects.filter(person__in=[entry.person_id for entry in left], day=room.day)
    came = theirs.filter(at__gt=draft.started_at, after__in=PICKABLE)
    late = set(came.exclude(before__in=PICKABLE).values_list("person", flat=True))
    pool = [
        Candidate(entry.person, entry, entry.person_id in late)
        for entry in left
        if entry.status in PICKABLE
    ]
    return tuple(sorted(pool, key=_by_rating))


def _by_rating(one: Candidate) -> tuple[bool, float, bool, float, int]:
    since = one.entry.since.timestamp() if one.late else 0.0
    return one.late, since, one.rating is None, -(one.rating or 0.0), one.person.pk


def side_of(draft: Draft, number: int) -> str:
    """Return whose pick a number is; behind the stored turns the pattern goes on."""
    return draft.order[(number - 1) % len(draft.order)]


def rating_of(person: User) -> float | None:
    """Return the rating of somebody's player; None for whoever has none."""
    return person.link.player.rating if hasattr(person, "link") else None
