"""Threads: begun, listed, joined and left, archived and locked.

https://discord.com/developers/docs/resources/channel#start-thread-from-message
"""

from datetime import datetime

from botworker.standin import checks, permissions
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.gateway import whole
from botworker.standin.life import channels, looks, threads
from botworker.standin.life.looks import PRIVATE_THREAD
from botworker.standin.life.threads import ANNOUNCEMENT_THREAD, PUBLIC_THREAD
from botworker.standin.world import ANNOUNCEMENT, TEXT, Json

from . import grounds
from .call import Answered, Call

MOST_ACTIVE = 1000
NAME = {"name": checks.text(100, 1)}
DURATION = checks.choice(60, 1440, 4320, 10080)
NEW = {
    "auto_archive_duration": DURATION,
    "rate_limit_per_user": checks.whole(0, 21600),
}
EDITABLE = {
    **NAME,
    **NEW,
    "archived": checks.yes_or_no,
    "locked": checks.yes_or_no,
    "invitable": checks.yes_or_no,
    "flags": checks.whole(0, 1 << 31),
}
HAS_THREAD, CREATED = 1 << 5, 18


def on_message(call: Call) -> Answered:
    """Begin a thread on a message, which gives it its id; 160004 when it has one."""
    post, parent = call.post(), _parent(call)
    grounds.needs(call, permissions.PUBLIC_THREADS, parent)
    wanted = grounds.check(call, NAME, NEW)
    if post.id in call.parts.store.channels.all:
        raise refusal(160004)
    _room(call, parent)
    thread = threads.begin(call.parts, parent, wanted, grounds.bot(call), message=post.id)
    flags = post.message["flags"] | HAS_THREAD
    call.parts.store.put({**post.message, "flags": flags, "thread": thread})
    told = call.parts.store.posts[post.id]
    call.posting.tell("MESSAGE_UPDATE", told, call.posting.event(told.message))
    return Answered(thread, 201)


def without_message(call: Call) -> Answered:
    """Begin a thread of its own: private unless told otherwise, as on Discord."""
    parent = _parent(call)
    kinds = {"type": checks.choice(ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)}
    wanted = grounds.check(call, NAME, {**NEW, **kinds, "invitable": checks.yes_or_no})
    private = int(wanted.get("type") or PRIVATE_THREAD) == PRIVATE_THREAD
    right = permissions.PRIVATE_THREADS if private else permissions.PUBLIC_THREADS
    grounds.needs(call, right, parent)
    if private and parent["type"] != TEXT:
        raise refusal(50024)
    _room(call, parent)
    thread = threads.begin(call.parts, parent, wanted, grounds.bot(call))
    if not private:
        here = {"channel_id": thread["id"], "guild_id": parent["guild_id"], "type": 0}
        more = {"type": CREATED, "message_reference": here}
        call.posting.say(int(parent["id"]), call.bot, {"content": wanted["name"]}, more=more)
    return Answered(thread, 201)


def _parent(call: Call) -> Json:
    if call.owner():
        raise refusal(50024)
    parent = call.guild_channel()
    if parent["type"] not in (TEXT, ANNOUNCEMENT):
        raise refusal(50024)
    return parent


def _room(call: Call, parent: Json) -> None:
    here = call.parts.store.channels.threads_of(int(parent["guild_id"]))
    if sum(map(whole.is_active, here)) >= MOST_ACTIVE:
        raise refusal(160006)


def edit(call: Call, thread: Json) -> Json:
    """Change a thread. In an archived one only what brings it back; locking is for managers."""
    wanted = grounds.check(call, grounds.NONE, EDITABLE)
    metadata = thread["thread_metadata"]
    manages = _bits(call, thread) & permissions.MANAGE_THREADS
    owns = thread["owner_id"] == str(grounds.bot(call))
    if metadata["archived"] and wanted.get("archived") is not False:
        raise refusal(50083)
    unlocking = metadata["locked"] and "archived" in wanted
    if not manages and ("locked" in wanted or unlocking or not owns):
        raise refusal(50013)
    if wanted.get("invitable") is not None and thread["type"] != PRIVATE_THREAD:
        words = "Only a private thread is invitable"
        raise invalid_form([Problem("invitable", "INVALID_THREAD_TYPE", words)])
    return threads.change(call.parts, int(thread["id"]), wanted)


def delete(call: Call, thread: Json) -> Json:
    """Delete a thread."""
    grounds.needs(call, permissions.MANAGE_THREADS, thread)
    return threads.delete(call.parts, int(thread["id"]))


def _bits(call: Call, thread: Json) -> int:
    return looks.may(call.parts.store, int(thread["guild_id"]), grounds.bot(call), thread)


# --- lists --------------------------------------------------------------------------------------


def active(call: Call) -> Json:
    """List a guild's threads that are not archived, newest first, and the bot's memberships."""
    store = call.parts.store
    ids = sorted(whole.active_threads(store, grounds.guild(call)), reverse=True)
    return _listed(call, [store.channels.all[one] for one in ids]) | {"has_more": False}


