"""Whole servers, as bots are told of them."""

from __future__ import annotations

from botworker.standin.life import looks
from botworker.standin.store import Store
from botworker.standin.world import Json


def shown(store: Store, guild: int) -> Json:
    """Build the guild object: settings and roles."""
    roles = sorted(
        store.guilds.roles[guild].values(), key=lambda one: (one["position"], int(one["id"]))
    )
    return {**store.guilds.all[guild], "roles": roles}


def members(store: Store, guild: int) -> list[Json]:
    """Give a guild's members, the bot first."""
    bot = store.world.application.id
    ids = sorted(store.guilds.members[guild], key=lambda one: one != bot)
    return [store.member(guild, one) for one in ids]


def active_threads(store: Store, guild: int) -> list[int]:
    """Give the threads of a guild that are not archived and that the bot sees."""
    bot = store.world.application.id
    found = (int(one["id"]) for one in store.channels.threads_of(guild) if is_active(one))
    return [one for one in found if looks.sees(store, bot, one)]


def is_active(thread: Json) -> bool:
    """Say whether a thread is not archived."""
    return not thread["thread_metadata"]["archived"]


def created(store: Store, guild: int, told_members: list[Json], voices: list[Json]) -> Json:
    """Build the GUILD_CREATE event, without presences."""
    bot = store.world.application.id
    count = len(store.guilds.members[guild])
    return shown(store, guild) | {
        "joined_at": store.guilds.members[guild][bot]["joined_at"],
        "unavailable": False,
        "member_count": count,
        "members": told_members,
        "channels": [looks.shown(store, one) for one in store.channels.of_guild(guild)],
        "threads": [looks.told_to(store, one, bot) for one in active_threads(store, guild)],
        # Only here a voice state does not name its guild.
        "voice_states": [
            {name: one for name, one in state.items() if name != "guild_id"} for state in voices
        ],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": store.events.open_in(guild),
        "soundboard_sounds": [],
    }


def guilds_of_bot(store: Store) -> list[int]:
    """Give the guilds that the bot is on."""
    bot = store.world.application.id
    return [one for one, members_ in store.guilds.members.items() if bot in members_]
