"""The call in the thread: a place that is kept for nobody goes to whoever presses first.

A place is offered to those in line first; only when nobody is left to ask, the thread is called.
The call is edited once the place is not free any more.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from accounts import language
from availability import queries
from botworker import tracked
from botworker.tracked import Drawn
from planning.rooms import line, places, reading, tally
from planning.rooms.chat import keys, phrases
from planning.rooms.line import Vacancy
from planning.rooms.models import Lineup, Room
from planning.rooms.places import Places

KIND = "room_place"
# Whoever pressed by mistake is back by then, and nobody was called.
AFTER = timedelta(seconds=10)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
versions = keys.versions


def promise(room: Room, at: datetime) -> None:
    """Call the thread to each place that nobody in line can be asked for."""
    ends_at = queries.times(room.day).ends_at
    if room.thread_id is None or at >= ends_at or not Lineup.objects.filter(room=room).exists():
        return
    for vacancy in kept_for_nobody(room, places.of(room), at):
        key = key_of(room, vacancy)
        if not tracked.is_kept(key):
            tracked.keep(
                key,
                kind=KIND,
                channel_id=room.thread_id,
                evening=room.day,
                due_at=at,
                until=ends_at,
                at=at,
            )


def kept_for_nobody(room: Room, seen: Places, at: datetime) -> list[Vacancy]:
    """Return the free places that are neither offered to anybody nor about to be."""
    coming = line.asking(
        seen.vacancies,
        seen.line,
        seen.offers,
        at=at,
        lasts=settings.PLANNING_OFFER,
        start_at=queries.times(room.day).start_at,
    )
    asked = {one.vacancy for one in coming}
    return [
        one
        for one in seen.vacancies
        if one not in asked
        and seen.offer_for(one, at) is None
        and at - (one.since or LONG_AGO) >= AFTER
    ]


def key_of(room: Room, vacancy: Vacancy) -> str:
    """Return what the call to a place is kept under: whose it was, and since when it is free."""
    since = int((vacancy.since or LONG_AGO).timestamp() * 1000)
    return f"ROOM-PLACE:{room.day}:{vacancy.side}:{vacancy.who or 0}:{since}"


@language.ours()
def draw(key: str, at: datetime) -> Drawn:
    """Return the call as it should be now."""
    room = Room.objects.get(day=keys.day_of(key))
    side = key.split(":")[2]
    names = tally.winners(reading.named(room))
    seen = places.of(room)
    vacancy = next((one for one in seen.vacancies if key_of(room, one) == key), None)
    if vacancy is None or at >= queries.times(room.day).ends_at:
        return Drawn(phrases.place_gone(side, names))
    return Drawn(phrases.place_free(side, names), {"rows": phrases.place_rows(room.day, side)})
