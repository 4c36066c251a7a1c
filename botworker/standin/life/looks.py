"""How a channel or thread looks from outside, who sees it, and who may do what there."""

from __future__ import annotations

from botworker.standin import permissions
from botworker.standin.kept.channels import THREADS
from botworker.standin.snowflakes import now_text
from botworker.standin.store import Store
from botworker.standin.world import CATEGORY, Json

PRIVATE_THREAD = 12


def shown(store: Store, channel: Json) -> Json:
    """Give a channel or thread as it is returned: with what was said last in it."""
    posts = store.by_channel.get(int(channel["id"]))
    if channel["type"] == CATEGORY or not posts:
        return channel
    return {**channel, "last_message_id": str(posts[-1])}


def told_to(store: Store, thread: int, user: int) -> Json:
    """Give a thread as somebody is told of it: with their own membership when they are in it."""
    found = shown(store, store.channels.all[thread])
    mine = store.channels.thread_members.get(thread, {}).get(user)
    return {**found, "member": mine} if mine else found


def may(store: Store, guild: int, user: int, channel: Json | None = None) -> int:
    """Give what somebody may do in a guild, or in a channel or thread of it; 0 for a stranger."""
    member = store.guilds.members.get(guild, {}).get(user)
    if member is None:
        return 0
    roles = store.guilds.roles[guild]
    mine = [roles[int(one)] for one in member["roles"] if int(one) in roles]
    owns = store.guilds.all[guild]["owner_id"] == str(user)
    found = permissions.in_guild(roles[guild], mine, owns=owns)
    if _is_timed_out(member) and not found & permissions.ADMINISTRATOR:
        found &= permissions.TIMED_OUT
    if channel is None:
        return found
    # A thread has the permissions of the channel it belongs to.
    home = _home(store, channel)
    ids = set(member["roles"])
    return permissions.in_channel(found, home["permission_overwrites"], str(guild), ids, str(user))


def _is_timed_out(member: Json) -> bool:
    until = member["communication_disabled_until"]
    return bool(until) and str(until) > now_text()


def _home(store: Store, channel: Json) -> Json:
    if channel["type"] not in THREADS:
        return channel
    return store.channels.all.get(int(channel["parent_id"]), {"permission_overwrites": []})


def sees(store: Store, user: int, channel: int) -> bool:
    """Say whether somebody sees a guild channel or thread; a private thread only from inside."""
    found = store.channels.all.get(channel)
    if found is None:
        return False
    bits = may(store, int(found["guild_id"]), user, found)
    if not bits & permissions.VIEW_CHANNEL:
        return False
    inside = user in store.channels.thread_members.get(channel, {})
    managing = bool(bits & permissions.MANAGE_THREADS)
    return found["type"] != PRIVATE_THREAD or inside or managing


def rank(store: Store, guild: int, user: int) -> int:
    """Give the position of somebody's highest role; the owner stands above all."""
    if store.guilds.all[guild]["owner_id"] == str(user):
        return 1 << 20
    roles = store.guilds.roles[guild]
    mine = store.guilds.members[guild][user]["roles"]
    return max((roles[int(one)]["position"] for one in mine if int(one) in roles), default=0)
