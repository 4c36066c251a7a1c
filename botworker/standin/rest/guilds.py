"""/guilds: the server, its channels, roles and members."""

from botworker.standin import shapes
from botworker.standin.errors import refusal
from botworker.standin.gateway.connection import members
from botworker.standin.world import Guild, Json

from .call import Call


def guild(call: Call) -> Json:
    """Give the guild."""
    _guild(call)
    count = len(members(call.parts.store))
    return shapes.guild(call.parts.world) | {
        "approximate_member_count": count,
        "approximate_presence_count": count,
    }


def channels(call: Call) -> list[Json]:
    """List the channels the bot may see."""
    seen = enumerate(_guild(call).channels)
    world = call.parts.world
    return [shapes.channel(one, world, place) for place, one in seen if not one.hidden]


def roles(call: Call) -> list[Json]:
    """List the roles, @everyone first."""
    return shapes.roles(_guild(call))


def member(call: Call) -> Json:
    """Give one member, 10007 when they are not on the server."""
    _guild(call)
    wanted = str(call.id("user"))
    for one in members(call.parts.store):
        if one["user"]["id"] == wanted:
            return one
    raise refusal(10007)


def list_members(call: Call) -> list[Json]:
    """List members by id, after `after`, at most `limit` (1 unless told, as on Discord)."""
    _guild(call)
    after = call.number("after", 0)
    everybody = sorted(members(call.parts.store), key=lambda one: int(one["user"]["id"]))
    later = [one for one in everybody if int(one["user"]["id"]) > after]
    return later[: call.number("limit", 1)]


def _guild(call: Call) -> Guild:
    if call.id("guild") != call.parts.world.guild.id:
        raise refusal(10004)
    return call.parts.world.guild
