"""The one post in the room's thread: what it says now.

The keeper (`botworker.tracked`) posts it once, edits it and has it posted anew where it was deleted.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import language
from accounts.models import User
from availability import queries, words
from botworker import tracked
from botworker.tracked import Drawn
from planning.rooms import drafts, measure, places, reading, tally
from planning.rooms.chat import even, keys, phrases
from planning.rooms.drafts import DraftState
from planning.rooms.models import Room, Side, Team
from planning.rooms.places import Places
from planning.rooms.reading import State
from planning.rooms.tally import Counted
from slomix.lib import clock

KIND = "room_post"
BEST = 5
versions = keys.versions
Fields = list[dict[str, Any]]


def promise(room: Room, at: datetime) -> None:
    """Keep the post once the room's thread is there; leave it alone once that is gone."""
    key = keys.post(room.day)
    ends_at = queries.times(room.day).ends_at
    if room.thread_id is None:
        tracked.leave(key, at=at)
    elif at < ends_at and not tracked.is_kept(key):
        tracked.keep(
            key,
            kind=KIND,
            channel_id=room.thread_id,
            evening=room.day,
            due_at=at,
            until=ends_at,
            at=at,
        )


@language.ours()
def draw(key: str, at: datetime) -> Drawn:
    """Return the post as it should be now. Twenty queries at most, whatever the number of people."""
    day = keys.day_of(key)
    state, times = reading.of(day), queries.times(day)
    assert state.room is not None
    over = at >= times.ends_at
    draft = drafts.of(state.room)
    embed = {
        "title": _("Planning room, %(at)s") % {"at": clock.named(times.start_at)},
        "description": phrases.closed() if over else _state(state, draft, times.ends_at),
        "color": words.GREY if over else words.AMBER,
        "fields": fields(state, draft if draft and draft.running else None),
    }
    rows = phrases.closed_rows(day) if over else phrases.post_rows(day)
    return Drawn(extras={"embed": embed, "rows": rows})


def _state(state: State, draft: DraftState | None, ends_at: datetime) -> str:
    if draft and draft.running and draft.captain:
        captain = phrases.named([draft.captain])
        until = clock.wall(draft.draft.turn_ends_at)
        return phrases.picks(captain, draft.turn, draft.total, until)
    sides = present(state)
    if sides and all(sides):
        gap, fair = even.of(state.day, sides)
        first = phrases.team(Side.A, tally.winners(state.names)[0])
        return phrases.stand(gap, first, even=fair)
    return phrases.naming(clock.named(ends_at))


def present(state: State) -> list[list[User]]:
    """Return both teams' people who are still in the room, A first; empty without teams."""
    here = {entry.person_id for entry in [*state.committed, *state.standby]}
    return [
        [one.person for one in people(team) if one.person and one.person_id in here]
        for team in state.teams
    ]


def people(team: Team) -> list[Any]:
    """Return who is in a team, as `reading.teams_of` fetched them."""
    return list(getattr(team, "people", []))


def fields(state: State, draft: DraftState | None) -> Fields:
    """Return the post's fields, each only where there is something to say."""
    found = [_field(_("In %(n)d") % {"n": state.committed_count}, _entries(state.committed))]
    assert state.room is not None
    seen = places.of(state.room) if state.lineup else None
    found += _drafted(state, draft) if draft else _teams(state, seen)
    best = [_name(one) for one in tally.of(state.names)[:BEST]]
    found.append(_field(_("Names"), "\n".join(best), inline=False))
    waiting = list(seen.waiting) if seen and any(present(state)) else state.standby
    found.append(_field(_("Standby"), _entries(waiting), inline=False))
    return [one for one in found if one["value"]]


def _name(one: Counted) -> str:
    said = phrases.shown(one.name.text)
    votes = f"{said}: {phrases.votes(one.votes)}" if one.votes else said
    return _("%(votes)s · tie") % {"votes": votes} if one.tie else votes


def _field(name: str, value: str, *, inline: bool = True) -> dict[str, Any]:
    return {"name": name, "value": value, "inline": inline}


def _entries(entries: list[Any]) -> str:
    return phrases.named(entry.person for entry in entries)


def _teams(state: State, seen: Places | None) -> Fields:
    sides = present(state)
    if seen is None or not any(sides):
        return []
    free = Counter(vacancy.side for vacancy in seen.vacancies)
    sums = measure.standing(
        even.players(state.day), *([one.pk for one in side] for side in sides)
    ).sums
    called = tally.winners(state.names)
    return [
        _field(
            phrases.heading(side, name, measure.points(total)),
            "\n".join(filter(None, [phrases.named(inside), phrases.free_places(free[side])])),
        )
        for side, name, total, inside in zip(Side.values, called, sums, sides, strict=True)
    ]


def _drafted(state: State, draft: DraftState) -> Fields:
    called = dict(zip(Side.values, tally.winners(state.names), strict=True))
    return [
        _field(
            phrases.heading(side, called[side], None),
            phrases.named(place.person for place in draft.list_of(side) if not place.gone),
        )
        for side in Side.values
    ]
