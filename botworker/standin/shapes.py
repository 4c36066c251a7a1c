"""The JSON objects of Discord's API, as discord.py expects them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .snowflakes import now_text
from .world import DM, Json, Person, World

# View, send, embed, attach, history, react, connect, speak, use commands, post in threads.
EVERYONE_MAY = (
    1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 6 | 3 << 20 | 1 << 31 | 1 << 38
)
BOT_MAY = EVERYONE_MAY | 1 << 13 | 1 << 28 | 1 << 33 | 1 << 34 | 1 << 35 | 1 << 36
PRIVILEGED_FLAGS = 1 << 13 | 1 << 15 | 1 << 19
EPHEMERAL, LOADING = 1 << 6, 1 << 7
SELECTS = (3, 5, 6, 7, 8)
LAYOUT = 1 << 15
KEPT_FLAGS = 1 << 2 | EPHEMERAL | LOADING | 1 << 12 | LAYOUT
# Types of messages: a reply, the answers to commands, and the notice of a pin.
PINNED, REPLY, COMMAND_ANSWER, MENU_ANSWER = 6, 19, 20, 23
ORDINARY = (0, REPLY, COMMAND_ANSWER, MENU_ANSWER)


def user(person: Person) -> Json:
    """Build somebody's user object."""
    return _user(person.id, person.username) | {
        "global_name": person.global_name or None,
        "avatar": person.avatar,
    }


def bot(world: World) -> Json:
    """Build the bot's user object."""
    name = world.application.name
    return _user(world.application.id, name) | {"bot": True}


def _user(snowflake: int, username: str) -> Json:
    return {
        "id": str(snowflake),
        "username": username,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def myself(who: Json) -> Json:
    """Add what only the owner of an account is told."""
    return who | {"mfa_enabled": False, "locale": "en-US", "verified": True}


def dm_channel(snowflake: int, person: Person) -> Json:
    """Build the DM channel object of a person and the bot."""
    return {
        "id": str(snowflake),
        "type": DM,
        "flags": 0,
        "last_message_id": None,
        "recipients": [user(person)],
    }


def application(world: World) -> Json:
    """Build the application object of GET /oauth2/applications/@me."""
    one = world.application
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": bot(world),
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": application_flags(world),
        "flags_new": str(application_flags(world)),
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": ["identify"],
        "redirect_uris": list(world.redirect_uris),
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": _user(one.id + 1, "owner"),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "team": None,
    }


def application_flags(world: World) -> int:
    """Say which privileged intents are switched on in the application's settings."""
    return PRIVILEGED_FLAGS if world.application.privileged_intents else 0


def message(snowflake: int, channel_id: int, author: Json, body: Json) -> Json:
    """Build a new message from the body of a request."""
    return {
        "id": str(snowflake),
        "type": 0,
        "channel_id": str(channel_id),
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now_text(),
        "edited_timestamp": None,
        "tts": bool(body.get("tts")),
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": embeds(body),
        "components": numbered(body.get("components") or []),
        "pinned": False,
        "flags": int(body.get("flags") or 0) & KEPT_FLAGS,
    }


def embeds(body: Json) -> list[Json]:
    """Give the embeds as Discord returns them."""
    return [{"type": "rich", **one, **_fields(one)} for one in body.get("embeds") or []]


def _fields(embed: Json) -> Json:
    fields = embed.get("fields")
    return {"fields": [{"inline": False, **one} for one in fields]} if fields else {}


def numbered(rows: list[Json]) -> list[Json]:
    """Give each component the number that Discord gives it, the inner ones after the outer."""
    count = itertools.count(1)
    return [_numbered(row, count) for row in rows]


def _numbered(one: Json, count: Iterator[int]) -> Json:
    number = next(count)
    several = {"min_values": 1, "max_values": 1} if one.get("type") in SELECTS else {}
    copy = {**several, **one, "id": one.get("id") or number}
    if "options" in copy:
        copy["options"] = [dict(option) for option in copy["options"]]
    for name in ("accessory", "component"):
        if name in copy:
            copy[name] = _numbered(copy[name], count)
    if "components" in copy:
        copy["components"] = [_numbered(part, count) for part in copy["components"]]
    if copy.get("default_values"):
        # Discord takes an id as a number, too, and tells it as text.
        copy["default_values"] = [{**one, "id": str(one["id"])} for one in copy["default_values"]]
    # An ordinary emoji has no id, not an empty one, in what Discord gives back.
    for part in (copy, *copy.get("options", ())):
        if emoji := part.get("emoji"):
            part["emoji"] = {key: value for key, value in emoji.items() if value is not None}
    return copy
