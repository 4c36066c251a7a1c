"""/guilds/…/members: who is on a server, and what they are called and may do there."""

from botworker.standin import checks, permissions
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.gateway import whole
from botworker.standin.life import looks, members, voice
from botworker.standin.world import Json

from . import grounds
from .call import Call

EDITABLE: dict[str, checks.Check] = {
    "nick": checks.text(32),
    "mute": checks.yes_or_no,
    "deaf": checks.yes_or_no,
    "channel_id": checks.snowflake,
    "communication_disabled_until": checks.text(40),
    "flags": checks.whole(0, 1 << 9),
}
# What each field of an edit needs.
NEEDS = {
    "nick": permissions.MANAGE_NICKNAMES,
    "roles": permissions.MANAGE_ROLES,
    "mute": permissions.MUTE_MEMBERS,
    "deaf": permissions.DEAFEN_MEMBERS,
    "channel_id": permissions.MOVE_MEMBERS,
    "communication_disabled_until": permissions.MODERATE_MEMBERS,
    "flags": permissions.MODERATE_MEMBERS,
}
IN_VOICE = ("mute", "deaf", "channel_id")
MOST = checks.whole(1, 1000)


def member(call: Call) -> Json:
    """Give one member, 10007 when they are not on the server."""
    return call.parts.store.member(grounds.guild(call), grounds.member(call))


def listed(call: Call) -> list[Json]:
    """List members by id, after `after`, at most `limit` (1 unless told, as on Discord)."""
    after, limit = call.number("after", 0), _limit(call, 1)
    everybody = whole.members(call.parts.store, grounds.guild(call))
    everybody.sort(key=lambda one: int(one["user"]["id"]))
    return [one for one in everybody if int(one["user"]["id"]) > after][:limit]


def search(call: Call) -> list[Json]:
    """Find members whose name or nick begins with the query."""
    query = call.query.get("query", "").lower()
    if not query:
        raise invalid_form([checks.required("query")])
    found = whole.members(call.parts.store, grounds.guild(call))
    return [one for one in found if _is_called(one, query)][: _limit(call, 1)]


def _is_called(one: Json, query: str) -> bool:
    names = (one["user"]["username"], one["user"]["global_name"] or "", one["nick"] or "")
    return any(name.lower().startswith(query) for name in names)


def _limit(call: Call, otherwise: int) -> int:
    limit = call.number("limit", otherwise)
    if problems := list(MOST(limit, "limit")):
        raise invalid_form(problems)
    return limit


def edit(call: Call) -> Json:
    """Change a member; 50013 for those whose role is as high as the bot's."""
    here, user = grounds.guild(call), grounds.member(call)
    roles = call.body.get("roles")
    ignored = ("roles",)
    wanted = grounds.check(call, grounds.NONE, EDITABLE, ignored)
    store = call.parts.store
    for name in call.body:
        grounds.needs(call, NEEDS.get(name, 0))
    if {*wanted} - {*IN_VOICE} and user != grounds.bot(call):
        grounds.above(call, looks.rank(store, here, user))
    if any(name in wanted for name in IN_VOICE):
        _in_voice(call, here, user, wanted)
    changed = {name: one for name, one in wanted.items() if name not in IN_VOICE}
    if changed.get("nick") == "":
        changed["nick"] = None
    if roles is not None:
        changed["roles"] = _roles(call, here, user, roles)
    return members.change(call.parts, here, user, changed)


def _roles(call: Call, here: int, user: int, wanted: object) -> list[str]:
    """Check a member's new roles: those that change must exist and stand below the bot's."""
    known = call.parts.store.guilds.roles[here]
    if not isinstance(wanted, list) or not all(str(one).isdecimal() for one in wanted):
        words = "Only iterables may be used in a ListType"
        raise invalid_form([Problem("roles", "LIST_TYPE_CONVERT", words)])
    after = list(dict.fromkeys(str(one) for one in wanted))
    before = call.parts.store.guilds.members[here][user]["roles"]
    for one in {*after} ^ {*before}:
        if int(one) not in known or int(one) == here:
            raise invalid_form([Problem("roles", "ROLE_INVALID", "Invalid role")])
        grounds.above(call, known[int(one)]["position"])
    return after


def _in_voice(call: Call, here: int, user: int, wanted: Json) -> None:
    """Move, mute or disconnect; 40032 for somebody who is in no voice channel."""
    if (here, user) not in call.parts.store.voice.states:
        raise refusal(40032)
    moderated = {name: wanted[name] for name in ("mute", "deaf") if name in wanted}
    if moderated:
        voice.change(call.parts, here, user, **moderated)
    if "channel_id" not in wanted:
        return None
    if wanted["channel_id"] is None:
        return voice.leave(call.parts, here, user)
    channel = call.parts.store.channels.all.get(int(wanted["channel_id"]))
    if not channel or channel["guild_id"] != str(here) or "bitrate" not in channel:
        raise refusal(10003)
    grounds.needs(call, permissions.CONNECT, channel)
    voice.join(call.parts, here, user, int(channel["id"]))
    return None


def edit_me(call: Call) -> Json:
    """Change the bot's own nick."""
    here = grounds.guild(call)
    grounds.needs(call, permissions.CHANGE_NICKNAME)
    wanted = grounds.check(call, grounds.NONE, {"nick": checks.text(32)})
    return members.change(call.parts, here, grounds.bot(call), {"nick": wanted.get("nick") or None})


def kick(call: Call) -> None:
    """Throw somebody off the server."""
    here, user = grounds.guild(call), grounds.member(call)
    grounds.needs(call, permissions.KICK_MEMBERS)
    grounds.above(call, looks.rank(call.parts.store, here, user))
    members.leave(call.parts, here, user)
