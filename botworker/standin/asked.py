"""The INTERACTION_CREATE event."""

from __future__ import annotations

from . import rights, shapes
from .interaction import Interaction
from .store import Store
from .world import Json, Person

GUILD, BOT_DM = 0, 1


def payload(store: Store, event: Interaction, extra: Json) -> Json:
    """Build the event; `extra` holds its data and, for a component, its message."""
    person = store.people[event.person]
    return {
        "id": str(event.id),
        "application_id": str(store.world.application.id),
        "type": event.kind,
        "token": event.token,
        "version": 1,
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "channel_id": str(event.channel),
        "app_permissions": str(shapes.BOT_MAY),
        "authorizing_integration_owners": owners(store, event.channel),
        **(_direct(store, event, person) or _in_guild(store, event, person)),
        **extra,
    }


def owners(store: Store, channel: int) -> Json:
    """Say on whose behalf the application is there: the server's, or none in a DM."""
    return {"0": "0" if store.person_behind(channel) else str(store.world.guild.id)}


def _direct(store: Store, event: Interaction, person: Person) -> Json | None:
    owner = store.person_behind(event.channel)
    if not owner:
        return None
    return {
        "context": BOT_DM,
        "channel": shapes.dm_channel(event.channel, owner),
        "user": shapes.user(person),
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
        "member": member | {"permissions": str(rights.of(store, person))},
    }
