"""A room as JSON, for one viewer: names are there for linked people only."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import access, auth
from accounts.models import User
from availability import queries
from planning.rooms import reading, tally
from planning.rooms.actions.opening import STAYS, quorum_of
from planning.rooms.models import Name, Room, Side, Team, Vote


def of(viewer: User | None, day: date) -> dict[str, Any]:
    """Show an evening's room. As many queries for two people as for forty."""
    seen_by = access.of(viewer) if viewer else None
    named = seen_by is not None and seen_by.linked
    shown = {
        "date": day,
        **(_named(viewer, day) if viewer and named else _counted(day)),
        "viewer": {
            "authenticated": viewer is not None,
            "linked_discord": named,
            "website_user_id": viewer.pk if viewer else None,
        },
    }
    return shown


def _counted(day: date) -> dict[str, Any]:
    """What everybody may see."""
    counts = queries.counts(day, day).get(day)
    looking, available, maybe = (
        (counts.looking, counts.available, counts.maybe) if counts else (0, 0, 0)
    )
    quorum = quorum_of(day)
    there = Room.objects.on(day).exists()
    return _numbers(quorum, there, looking + available, maybe) | {
        "participants": [],
        "session": None,
    }


def _named(viewer: User, day: date) -> dict[str, Any]:
    state = reading.of(day, viewer_id=viewer.pk)
    numbers = _numbers(
        state.quorum, state.room is not None, state.committed_count, state.standby_count
    )
    people = [_person(entry.person) | {"status": entry.status} for entry in state.day.named(*STAYS)]
    session = _session(state, state.room, viewer) if state.room else None
    return numbers | {"participants": people, "session": session}


def _numbers(quorum: Any, there: bool, committed: int, standby: int) -> dict[str, Any]:
    return {
        "session_ready": {
            "ready": quorum.ready,
            "looking_count": quorum.looking,
            "threshold": quorum.threshold,
        },
        "unlocked": there or quorum.ready,
        "participant_count": committed + standby,
        "committed_count": committed,
        "confirmed_count": committed,
        "standby_count": standby,
        "need_count": quorum.missing,
    }


def _session(state: reading.State, room: Room, viewer: User) -> dict[str, Any]:
    counted = tally.of(state.names)
    best = dict(zip(Side.values, tally.winners(state.names), strict=True))
    return {
        "id": room.pk,
        "session_date": room.day,
        "created_by_user_id": auth.user_id(room.creator) if room.creator else None,
        "discord_thread_id": str(room.thread_id) if room.thread_id else None,
        "created_at": room.opened_at,
        "updated_at": _updated_at(state, room),
        "suggestions": [_suggestion(one, state.my_vote) for one in counted],
        "my_vote_suggestion_id": state.my_vote,
        "teams": {team.side: _team(team, best[team.side]) for team in state.teams}
        or {side: _no_team(side, best[side]) for side in Side.values},
        "token": state.lineup.number if state.lineup else 0,
    }


def _updated_at(state: reading.State, room: Room) -> datetime:
    """Return when the room last changed: a name, a vote or the teams."""
    voted = Vote.objects.filter(room=room).order_by("-voted_at").values_list("voted_at", flat=True)
    moments = [room.opened_at, *voted[:1], *(one.suggested_at for one in state.names)]
    return max([*moments, *([state.lineup.saved_at] if state.lineup else [])])


def _suggestion(one: tally.Counted, mine: int | None) -> dict[str, Any]:
    name: Name = one.name
    return {
        "id": name.pk,
        "name": name.text,
        "suggested_by_user_id": auth.user_id(name.person) if name.person else None,
        "suggested_by_name": name.person.name if name.person else None,
        "votes": one.votes,
        "tie": one.tie,
        "voted_by_me": name.pk == mine,
        "created_at": name.suggested_at,
    }


def _team(team: Team, name: str) -> dict[str, Any]:
    people = [member.person for member in team.people]  # type: ignore[attr-defined]
    captain = next((one for one in people if one and one.pk == team.captain_id), None)
    return _no_team(team.side, name) | {
        "captain_user_id": auth.user_id(captain) if captain else None,
        "captain_name": captain.name if captain else None,
        "members": [_person(one) for one in people],
    }


def _no_team(side: str, name: str) -> dict[str, Any]:
    return {
        "side": side,
        "name": name or None,
        "captain_user_id": None,
        "captain_name": None,
        "members": [],
    }


def _person(person: User | None) -> dict[str, Any]:
    if person is None:
        return {"user_id": None, "display_name": _("somebody who has left")}
    return {"user_id": auth.user_id(person), "display_name": person.name}
