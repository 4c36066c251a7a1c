"""Threads: begun, joined, spoken in, archived, brought back.

https://discord.com/developers/docs/topics/threads
"""

from __future__ import annotations

from botworker.standin.snowflakes import now_text
from botworker.standin.world import ANNOUNCEMENT, Json

from . import looks
from .looks import shown
from .place import PRIVATE_THREAD, Place, sees

ANNOUNCEMENT_THREAD, PUBLIC_THREAD = 10, 11
# Discord stops counting there.
MOST_COUNTED = 50
A_DAY = 1440


def begin(
    place: Place, parent: Json, wanted: Json, owner: int, *, message: int | None = None
) -> Json:
    """Begin a thread on a message, or without one; whoever begins it is in it."""
    store = place.store
    on_message = ANNOUNCEMENT_THREAD if parent["type"] == ANNOUNCEMENT else PUBLIC_THREAD
    kind = on_message if message else int(wanted.get("type") or PRIVATE_THREAD)
    snowflake = message or store.snowflakes.next()
    thread: Json = {
        "id": str(snowflake),
        "type": kind,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": str(owner),
        "name": wanted["name"],
        "last_message_id": None,
        "flags": 0,
        "rate_limit_per_user": int(wanted.get("rate_limit_per_user") or 0),
        "message_count": 0,
        "member_count": 0,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": now_text(),
            "auto_archive_duration": int(wanted.get("auto_archive_duration") or A_DAY),
            "locked": False,
            "create_timestamp": now_text(),
        },
    }
    if kind == PRIVATE_THREAD:
        thread["thread_metadata"]["invitable"] = bool(wanted.get("invitable", True))
    store.channels.put(thread)
    _put_member(place, snowflake, owner)
    _tell_new(place, snowflake, owner)
    return told(place, snowflake, owner)


def _tell_new(place: Place, thread: int, user: int) -> None:
    bot = place.store.world.application.id
    mine = told(place, thread, bot)
    place.hub.tell("THREAD_CREATE", mine | {"newly_created": True})
    if user != bot:
        _tell_members(place, thread, added=[user])


def told(place: Place, thread: int, user: int) -> Json:
    """Give a thread as somebody is told of it: with their own membership when they are in it."""
    return looks.told_to(place.store, thread, user)


def change(place: Place, thread: int, wanted: Json) -> Json:
    """Rename, archive, lock a thread, or bring it back."""
    store = place.store
    before = store.channels.all[thread]
    metadata = dict(before["thread_metadata"])
    meta = {name: wanted[name] for name in META if wanted.get(name) is not None}
    if meta.get("archived", metadata["archived"]) != metadata["archived"]:
        meta["archive_timestamp"] = now_text()
    plain = {name: wanted[name] for name in PLAIN if wanted.get(name) is not None}
    changed = {**before, **plain, "thread_metadata": {**metadata, **meta}}
    if changed != before:
        store.channels.put(changed)
        place.hub.tell("THREAD_UPDATE", told(place, thread, store.world.application.id))
    return told(place, thread, store.world.application.id)


META = ("archived", "locked", "auto_archive_duration", "invitable")
PLAIN = ("name", "rate_limit_per_user", "flags")


def delete(place: Place, thread: int) -> Json:
    """Delete a thread."""
    gone = place.store.channels.all[thread]
    # While it is there: whether the bot hears of it depends on who is in it.
    short = {name: gone[name] for name in ("id", "guild_id", "parent_id", "type")}
    place.hub.tell("THREAD_DELETE", short)
    place.store.channels.drop(thread)
    return gone


def sync(place: Place, guild: int, parents: list[int]) -> None:
    """Tell the bot of the threads in channels that it sees from now on."""
    store = place.store
    bot = store.world.application.id
    ids = [
        int(one["id"])
        for one in store.channels.threads_of(guild)
        if int(one["parent_id"]) in parents and not one["thread_metadata"]["archived"]
    ]
    seen = [one for one in ids if sees(store, bot, one)]
    mine = [store.channels.thread_members.get(one, {}).get(bot) for one in seen]
    place.hub.tell(
        "THREAD_LIST_SYNC",
        {
            "guild_id": str(guild),
            "channel_ids": [str(one) for one in parents],
            "threads": [shown(store, store.channels.all[one]) for one in seen],
            "members": [one for one in mine if one],
        },
    )


# --- who is in it -------------------------------------------------------------------------------


def add(place: Place, thread: int, user: int) -> None:
    """Let somebody into a thread; an archived one comes back. Nothing when they are in it."""
    store = place.store
    if user in store.channels.thread_members.get(thread, {}):
        return
    _put_member(place, thread, user)
    bot = store.world.application.id
    if user == bot:
        # To the bot the thread is new; a private one it did not know before.
        place.hub.tell("THREAD_CREATE", told(place, thread, bot))
    _tell_members(place, thread, added=[user])


def remove(place: Place, thread: int, user: int) -> None:
    """Take somebody out of a thread."""
    store = place.store
    if user not in store.channels.thread_members.get(thread, {}):
        return
    found = store.channels.all[thread]
    count = max(0, found["member_count"] - 1)
    store.channels.put({**found, "member_count": count})
    _tell_members(place, thread, removed=[user])
    store.channels.drop_thread_member(thread, user)


def _put_member(place: Place, thread: int, user: int) -> None:
    store = place.store
    member = {"id": str(thread), "user_id": str(user), "join_timestamp": now_text(), "flags": 0}
    store.channels.put_thread_member(thread, user, member)
    found = store.channels.all[thread]
    count = min(MOST_COUNTED, found["member_count"] + 1)
    store.channels.put({**found, "member_count": count})


def _tell_members(
    place: Place, thread: int, added: list[int] | None = None, removed: list[int] | None = None
) -> None:
    store = place.store
    found = store.channels.all[thread]
    data: Json = {
        "id": str(thread),
        "guild_id": found["guild_id"],
        "member_count": found["member_count"],
    }
    if added:
        data["added_members"] = [with_member(place, thread, one) for one in added]
    if removed:
        data["removed_member_ids"] = [str(one) for one in removed]
    place.hub.tell("THREAD_MEMBERS_UPDATE", data)


def with_member(place: Place, thread: int, user: int) -> Json:
    """Give a thread member together with who they are in the guild."""
    store = place.store
    guild = store.guild_of(thread)
    extra = {"member": store.member(guild, user), "presence": None}
    return store.channels.thread_members[thread][user] | extra


# --- what is said in it -------------------------------------------------------------------------


def spoken(place: Place, channel: int, author: int) -> None:
    """Count what was said in a thread; whoever speaks is in it, and an archived one comes back."""
    found = place.store.channels.all.get(channel)
    if found is None or "thread_metadata" not in found:
        return
    if found["thread_metadata"]["archived"]:
        change(place, channel, {"archived": False})
    if author in place.store.guilds.members[int(found["guild_id"])]:
        add(place, channel, author)
    found = place.store.channels.all[channel]
    counted = {name: found[name] + 1 for name in ("message_count", "total_message_sent")}
    place.store.channels.put({**found, **counted})


def unspoken(place: Place, channel: int) -> None:
    """Count one message less in a thread; the total of what was ever sent stays."""
    found = place.store.channels.all.get(channel)
    if found and "thread_metadata" in found:
        left = max(0, found["message_count"] - 1)
        place.store.channels.put({**found, "message_count": left})
