"""Guilds, channels, roles and members as Discord's JSON has them when the world begins."""

from __future__ import annotations

from . import permissions
from .world import CATEGORY, VOICE, Channel, Guild, Json, Role, World

JOINED = "2024-01-01T20:00:00.000000+00:00"
STAGE = 13
VOICES = (VOICE, STAGE)
NOTHING = (
    "icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id",
    "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code",
    "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data",
)  # fmt: skip
ZERO = (
    "system_channel_flags", "verification_level", "default_message_notifications", "mfa_level",
    "explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level",
)  # fmt: skip


def settings(one: Guild, world: World) -> Json:
    """Build what a guild is apart from its channels, roles and members."""
    owner = one.owner or (world.people[0].id if world.people else world.application.id)
    return {
        **dict.fromkeys(NOTHING),
        **dict.fromkeys(ZERO, 0),
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(owner),
        "features": [],
        "emojis": [],
        "stickers": [],
        "region": "deprecated",
        "preferred_locale": "en-US",
        "afk_channel_id": str(one.afk_channel) if one.afk_channel else None,
        "afk_timeout": 300,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "widget_enabled": False,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
    }


def roles(one: Guild, world: World) -> list[Json]:
    """Build a guild's roles: @everyone, which has the guild's id, the others, and the bot's own."""
    everyone = Role(one.id, "@everyone", permissions.EVERYONE)
    others = [each for each in one.roles if each.id != one.id]
    bots = Role(bot_role_id(one, world), world.application.name, one.bot_may)
    built = [role(each, place) for place, each in enumerate([everyone, *others, bots])]
    built[-1] |= {"managed": True, "tags": {"bot_id": str(world.application.id)}}
    return built


def bot_role_id(one: Guild, world: World) -> int:
    """Give the id of the role that a guild makes for the bot when it is invited."""
    taken = {each.id for each in one.roles} | {each.id for each in one.channels}
    role_id = one.id + world.application.id
    while role_id in taken:
        role_id += 1
    return role_id


def role(one: Role, position: int) -> Json:
    """Build a role object."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def membership(roles_: tuple[int, ...] = (), joined: str = JOINED) -> Json:
    """Build a guild member object, without the user in it."""
    return {
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(one) for one in roles_],
        "joined_at": joined,
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def channel(one: Channel, guild: Guild, world: World, position: int = 0) -> Json:
    """Build a guild channel; a hidden one is closed to the bot by an overwrite of its own."""
    built = new_channel(one.id, one.type, one.name, guild.id, position)
    built["parent_id"] = str(one.parent) if one.parent else None
    if one.hidden:
        deny = {"allow": "0", "deny": str(permissions.VIEW_CHANNEL)}
        mine = {"id": str(world.application.id), "type": permissions.MEMBER_OVERWRITE}
        built["permission_overwrites"] = [mine | deny]
    if "topic" in built:
        built["topic"] = one.topic or None
    if one.type in VOICES:
        built["user_limit"] = one.user_limit
    return built


def new_channel(snowflake: int, kind: int, name: str, guild: int, position: int) -> Json:
    """Build a channel that has only its name."""
    built: Json = {
        "id": str(snowflake),
        "type": kind,
        "guild_id": str(guild),
        "name": name,
        "position": position,
        "parent_id": None,
        "permission_overwrites": [],
        "nsfw": False,
        "flags": 0,
    }
    if kind == CATEGORY:
        return built
    built |= {"last_message_id": None, "rate_limit_per_user": 0}
    if kind in VOICES:
        return built | {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    return built | {"topic": None}