def archived_public(call: Call) -> Json:
    """List archived public threads, the latest archived first."""
    return _archived(call, (ANNOUNCEMENT_THREAD, PUBLIC_THREAD))


def archived_private(call: Call) -> Json:
    """List archived private threads; needs Manage Threads."""
    grounds.needs(call, permissions.MANAGE_THREADS, call.guild_channel())
    return _archived(call, (PRIVATE_THREAD,))


def archived_mine(call: Call) -> Json:
    """List archived private threads that the bot is in, newest first."""
    before = call.number("before", 1 << 63)
    inside = call.parts.store.channels.thread_members
    mine = [one for one in _in_parent(call) if grounds.bot(call) in inside.get(int(one["id"]), {})]
    mine = [one for one in mine if one["type"] == PRIVATE_THREAD and int(one["id"]) < before]
    return _page(call, sorted(mine, key=lambda one: -int(one["id"])))


def _archived(call: Call, kinds: tuple[int, ...]) -> Json:
    found = [one for one in _in_parent(call) if one["type"] in kinds]
    found.sort(key=_archived_at, reverse=True)
    if "before" in call.query:
        try:
            before = datetime.fromisoformat(call.query["before"])
        except ValueError:
            words = f"Could not parse {call.query['before']}. Should be ISO8601."
            raise invalid_form([Problem("before", "DATETIME_TYPE_COERCE", words)]) from None
        found = [one for one in found if _archived_at(one) < before]
    return _page(call, found)


def _archived_at(thread: Json) -> datetime:
    return datetime.fromisoformat(thread["thread_metadata"]["archive_timestamp"])


def _in_parent(call: Call) -> list[Json]:
    parent = call.guild_channel()
    every = call.parts.store.channels.threads_of(int(parent["guild_id"]))
    mine = [one for one in every if one["parent_id"] == parent["id"]]
    return [one for one in mine if not whole.is_active(one)]


def _page(call: Call, found: list[Json]) -> Json:
    limit = call.number("limit", 50)
    return _listed(call, found[:limit]) | {"has_more": len(found) > limit}


def _listed(call: Call, found: list[Json]) -> Json:
    store, bot = call.parts.store, grounds.bot(call)
    mine = [store.channels.thread_members.get(int(one["id"]), {}).get(bot) for one in found]
    told = [looks.shown(store, one) for one in found]
    return {"threads": told, "members": [one for one in mine if one]}


# --- who is in it -------------------------------------------------------------------------------


def members(call: Call) -> list[Json]:
    """List who is in a thread; with `with_member` also who they are in the guild."""
    thread = int(_thread(call)["id"])
    inside = call.parts.store.channels.thread_members.get(thread, {})
    after, limit = call.number("after", 0), call.number("limit", 100)
    ids = sorted(one for one in inside if one > after)[:limit]
    return [_member(call, thread, one) for one in ids]


def member(call: Call) -> Json:
    """Give one member of a thread, 10007 when they are not in it."""
    thread, user = int(_thread(call)["id"]), call.id("user")
    if user not in call.parts.store.channels.thread_members.get(thread, {}):
        raise refusal(10007)
    return _member(call, thread, user)


def _member(call: Call, thread: int, user: int) -> Json:
    if call.query.get("with_member", "").lower() in ("1", "true"):
        told = threads.with_member(call.parts, thread, user)
        return {name: one for name, one in told.items() if name != "presence"}
    return call.parts.store.channels.thread_members[thread][user]


def join(call: Call) -> None:
    """Let the bot into a thread; 50083 for an archived one."""
    threads.add(call.parts, _open(call), grounds.bot(call))


def leave(call: Call) -> None:
    """Let the bot leave a thread."""
    threads.remove(call.parts, _open(call), grounds.bot(call))


def add(call: Call) -> None:
    """Let somebody into a thread; the bot must be able to write in it."""
    found = _thread(call)
    thread, user, here = _open(call), call.id("user"), int(found["guild_id"])
    grounds.needs(call, permissions.SEND_IN_THREADS, found)
    if user not in call.parts.store.guilds.members[here]:
        raise refusal(10007)
    threads.add(call.parts, thread, user)


def remove(call: Call) -> None:
    """Take somebody out: for managers, and for whoever began a private thread."""
    found, thread = _thread(call), _open(call)
    owns = found["owner_id"] == str(grounds.bot(call)) and found["type"] == PRIVATE_THREAD
    if not owns:
        grounds.needs(call, permissions.MANAGE_THREADS, found)
    threads.remove(call.parts, thread, call.id("user"))


def _thread(call: Call) -> Json:
    if call.owner():
        raise refusal(50024)
    found = call.guild_channel()
    if not channels.is_thread(found):
        raise refusal(50024)
    return found


def _open(call: Call) -> int:
    found = _thread(call)
    if not whole.is_active(found):
        raise refusal(50083)
    return int(found["id"])
