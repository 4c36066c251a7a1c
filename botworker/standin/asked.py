"""The INTERACTION_CREATE event."""

from __future__ import annotations

from . import shapes
from .interaction import Interaction
from .life import looks
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
        "app_permissions": str(_bot_may(store, event.channel)),
        "authorizing_integration_owners": owners(store, event.channel),
        **(_direct(store, event, person) or _in_guild(store, event, person)),
        **extra,
    }


def owners(store: Store, channel: int) -> Json:
    """Say on whose behalf the application is there: the server's, or none in a DM."""
    return {"0": "0" if store.person_behind(channel) else str(store.guild_of(channel))}


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
    guild = store.guild_of(event.channel)
    channel = store.channels.all[event.channel]
    bits = looks.may(store, guild, person.id, channel)
    return {
        "context": GUILD,
        "channel": looks.shown(store, channel),
        "guild_id": str(guild),
        "guild": {"id": str(guild), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": store.member(guild, person.id) | {"permissions": str(bits)},
    }


def _bot_may(store: Store, channel: int) -> int:
    if store.person_behind(channel):
        return shapes.BOT_MAY
    bot, here = store.world.application.id, store.channels.all[channel]
    return looks.may(store, store.guild_of(channel), bot, here)
