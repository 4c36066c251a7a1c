"""Who comes to a server, goes, and is called what there."""

from __future__ import annotations

from botworker.standin import guild_shapes
from botworker.standin.snowflakes import now_text
from botworker.standin.world import Json

from . import voice
from .place import Place


def join(place: Place, guild: int, user: int) -> Json:
    """Let somebody come to a server; nothing happens when they are there."""
    store = place.store
    if user in store.guilds.members[guild]:
        return store.member(guild, user)
    store.guilds.put_member(guild, user, guild_shapes.membership(joined=now_text()))
    _remember(place, guild, user, there=True)
    member = store.member(guild, user)
    place.hub.tell("GUILD_MEMBER_ADD", {"guild_id": str(guild), **member})
    return member


def leave(place: Place, guild: int, user: int) -> None:
    """Let somebody leave: their voice channel first, then their threads, then the server."""
    store = place.store
    if user not in store.guilds.members[guild]:
        return
    voice.leave(place, guild, user)
    for thread in store.channels.threads_of(guild):
        store.channels.drop_thread_member(int(thread["id"]), user)
    store.guilds.drop_member(guild, user)
    _remember(place, guild, user, there=False)
    gone = {"guild_id": str(guild), "user": store.user(user)}
    place.hub.tell("GUILD_MEMBER_REMOVE", gone)


def _remember(place: Place, guild: int, user: int, *, there: bool) -> None:
    store = place.store
    who = store.people.get(user)
    if who and guild == store.world.guild.id and who.in_guild != there:
        store.set_person(user, dms_closed=who.dms_closed, in_guild=there)


def change(place: Place, guild: int, user: int, changed: Json) -> Json:
    """Give a member another nick, other roles or a time-out; told only when something changes."""
    store = place.store
    before = store.guilds.members[guild][user]
    after = {**before, **changed}
    if after != before:
        store.guilds.put_member(guild, user, after)
        member = store.member(guild, user)
        place.hub.tell("GUILD_MEMBER_UPDATE", {"guild_id": str(guild), **member})
    return store.member(guild, user)
