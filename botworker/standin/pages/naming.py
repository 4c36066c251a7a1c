"""The names behind the ids in messages, and what can be chosen by name."""

from __future__ import annotations

from collections.abc import Collection

from botworker.standin.parts import Parts

from .rich import Names


def names_of(parts: Parts) -> Names:
    """Give what a mention means here."""
    store, guild = parts.store, parts.world.guild.id

    def name(kind: str, who: int) -> str | None:
        if kind == "@":
            person, bot = store.people.get(who), parts.world.application
            return person.name if person else bot.name if who == bot.id else None
        found = store.guilds.roles[guild] if kind == "@&" else store.channels.all
        return str(found[who]["name"]) if who in found else None

    return name


def people_choices(parts: Parts) -> list[tuple[str, str]]:
    """Give id and name of everybody on the server."""
    return [(str(one.id), one.name) for one in parts.store.members()]


def role_choices(parts: Parts) -> list[tuple[str, str]]:
    """Give id and name of the roles that can be named."""
    roles = parts.store.guilds.roles[parts.world.guild.id].values()
    return [(str(one["id"]), f"@{one['name'].removeprefix('@')}") for one in roles]


def channel_choices(parts: Parts, types: Collection[int] | None = None) -> list[tuple[str, str]]:
    """Give id and name of the server's channels, of some types or of all."""
    told = parts.store.channels.of_guild(parts.world.guild.id)
    return [
        (str(one["id"]), f"#{one['name']}") for one in told if not types or one["type"] in types
    ]
