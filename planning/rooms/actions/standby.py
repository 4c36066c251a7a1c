"""Take a free place or let it pass: the first to accept has it. `offering` decides who is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from availability import actions as answers
from availability import queries
from availability.actions import days
from availability.models import Door, Entry, Status
from planning.rooms import places, words
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.lineups import Sides
from planning.rooms.actions.offering import close, reconcile
from planning.rooms.actions.refusals import NoRoom, NotTheirs, Refused
from planning.rooms.line import Offered, Vacancy
from planning.rooms.models import Lineup, Offer, Room
from planning.rooms.places import Places
from slomix.lib import clock

__all__ = ["AlreadyPlaced", "OfferOver", "Taken", "accept", "accept_place", "decline", "reconcile"]

# Whoever presses so long after somebody else has the place lost it by a moment.
A_MOMENT = timedelta(minutes=1)
State = Offer.State


class OfferOver(Refused):
    """The place cannot be had this way any more; `state` says what became of the offer."""

    def __init__(self, state: str, text: str) -> None:
        super().__init__(text)
        self.state = state


class AlreadyPlaced(Refused):
    """Whoever has a place needs no other."""


@dataclass(frozen=True)
class Taken:
    """Who accepts has this place; `again`: they had it before this call."""

    lineup: Lineup
    side: str
    again: bool = False


@transaction.atomic
def accept(*, person: User, offer_id: int, at: datetime, door: str = Door.WEB) -> Taken:
    """Take the place that is offered: the answer becomes LOOKING, the teams are saved with them.

    Whoever has a place by now, by the same press or by an editor, keeps that. Raises NotLinked, NoRoom, RoomClosed, NotTheirs for
    somebody else's offer, and OfferOver for one that has ended, whose state says how.
    """
    days.check_linked(person)
    room = _held(person, offer_id, at)
    seen = places.of(room)
    offer = next(one for one in seen.offers if one.offer_id == offer_id)
    if side := seen.placed.get(person.pk):
        return Taken(_newest(room), side, again=True)
    vacancy = next((one for one in seen.vacancies if one.meant_by(offer)), None)
    if not offer.holds(at) or vacancy is None:
        raise _over(offer, seen)
    return _take(room, vacancy, seen, person, at, door)


def _held(person: User, offer_id: int, at: datetime) -> Room:
    """Return the room of somebody's offer, held."""
    offer = Offer.objects.select_related("room").filter(pk=offer_id).first()
    if offer is None:
        raise NoRoom(_("This offer is no longer there."))
    if offer.person_id != person.pk:
        raise NotTheirs(_("This belongs to somebody else. Yours is in your own messages."))
    return opening.hold(offer.room.day, at)


def _over(offer: Offered, seen: Places) -> OfferOver:
    if offer.state == State.ACCEPTED:
        return OfferOver(State.ACCEPTED, words.accepted())
    if offer.state == State.DECLINED:
        return OfferOver(State.DECLINED, words.declined())
    if offer.state == State.FILLED:
        return OfferOver(State.FILLED, words.filled())
    if offer.state == State.RETURNED or not any(one.meant_by(offer) for one in seen.vacancies):
        return OfferOver(State.RETURNED, words.not_free())
    return OfferOver(State.EXPIRED, words.too_late(offer.expires_at))


def _take(
    room: Room, vacancy: Vacancy, seen: Places, person: User, at: datetime, door: str
) -> Taken:
    """Put somebody into a free place; what else was offered of it ends."""
    # People before their messages, as every answer does.
    days.hold([person.pk])
    _look(person, room, at, door)
    for offer in seen.offers:
        if offer.open and offer.person_id == person.pk and vacancy.meant_by(offer):
            close(room, offer, State.ACCEPTED, at)
        elif offer.open and vacancy.meant_by(offer):
            close(room, offer, State.EXPIRED, at)
    lineup = lineups.write(
        room,
        _with(lineups.sides_of(_newest(room)), vacancy, person.pk),
        token=seen.number,
        by=person,
        at=at,
        how=Lineup.How.STANDBY,
    )
    return Taken(lineup, vacancy.side)


