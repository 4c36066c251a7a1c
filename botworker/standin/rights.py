"""What a person may do in a channel.

https://discord.com/developers/docs/topics/permissions#permission-hierarchy
"""

from __future__ import annotations

from .life import looks
from .store import Store
from .world import Person

ADMINISTRATOR = 1 << 3


def of(store: Store, who: Person, channel: int) -> int:
    """Give the bits of somebody's permissions in a guild channel; the owner has them all."""
    return looks.may(store, store.guild_of(channel), who.id, store.channels.all[channel])


def has(store: Store, who: Person, needed: int, channel: int) -> bool:
    """Say whether somebody has all of these permissions; administrators have every one."""
    bits = of(store, who, channel)
    return bool(bits & ADMINISTRATOR) or bits & needed == needed
