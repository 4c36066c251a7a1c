"""/guilds: the servers, and coming and going of the bot itself."""

from botworker.standin import checks, permissions
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.gateway import whole
from botworker.standin.guild_shapes import VOICES
from botworker.standin.life import guilds, looks
from botworker.standin.world import Json

from . import grounds
from .call import Call

EDITABLE = {
    "name": checks.text(100, 2),
    "afk_channel_id": checks.snowflake,
    "afk_timeout": checks.choice(60, 300, 900, 1800, 3600),
    "system_channel_id": checks.snowflake,
    "verification_level": checks.whole(0, 4),
    "description": checks.text(300),
}


def guild(call: Call) -> Json:
    """Give the guild."""
    found = whole.shown(call.parts.store, grounds.guild(call))
    count = len(call.parts.store.guilds.members[call.id("guild")])
    counts = {"approximate_member_count": count, "approximate_presence_count": count}
    return found | (counts if call.query.get("with_counts", "true") in ("1", "true") else {})


def edit(call: Call) -> Json:
    """Change the guild's settings."""
    here = grounds.guild(call)
    grounds.needs(call, permissions.MANAGE_GUILD)
    changed = grounds.check(call, grounds.NONE, EDITABLE)
    afk = changed.get("afk_channel_id")
    channel = call.parts.store.channels.all.get(int(afk or 0), {})
    if afk and (channel.get("guild_id") != str(here) or channel["type"] not in VOICES):
        raise invalid_form([Problem("afk_channel_id", "CHANNEL_INVALID", "Unknown channel")])
    if afk:
        changed["afk_channel_id"] = str(afk)
    return guilds.change(call.parts, here, changed)


def mine(call: Call) -> list[Json]:
    """List the guilds that the bot is on."""
    store = call.parts.store
    before, after = call.number("before", 1 << 63), call.number("after", 0)
    found = sorted(one for one in whole.guilds_of_bot(store) if after < one < before)
    return [_partial(call, one) for one in found[: call.number("limit", 200)]]


def _partial(call: Call, one: int) -> Json:
    store, bot = call.parts.store, grounds.bot(call)
    found = store.guilds.all[one]
    short = {name: found[name] for name in ("id", "name", "icon", "banner", "features")}
    short["owner"] = found["owner_id"] == str(bot)
    short["permissions"] = str(looks.may(store, one, bot))
    if call.query.get("with_counts") in ("1", "true"):
        count = len(store.guilds.members[one])
        short |= {"approximate_member_count": count, "approximate_presence_count": count}
    return short


def leave(call: Call) -> None:
    """Let the bot leave a guild; 10004 when it is not on it."""
    here = grounds.guild(call)
    if call.parts.store.guilds.all[here]["owner_id"] == str(grounds.bot(call)):
        raise refusal(50055)
    guilds.bot_leaves(call.parts, here)
