"""A bot comes to a server and goes; a server is changed."""

from __future__ import annotations

from botworker.standin import guild_shapes
from botworker.standin.gateway.whole import shown
from botworker.standin.snowflakes import now_text
from botworker.standin.world import Json

from . import voice
from .place import Place


def bot_joins(place: Place, guild: int) -> None:
    """Invite the bot to a server: it gets a role of its own and is told of everything there."""
    store = place.store
    bot = store.world.application.id
    if bot in store.guilds.members[guild]:
        return
    mine = [one for one in store.guilds.roles[guild].values() if _is_of(one, bot)]
    if not mine:
        world_guild = next(one for one in store.world.guilds if one.id == guild)
        mine = guild_shapes.roles(world_guild, store.world)[-1:]
        store.guilds.put_role(guild, mine[0])
    role = int(mine[0]["id"])
    store.guilds.put_member(guild, bot, guild_shapes.membership((role,), now_text()))
    place.hub.welcome(guild)


def bot_leaves(place: Place, guild: int) -> None:
    """Throw the bot off a server; its role goes with it."""
    store = place.store
    bot = store.world.application.id
    if bot not in store.guilds.members[guild]:
        return
    voice.leave(place, guild, bot)
    store.guilds.drop_member(guild, bot)
    for role in [one for one in store.guilds.roles[guild].values() if _is_of(one, bot)]:
        store.guilds.drop_role(guild, int(role["id"]))
    place.hub.farewell(guild)


def change(place: Place, guild: int, changed: Json) -> Json:
    """Change a server's settings."""
    settings = {**place.store.guilds.all[guild], **changed}
    place.store.guilds.put(guild, settings)
    place.hub.tell("GUILD_UPDATE", {**shown(place.store, guild), "guild_id": str(guild)})
    return shown(place.store, guild)


def _is_of(role: Json, bot: int) -> bool:
    return bool(role.get("tags", {}).get("bot_id") == str(bot))
