"""Reading the free places of a room: which they are, who is in line, what is offered to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from availability.models import Change, Entry
from planning.rooms import line
from planning.rooms.line import Offered, Vacancy, Waiting
from planning.rooms.models import Draft, Lineup, Member, Offer, Room

OFFER = (
    *("pk", "person_id", "instead_of_id", "side"),
    *("offered_at", "expires_at", "state", "ended_at"),
)


@dataclass(frozen=True)
class Places:
    """The teams that hold, as far as standby is concerned."""

    # The number of the line-up that holds; 0: none, so nobody has a place to lose.
    number: int
    vacancies: tuple[Vacancy, ...]
    # Who would be asked, next first, each with `.person`; empty without teams.
    waiting: tuple[Entry, ...]
    # All of this evening, the oldest first.
    offers: tuple[Offered, ...]
    # Who has a place and is there, and on which side.
    placed: Mapping[int, str] = field(default_factory=dict)

    @property
    def line(self) -> list[int]:
        """Who is in line, by number."""
        return [entry.person_id for entry in self.waiting]

    def offer_for(self, vacancy: Vacancy, at: datetime) -> Offered | None:
        """Return the offer that keeps a place for somebody now; None: whoever is first has it."""
        held = (one for one in self.offers if one.holds(at) and vacancy.meant_by(one))
        return next(held, None)

    def offered_to(self, person_id: int, at: datetime) -> Offered | None:
        """Return what is offered to somebody now."""
        mine = (one for one in self.offers if one.holds(at) and one.person_id == person_id)
        return next(mine, None)

    def free(self, side: str, at: datetime) -> list[Vacancy]:
        """Return a side's places that are kept for nobody."""
        here = [one for one in self.vacancies if one.side == side]
        return [one for one in here if self.offer_for(one, at) is None]


def of(room: Room) -> Places:
    """Read a room's places; six queries, whatever the number of people.

    While a draft runs no place of the teams before it is free.
    """
    offers = tuple(_offers(room))
    newest = Lineup.objects.filter(room=room).order_by("-number").first()
    if newest is None:
        return Places(0, (), (), offers)
    members = list(
        Member.objects.filter(lineup=newest).values_list("person", "team__side").order_by("pk")
    )
    entries = Entry.objects.on(room.day).filter(status__in=line.RANKS, person__is_active=True)
    here = {entry.person_id: entry for entry in entries.with_people()}
    placed = {who: side for who, side in members if who in here}
    waiting = _in_line(members, here, offers)
    if Draft.objects.filter(room=room, outcome=Draft.Outcome.RUNNING).exists():
        return Places(newest.number, (), waiting, offers, placed)
    gone = [(who, side) for who, side in members if who not in here]
    since = _dropped_out(room, [who for who, _side in gone if who])
    vacancies = (Vacancy(side, who, since.get(who or 0)) for who, side in gone)
    # Of an erased person's places one at a time: nothing tells them apart.
    return Places(newest.number, tuple(dict.fromkeys(vacancies)), waiting, offers, placed)


def _offers(room: Room) -> Iterable[Offered]:
    rows = Offer.objects.filter(room=room).order_by("pk").values_list(*OFFER)
    return (Offered(*row) for row in rows)


def _in_line(
    members: Sequence[tuple[int | None, str]], here: dict[int, Entry], offers: Iterable[Offered]
) -> tuple[Entry, ...]:
    placed = {who for who, _side in members}
    last = {one.person_id: one for one in offers if not one.open}
    waiting = []
    for who, entry in here.items():
        if who in placed:
            continue
        end = last.get(who)
        waiting.append(
            Waiting(
                who,
                entry.status,
                entry.since,
                end.state if end else "",
                end.ended_at if end else None,
            )
        )
    return tuple(here[who] for who in line.order(waiting))


def _dropped_out(room: Room, people: list[int]) -> dict[int, datetime]:
    """Return when each left the room last, as the history of answers tells."""
    if not people:
        return {}
    left = Change.objects.filter(day=room.day, person__in=people, before__in=line.RANKS)
    return dict(left.exclude(after__in=line.RANKS).order_by("pk").values_list("person", "at"))
