"""Who is asked next when a place is free, and what becomes of what was offered. Pure.

No clock, no queries: facts in, decisions out. `places` reads, `actions.standby` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from availability.models import Status
from planning.rooms.models import Offer

# A place is offered until ten minutes after the start at the latest, and for half a minute at least.
LAST_AFTER_START = timedelta(minutes=10)
SHORTEST = timedelta(seconds=30)
# Who said yes and has no place comes before who said maybe.
RANKS = {Status.LOOKING: 1, Status.AVAILABLE: 1, Status.MAYBE: 2}
FIRST, BEHIND = 0, 3
State = Offer.State


@dataclass(frozen=True)
class Waiting:
    """Somebody without a place: what they say, since when, and how their last offer ended."""

    person_id: int
    status: str
    since: datetime
    last: str = ""
    last_at: datetime | None = None


@dataclass(frozen=True)
class Offered:
    """One offer of the evening."""

    offer_id: int
    person_id: int | None
    instead_of: int | None
    side: str
    offered_at: datetime
    expires_at: datetime
    state: str
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        """It was neither answered nor ended."""
        return self.state == State.OPEN

    def holds(self, at: datetime) -> bool:
        """Say whether the place is kept for this person now."""
        return self.open and at < self.expires_at


@dataclass(frozen=True)
class Vacancy:
    """A place in the teams whose person dropped out; `who` is None for somebody erased since."""

    side: str
    who: int | None
    # When they dropped out; None where nobody knows.
    since: datetime | None = None

    def meant_by(self, offer: Offered) -> bool:
        """Say whether an offer is, or was, for this place since it became free."""
        same = (offer.instead_of, offer.side) == (self.who, self.side)
        return same and (self.since is None or offer.offered_at >= self.since)


@dataclass(frozen=True)
class Asking:
    """Whom a place is to be offered to, and until when."""

    vacancy: Vacancy
    person_id: int
    until: datetime


def order(waiting: Iterable[Waiting]) -> list[int]:
    """Return who is in line, next first.

    Whoever lost a place by a moment comes first; then who said yes, longest standing first; then who
    said maybe; whoever declined tonight is behind them all. An offer that ran out changes nothing.
    """
    return [one.person_id for one in sorted(waiting, key=_turn)]


def _turn(one: Waiting) -> tuple[int, int, datetime, int]:
    rank = RANKS[Status(one.status)]
    if one.last in (State.FILLED, State.RETURNED) and one.last_at:
        return FIRST, 0, one.last_at, one.person_id
    if one.last == State.DECLINED:
        return BEHIND, rank, one.since, one.person_id
    return rank, 0, one.since, one.person_id


def asked(vacancy: Vacancy, offers: Iterable[Offered]) -> set[int]:
    """Return who was offered this place already since it became free."""
    return {one.person_id for one in offers if one.person_id and vacancy.meant_by(one)}


def ended(
    offer: Offered,
    vacancies: Iterable[Vacancy],
    line: Iterable[int],
    placed: Iterable[int],
    at: datetime,
) -> str:
    """Return what an open offer has become; empty while it stands."""
    if offer.person_id in set(placed) or not any(one.meant_by(offer) for one in vacancies):
        return State.RETURNED
    if offer.person_id not in set(line):
        return State.DECLINED
    return "" if at < offer.expires_at else State.EXPIRED


def asking(
    vacancies: Iterable[Vacancy],
    line: Sequence[int],
    offers: Sequence[Offered],
    *,
    at: datetime,
    lasts: timedelta,
    start_at: datetime,
) -> list[Asking]:
    """Decide whom each free place is offered to now: one person for one place at a time.

    Nobody is offered the same place twice; with everybody asked it stays open for whoever comes.
    """
    until = min(at + lasts, start_at + LAST_AFTER_START)
    if until - at < min(SHORTEST, lasts):
        return []
    busy = {one.person_id for one in offers if one.open}
    found = []
    for vacancy in vacancies:
        if any(one.open and vacancy.meant_by(one) for one in offers):
            continue
        tried = asked(vacancy, offers) | busy
        free = next((who for who in line if who not in tried), None)
        if free is not None:
            busy.add(free)
            found.append(Asking(vacancy, free, until))
    return found
