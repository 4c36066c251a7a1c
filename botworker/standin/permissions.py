"""Discord's permission bits, and what they come to for a member in a channel.

https://discord.com/developers/docs/topics/permissions
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

KICK_MEMBERS, ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_GUILD = 1 << 1, 1 << 3, 1 << 4, 1 << 5
ADD_REACTIONS, VIEW_CHANNEL, SEND_MESSAGES, MANAGE_MESSAGES = 1 << 6, 1 << 10, 1 << 11, 1 << 13
EMBED_LINKS, ATTACH_FILES, READ_HISTORY = 1 << 14, 1 << 15, 1 << 16
CONNECT, SPEAK, MUTE_MEMBERS, DEAFEN_MEMBERS, MOVE_MEMBERS = (1 << bit for bit in range(20, 25))
CHANGE_NICKNAME, MANAGE_NICKNAMES, MANAGE_ROLES = 1 << 26, 1 << 27, 1 << 28
USE_COMMANDS, MANAGE_EVENTS, MANAGE_THREADS = 1 << 31, 1 << 33, 1 << 34
PUBLIC_THREADS, PRIVATE_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 36, 1 << 38
MODERATE_MEMBERS, CREATE_EVENTS, PIN_MESSAGES = 1 << 40, 1 << 44, 1 << 51
ALL = (1 << 53) - 1

EVERYONE = (
    ADD_REACTIONS | VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_HISTORY
    | CONNECT | SPEAK | CHANGE_NICKNAME | USE_COMMANDS | SEND_IN_THREADS
)  # fmt: skip
# What a community gives a bot that plans evenings: channels, roles, threads, voice, events.
BOT = (
    EVERYONE | MANAGE_CHANNELS | MANAGE_MESSAGES | MUTE_MEMBERS | DEAFEN_MEMBERS | MOVE_MEMBERS
    | MANAGE_NICKNAMES | MANAGE_ROLES | MANAGE_EVENTS | MANAGE_THREADS | PUBLIC_THREADS
    | PRIVATE_THREADS | CREATE_EVENTS | PIN_MESSAGES
)  # fmt: skip
# All that is left to somebody who is timed out.
TIMED_OUT = VIEW_CHANNEL | READ_HISTORY
ROLE_OVERWRITE, MEMBER_OVERWRITE = 0, 1

Json = dict[str, Any]


def in_guild(everyone: Json, roles: Iterable[Json], *, owns: bool) -> int:
    """Give what a member may do in the guild as a whole."""
    may = int(everyone["permissions"])
    for one in roles:
        may |= int(one["permissions"])
    return ALL if owns or may & ADMINISTRATOR else may


def in_channel(may: int, overwrites: list[Json], guild: str, roles: set[str], user: str) -> int:
    """Apply a channel's overwrites to what a member may do in the guild: @everyone, roles, member."""
    if may & ADMINISTRATOR:
        return ALL
    by_id = {one["id"]: one for one in overwrites}
    if here := by_id.get(guild):
        may = may & ~int(here["deny"]) | int(here["allow"])
    mine = [one for one in overwrites if one["id"] in roles and one["id"] != guild]
    deny = allow = 0
    for one in mine:
        deny, allow = deny | int(one["deny"]), allow | int(one["allow"])
    may = may & ~deny | allow
    if here := by_id.get(user):
        may = may & ~int(here["deny"]) | int(here["allow"])
    # Who does not see a channel can do nothing in it.
    return may if may & VIEW_CHANNEL else 0