def _look(person: User, room: Room, at: datetime, door: str) -> Entry:
    """Let whoever takes a place be looking; when they come stays as they said it."""
    mine = queries.answer_of(person.pk, room.day)
    if mine is not None and mine.status == Status.LOOKING:
        return mine
    come_at = clock.local(mine.late_until).time() if mine and mine.late_until else None
    return answers.answer(
        person=person, day=room.day, status=Status.LOOKING, at=at, door=door, come_at=come_at
    )


def _with(sides: Sides, vacancy: Vacancy, person_id: int) -> Sides:
    people = {"A": list(sides.a), "B": list(sides.b)}
    captains = {"A": sides.captain_a, "B": sides.captain_b}
    mine = people[vacancy.side]
    mine[mine.index(vacancy.who)] = person_id
    if captains[vacancy.side] == vacancy.who:
        captains[vacancy.side] = None
    return Sides(people["A"], people["B"], captains["A"], captains["B"])


def _newest(room: Room) -> Lineup:
    return Lineup.objects.filter(room=room).latest("number")


def accept_place(*, person: User, side: str, at: datetime, door: str = Door.WEB) -> Taken:
    """Take a side's free place that is kept for nobody, as the first to press.

    Whoever has an offer of that side takes that. Whoever comes a moment after somebody else is first
    in line for the next. Raises NotLinked, NoRoom, RoomClosed, AlreadyPlaced, and OfferOver where
    no place is free now.
    """
    taken = _accept_place(person, side, at, door)
    if isinstance(taken, OfferOver):
        raise taken
    return taken


@transaction.atomic
def _accept_place(person: User, side: str, at: datetime, door: str) -> Taken | OfferOver:
    days.check_linked(person)
    room = opening.hold(clock.today(at), at)
    seen = places.of(room)
    if person.pk in seen.placed:
        raise AlreadyPlaced(_("You have a place already."))
    mine = seen.offered_to(person.pk, at)
    vacancies = [one for one in seen.vacancies if one.side == side]
    own = [one for one in vacancies if mine and one.meant_by(mine)]
    free = own or seen.free(side, at)
    if free:
        return _take(room, free[0], seen, person, at, door)
    kept = [offer for one in vacancies if (offer := seen.offer_for(one, at))]
    if kept:
        until = min(offer.expires_at for offer in kept)
        return OfferOver(State.OPEN, words.kept(until))
    return _lost(room, person, side, at)


def _lost(room: Room, person: User, side: str, at: datetime) -> OfferOver:
    """Refuse somebody who came too late; by a moment, and they are first in line."""
    newest = Lineup.objects.filter(room=room).order_by("-number").first()
    moment = newest and newest.how == Lineup.How.STANDBY and at - newest.saved_at <= A_MOMENT
    if newest is None or not moment:
        return OfferOver(State.RETURNED, _("No place is free now."))
    if not Offer.objects.filter(room=room, person=person, state=State.FILLED).exists():
        Offer.objects.create(
            room=room,
            side=side,
            person=person,
            offered_at=at,
            expires_at=at,
            state=State.FILLED,
            ended_at=at,
        )
        opening.touch(room)
    return OfferOver(State.FILLED, words.filled())


@transaction.atomic
def decline(*, person: User, offer_id: int, at: datetime, door: str = Door.WEB) -> Offer:
    """Let an offered place pass: the next in line is asked, and the answer stays as it is.

    Once more changes nothing. Raises NotLinked, NoRoom, RoomClosed, NotTheirs, OfferOver.
    """
    days.check_linked(person)
    room = _held(person, offer_id, at)
    seen = places.of(room)
    offer = next(one for one in seen.offers if one.offer_id == offer_id)
    if offer.state != State.DECLINED:
        if not offer.holds(at):
            raise _over(offer, seen)
        days.hold([person.pk])
        close(room, offer, State.DECLINED, at)
    return Offer.objects.get(pk=offer_id)
