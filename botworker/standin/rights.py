"""What a person may do on the server.

https://discord.com/developers/docs/topics/permissions#permission-hierarchy
"""

from __future__ import annotations

from . import shapes
from .store import Store
from .world import Person

ADMINISTRATOR = 1 << 3
EVERYTHING = (1 << 53) - 1


def of(store: Store, who: Person) -> int:
    """Give the bits of somebody's permissions from their roles; the owner has them all."""
    guild = store.world.guild
    owner = store.world.people[0].id if store.world.people else 0
    bits = shapes.EVERYONE_MAY
    for role in guild.roles:
        if role.id in who.roles:
            bits |= role.permissions
    return EVERYTHING if who.id == owner or bits & ADMINISTRATOR else bits


def has(store: Store, who: Person, needed: int) -> bool:
    """Say whether somebody has all of these permissions; administrators have every one."""
    bits = of(store, who)
    return bool(bits & ADMINISTRATOR) or bits & needed == needed
