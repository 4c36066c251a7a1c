"""The INTERACTION_CREATE event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import shapes
from .store import Store
from .world import Json, Person

if TYPE_CHECKING:
    from .desk import Interaction

GUILD, BOT_DM = 0, 1


def payload(store: Store, event: Interaction, extra: Json) -> Json:
    """Build the event for a press or a command; `extra` holds its data and message."""
    person = store.people[event.person]
    application = str(store.world.application.id)
    return {
        "id": str(event.id),
        "application_id": application,
        "type": event.kind,
        "token": event.token,
        "version": 1,
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "channel_id": str(event.channel),
        **(_direct(store, event, person) or _in_guild(store, event, person)),
        **extra,
    }


def _direct(store: Store, event: Interaction, person: Person) -> Json | None:
    owner = store.person_behind(event.channel)
    if not owner:
        return None
    return {
        "context": BOT_DM,
        "channel": shapes.dm_channel(event.channel, owner),
        "user": shapes.user(person),
        "app_permissions": str(shapes.BOT_MAY),
        "authorizing_integration_owners": {"0": "0"},
    }


def _in_guild(store: Store, event: Interaction, person: Person) -> Json:
    world = store.world
    channel = next(one for one in world.guild.channels if one.id == event.channel)
    member = shapes.member(shapes.user(person), person.roles)
    return {
        "context": GUILD,
        "channel": shapes.channel(channel, world),
        "guild_id": str(world.guild.id),
        "guild": {"id": str(world.guild.id), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": member | {"permissions": str(shapes.EVERYONE_MAY)},
        "app_permissions": str(shapes.BOT_MAY),
        "authorizing_integration_owners": {"0": str(world.guild.id)},
    }
