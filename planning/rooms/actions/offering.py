"""Offer free places to those who stand in line, one after another, and end what is over."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from availability import queries
from availability.actions import days
from botworker import outbox, rules
from botworker.outbox import Event
from botworker.promising import promise
from planning.rooms import line, places, reading, tally, words
from planning.rooms.actions import opening
from planning.rooms.line import Asking, Offered
from planning.rooms.models import Offer, Room
from planning.rooms.places import Places
from slomix.lib import clock

NOT_FREE = "the place is not free any more"
State = Offer.State


def reconcile(at: datetime) -> int:
    """Do what answers and time bring to the free places; returns how many offers changed.

    Notices who dropped out of the teams that hold, or came back, ends what has run out and offers
    each free place to the next in line. Beat calls it; twice, late or on several workers does no harm.
    """
    waiting = Offer.objects.filter(state=State.OPEN).values_list("room", flat=True)
    rooms = {*waiting, *Room.objects.on(clock.today(at)).values_list("pk", flat=True)}
    return sum(_reconcile(number, at) for number in sorted(rooms))


def _reconcile(number: int, at: datetime) -> int:
    room = Room.objects.get(pk=number)
    # Nearly always nothing is to be done, and that needs no lock.
    if not any(_plan(room, places.of(room), at)):
        return 0
    with transaction.atomic():
        room = Room.objects.select_for_update().get(pk=number)
        seen = places.of(room)
        over, asking = _plan(room, seen, at)
        # People before their messages, as every answer does.
        days.hold({one.person_id for one, _state in over if one.person_id})
        for offer, state in over:
            close(room, offer, state, at)
        for one in asking:
            _ask(room, one, at)
        return len(over) + len(asking)


def _plan(room: Room, seen: Places, at: datetime) -> tuple[list[tuple[Offered, str]], list[Asking]]:
    """Return which offers end, and how, and who is asked then."""
    over = [
        (one, state)
        for one in seen.offers
        if one.open and (state := line.ended(one, seen.vacancies, seen.line, seen.placed, at))
    ]
    ended = {one.offer_id for one, _state in over}
    still = [one for one in seen.offers if one.offer_id not in ended]
    told = still + [replace(one, state=state, ended_at=at) for one, state in over]
    times = queries.times(room.day)
    asking = line.asking(
        seen.vacancies,
        seen.line,
        told,
        at=at,
        lasts=settings.PLANNING_OFFER,
        start_at=times.start_at,
    )
    return over, asking


def close(room: Room, offer: Offered, state: str, at: datetime) -> bool:
    """End an open offer, and say no more of it; False where somebody else ended it."""
    ended = Offer.objects.filter(pk=offer.offer_id, state=State.OPEN)
    if not ended.update(state=state, ended_at=at):
        return False
    _say_no_more(room, offer, at)
    opening.touch(room)
    return True


def _say_no_more(room: Room, offer: Offered, at: datetime) -> None:
    person = User.objects.with_identity().filter(pk=offer.person_id or 0).first()
    if person and hasattr(person, "discord"):
        key = words.offer_key(room.day, offer.offer_id)
        who = outbox.recipient_of(person.discord.discord_id)
        outbox.cancel([key], [who], reason=NOT_FREE, at=at)


def _ask(room: Room, asking: Asking, at: datetime) -> None:
    """Offer somebody a place, and tell them if they wish to be told; the page shows it anyway."""
    vacancy = asking.vacancy
    offer = Offer.objects.create(
        room=room,
        instead_of_id=vacancy.who,
        side=vacancy.side,
        person_id=asking.person_id,
        offered_at=at,
        expires_at=asking.until,
    )
    opening.touch(room)
    wishes = User.objects.linked().filter(pk=asking.person_id, preferences__allow_planning=True)
    names = tally.winners(reading.named(room))
    start_at = queries.times(room.day).start_at
    promise(
        wishes.values_list("pk", flat=True),
        lambda _who: (
            words.offer(start_at, words.team(vacancy.side, names), asking.until),
            words.offer_rows(offer.pk),
        ),
        Event(words.offer_key(room.day, offer.pk), rules.STANDBY, at, asking.until, room.day),
        at=at,
    )
