"""The draft's page put together for one viewer: what is asked of the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse

from accounts.models import User
from planning.rooms import draft_page, drafts, reading, tally
from planning.rooms.actions import lineups
from planning.rooms.draft_page import Watch
from planning.rooms.models import Draft, Room
from slomix.lib import clock, dates


@dataclass(frozen=True)
class Tick:
    """What the page looks again for: whether anything changed, and else the time left."""

    version: str
    watch: Watch | None


def tick(viewer: User, at: datetime) -> Tick:
    """Return the page's version for a viewer, and the running turn's time.

    The version changes with the room, and when the last pick cannot be taken back any more.
    """
    day = clock.today(at)
    running = Draft.objects.filter(room__day=day, outcome=Draft.Outcome.RUNNING)
    draft = (
        running.annotate(last=Max("picks__picked_at"), made=Max("picks__number"))
        .values("turn_ends_at", "seconds", "last", "made", "captain_a", "captain_b", "order")
        .order_by("pk")
        .first()
    )
    version = f"{reading.version_of(day)}-{viewer.pk}"
    if draft is None:
        return Tick(f"{version}-{int(at.timestamp()) // 60}", None)
    young = draft["last"] is not None and at - draft["last"] <= drafts.TAKE_BACK_FOR
    turn = (draft["made"] or 0) % len(draft["order"])
    captain = draft["captain_a" if draft["order"][turn] == "A" else "captain_b"]
    watch = draft_page.watch(draft["turn_ends_at"], draft["seconds"], at, mine=captain == viewer.pk)
    return Tick(f"{version}-{'y' if young else 'o'}", watch)


def page(viewer: User, seen: Tick, at: datetime) -> dict[str, Any]:
    """Put the page of tonight's draft together for a linked viewer."""
    day = clock.today(at)
    context: dict[str, Any] = {
        "written": dates.long(day),
        "as_of": clock.named(at.replace(microsecond=0)),
        "again": f"{reverse('room_draft')}?seen={seen.version}",
    }
    room = Room.objects.on(day).first()
    state = drafts.of(room) if room else None
    if room is None or state is None:
        return context
    names = tally.winners(reading.named(room))
    if not state.running:
        return context | {"ended": draft_page.ended(state, names, viewer)}
    editor = lineups.edits(viewer, room)
    return context | {"drafting": draft_page.drafting(state, names, viewer, at, editor=editor)}
