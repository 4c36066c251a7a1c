"""What a person may do on the server.

https://discord.com/developers/docs/topics/permissions#permission-hierarchy
"""

from __future__ import annotations

from .life import looks
from .store import Store
from .world import Person

ADMINISTRATOR = 1 << 3


def of(store: Store, who: Person) -> int:
    """Give the bits of somebody's permissions from their roles; the owner has them all."""
    return looks.may(store, store.world.guild.id, who.id)


def has(store: Store, who: Person, needed: int) -> bool:
    """Say whether somebody has all of these permissions; administrators have every one."""
    bits = of(store, who)
    return bool(bits & ADMINISTRATOR) or bits & needed == needed
