"""What a client does wrong, and the code that Discord closes with.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
"""

from __future__ import annotations

from dataclasses import dataclass

from botworker.standin import permissions
from botworker.standin.life import looks
from botworker.standin.store import Store
from botworker.standin.world import Json

from . import intents, whole

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED = 4001, 4002, 4003
BAD_TOKEN, ALREADY_AUTHENTICATED, INVALID_SEQ, RATE_LIMITED = 4004, 4005, 4007, 4008
TIMED_OUT, INVALID_SHARD, SHARDING_REQUIRED, INVALID_VERSION = 4009, 4010, 4011, 4012
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014
VERSIONS = ("", "6", "7", "8", "9", "10")
ENCODINGS = ("json",)
GUILDS_A_SHARD = 2500
STATUSES = ("online", "dnd", "idle", "invisible", "offline")


class Refused(Exception):
    """The connection is closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Identity:
    """What an IDENTIFY asks for."""

    intents: int
    shard: tuple[int, int]
    large: int


def address(version: str, encoding: str) -> int | None:
    """Give the code for an address nobody can be served at, or None."""
    if version not in VERSIONS:
        return INVALID_VERSION
    return None if encoding in ENCODINGS else DECODE_ERROR


def identity(data: Json, store: Store) -> Identity:
    """Read an IDENTIFY. Raises Refused with the code for what is wrong with it."""
    application = store.world.application
    if data["token"] != application.token:
        raise Refused(BAD_TOKEN)
    wanted, large = data["intents"], int(data.get("large_threshold") or 50)
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted & ~intents.KNOWN:
        raise Refused(INVALID_INTENTS)
    if wanted & intents.PRIVILEGED and not application.privileged_intents:
        raise Refused(DISALLOWED_INTENTS)
    if not isinstance(data["properties"], dict) or not 50 <= large <= 250:
        raise Refused(DECODE_ERROR)
    return Identity(wanted, _shard(data, store), large)


def _shard(data: Json, store: Store) -> tuple[int, int]:
    number, count = data.get("shard") or (0, 1)
    if not 0 <= number < count:
        raise Refused(INVALID_SHARD)
    mine = [one for one in whole.guilds_of_bot(store) if (one >> 22) % count == number]
    if len(mine) > GUILDS_A_SHARD:
        raise Refused(SHARDING_REQUIRED)
    return number, count


def presence(data: Json) -> Json:
    """Read a presence update. Raises Refused for a status there is not."""
    if data["status"] not in STATUSES:
        raise Refused(DECODE_ERROR)
    return {name: data.get(name) for name in ("status", "activities", "since", "afk")}


def may_connect(store: Store, guild: int, channel: int) -> bool:
    """Say whether the bot may join this voice channel; Discord says nothing when it may not."""
    found = store.channels.all.get(channel)
    if not found or found["guild_id"] != str(guild) or "bitrate" not in found:
        return False
    bits = looks.may(store, guild, store.world.application.id, found)
    return bool(bits & permissions.CONNECT)
