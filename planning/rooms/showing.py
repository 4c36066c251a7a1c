"""The room's page put together for one viewer: what is asked of the database, and for whom."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.urls import reverse

from accounts import access, faces
from accounts.models import User
from availability import queries
from availability.quorum import Quorum
from planning.rooms import (
    draft_page,
    drafts,
    page_words,
    pages,
    places,
    reading,
    standby_page,
    tally,
    team_page,
    wish_page,
)
from planning.rooms.actions import after, lineups, ping
from planning.rooms.models import Draft, Offer, Room, Wish
from planning.rooms.reading import State
from slomix.lib import clock, dates
from slomix.lib.show import HtmxRequest

EARLIER = 5


def version_for(request: HtmxRequest, day: date, at: datetime) -> str:
    """Return a word that changes whenever this viewer's page would look different.

    The time it knows is the minute, and finer while seconds are counted: `step`.
    """
    seen_by = access.of(request.user)
    who = f"{request.user.pk or 0}{'l' if seen_by.linked else ''}{'p' if seen_by.promoter else ''}"
    seconds = step(request.user.pk, day) if seen_by.linked else 60
    return f"{reading.version_of(day)}-{int(at.timestamp()) // seconds}-{who}"


def step(viewer_id: int | None, day: date) -> int:
    """Return after how many seconds the time on a viewer's page is another one.

    In a draft, and for whoever has a place offered, two; for those who watch an offer ten.
    """
    running = Draft.objects.filter(room__day=day, outcome=Draft.Outcome.RUNNING)
    offers = Offer.objects.filter(room__day=day, state=Offer.State.OPEN)
    everybody = running.annotate(whose=Value(0)).values_list("whose")
    found = {whose for (whose,) in everybody.union(offers.values_list("person"), all=True)}
    if found & {0, viewer_id}:
        return 2
    return 10 if found else 60


def page(request: HtmxRequest, day: date, version: str, at: datetime) -> dict[str, Any]:
    """Put the page of one evening together; names are there for linked people only."""
    today = clock.today(at)
    here = reverse("room") if day == today else reverse("room_day", args=(day,))
    context: dict[str, Any] = {
        "day": day,
        "written": dates.long(day),
        "tonight": day == today,
        "here": here,
        "again": f"{here}?seen={version}",
        "as_of": clock.named(at.replace(second=0)),
        "earlier": earlier(day),
    }
    viewer = request.user
    if isinstance(viewer, User) and access.of(viewer).linked:
        return context | _named(viewer, day, at)
    return context | _counted(day, at)


def earlier(day: date) -> tuple[date, ...]:
    """Return the last evenings before one that had a room."""
    days = Room.objects.filter(day__lt=day).order_by("-day").values_list("day", flat=True)
    return tuple(days[:EARLIER])


def _counted(day: date, at: datetime) -> dict[str, Any]:
    """What everybody may see: numbers."""
    counts = queries.counts(day, day).get(day)
    quorum = Quorum(counts.looking if counts else 0, settings.READY_THRESHOLD)
    return _outside(
        quorum,
        there=Room.objects.on(day).exists(),
        open_=at < queries.times(day).ends_at,
        committed=counts.looking + counts.available if counts else 0,
        standby=counts.maybe if counts else 0,
    )


def _outside(
    quorum: Quorum, *, there: bool, open_: bool, committed: int, standby: int
) -> dict[str, Any]:
    return {
        "quorum": quorum,
        "room": there,
        "open": there and open_,
        "committed": committed,
        "standby_count": standby,
        "locked": page_words.locked(quorum),
        "progress": page_words.progress(quorum),
    }


def _named(viewer: User, day: date, at: datetime) -> dict[str, Any]:
    state = reading.of(day, viewer_id=viewer.pk)
    open_ = at < queries.times(day).ends_at
    context = _outside(
        state.quorum,
        there=state.room is not None,
        open_=open_,
        committed=state.committed_count,
        standby=state.standby_count,
    )
    if state.room is None:
        return context
    inside = _open(state, viewer, at) if open_ else _closed(state, viewer, at)
    return context | inside


def _open(state: State, viewer: User, at: datetime) -> dict[str, Any]:
    """A room that can still be changed."""
    room = _room(state)
    editor = lineups.edits(viewer, room)
    free = places.of(room)
    draft = drafts.of(room)
    wishes = _wishes(room)
    called = tally.winners(state.names)
    teams = team_page.teams(
        state, wishes=wishes, places=standby_page.offered(free, at), viewer=viewer
    )
    context = _both(state, viewer, editor=editor) | {
        "teams": teams,
        "standby": standby_page.standby(
            state, free, called, viewer, at, wait=ping.seconds_to_wait(room, at)
        ),
        "wishes": wish_page.wishes(wishes, state, viewer, editor=editor),
        "wishers": wish_page.wishers(state, viewer, editor=editor),
        "others": wish_page.others(state, viewer, editor=editor),
    }
    if draft and draft.running:
        shown = draft_page.drafting(draft, called, viewer, at, editor=editor)
        return context | {"draft": shown}
    return context | {"captains": wish_page.captains(state) if editor else None}


def _closed(state: State, viewer: User, at: datetime) -> dict[str, Any]:
    """A room of an evening that is over."""
    room = _room(state)
    next_week = room.day + after.A_WEEK
    still = at < queries.times(next_week).ends_at
    return _both(state, viewer, editor=False) | {
        "teams": team_page.teams(state, wishes=_wishes(room), viewer=viewer),
        "came": tuple(faces.of(one.person) if one.person else None for one in after.came(room)),
        "planners": pages.planners(room, reading.savers(room)),
        "next_week": pages.again(next_week, queries.answer_of(viewer.pk, next_week))
        if still
        else None,
    }


def _both(state: State, viewer: User, *, editor: bool) -> dict[str, Any]:
    return {
        "head": pages.head(state, thread(_room(state)), viewer),
        "editor": editor,
        "names": pages.names(
            state.names, state.my_vote, state.committed_count, viewer, editor=editor
        ),
    }


def _room(state: State) -> Room:
    assert state.room is not None
    return state.room


def _wishes(room: Room) -> Sequence[Wish]:
    return list(Wish.objects.filter(room=room).order_by("pk"))


def thread(room: Room) -> str:
    """Return the address of the room's thread on Discord; empty where there is none."""
    if not room.thread_id or not settings.DISCORD_GUILD_ID:
        return ""
    return f"https://discord.com/channels/{settings.DISCORD_GUILD_ID}/{room.thread_id}"
