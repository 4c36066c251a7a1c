"""Which events a bot asked for, which intents Discord guards, and what is left out without them.

https://discord.com/developers/docs/events/gateway#gateway-intents
"""

from __future__ import annotations

from botworker.standin.world import Json

GUILDS, GUILD_MEMBERS, GUILD_MODERATION, GUILD_EXPRESSIONS = (1 << bit for bit in range(4))
GUILD_INTEGRATIONS, GUILD_WEBHOOKS, GUILD_INVITES = (1 << bit for bit in range(4, 7))
GUILD_VOICE_STATES, GUILD_PRESENCES, GUILD_MESSAGES = (1 << bit for bit in range(7, 10))
GUILD_MESSAGE_REACTIONS, GUILD_MESSAGE_TYPING = 1 << 10, 1 << 11
DIRECT_MESSAGES, DIRECT_MESSAGE_REACTIONS, DIRECT_MESSAGE_TYPING = 1 << 12, 1 << 13, 1 << 14
MESSAGE_CONTENT, GUILD_SCHEDULED_EVENTS = 1 << 15, 1 << 16
AUTO_MODERATION_CONFIGURATION, AUTO_MODERATION_EXECUTION = 1 << 20, 1 << 21
GUILD_MESSAGE_POLLS, DIRECT_MESSAGE_POLLS = 1 << 24, 1 << 25
ALWAYS = 0

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
KNOWN = (1 << 17) - 1 | AUTO_MODERATION_CONFIGURATION | AUTO_MODERATION_EXECUTION
KNOWN |= GUILD_MESSAGE_POLLS | DIRECT_MESSAGE_POLLS

# Each event with the intent it needs in a guild and in a DM.
_MESSAGES = (GUILD_MESSAGES, DIRECT_MESSAGES)
_REACTIONS = (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS)
_POLLS = (GUILD_MESSAGE_POLLS, DIRECT_MESSAGE_POLLS)
NEEDED: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"), _MESSAGES),
    "MESSAGE_DELETE_BULK": (GUILD_MESSAGES, GUILD_MESSAGES),
    "CHANNEL_PINS_UPDATE": (GUILDS, DIRECT_MESSAGES),
    "TYPING_START": (GUILD_MESSAGE_TYPING, DIRECT_MESSAGE_TYPING),
    **{f"MESSAGE_REACTION_{one}": _REACTIONS for one in ("ADD", "REMOVE")},
    **{f"MESSAGE_REACTION_REMOVE_{one}": _REACTIONS for one in ("ALL", "EMOJI")},
    **{f"MESSAGE_POLL_VOTE_{one}": _POLLS for one in ("ADD", "REMOVE")},
    **{
        f"{kind}_{what}": (GUILDS, GUILDS)
        for kind in ("GUILD", "GUILD_ROLE", "CHANNEL", "THREAD")
        for what in ("CREATE", "UPDATE", "DELETE")
    },
    **{f"THREAD_{one}": (GUILDS, GUILDS) for one in ("LIST_SYNC", "MEMBER_UPDATE")},
    # Without the members' intent only what is said of the bot itself: see `for_session`.
    "THREAD_MEMBERS_UPDATE": (ALWAYS, ALWAYS),
    "GUILD_MEMBER_UPDATE": (ALWAYS, ALWAYS),
    **{f"GUILD_MEMBER_{one}": (GUILD_MEMBERS, GUILD_MEMBERS) for one in ("ADD", "REMOVE")},
    **{f"GUILD_BAN_{one}": (GUILD_MODERATION, GUILD_MODERATION) for one in ("ADD", "REMOVE")},
    "WEBHOOKS_UPDATE": (GUILD_WEBHOOKS, GUILD_WEBHOOKS),
    "VOICE_STATE_UPDATE": (GUILD_VOICE_STATES, GUILD_VOICE_STATES),
    "PRESENCE_UPDATE": (GUILD_PRESENCES, GUILD_PRESENCES),
    **{
        f"GUILD_SCHEDULED_EVENT_{one}": (GUILD_SCHEDULED_EVENTS, GUILD_SCHEDULED_EVENTS)
        for one in ("CREATE", "UPDATE", "DELETE", "USER_ADD", "USER_REMOVE")
    },
    # These are told to everybody.
    **dict.fromkeys(
        (
            "INTERACTION_CREATE",
            "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
            "USER_UPDATE",
            "VOICE_SERVER_UPDATE",
        ),
        (ALWAYS, ALWAYS),
    ),
}
OF_MESSAGES = ("MESSAGE_CREATE", "MESSAGE_UPDATE")
OF_MEMBERS = ("GUILD_MEMBER_UPDATE", "THREAD_MEMBERS_UPDATE")
CONTENT: Json = {"content": "", "embeds": [], "components": [], "attachments": []}


def needed(name: str, data: Json) -> int:
    """Give the intent an event needs; KeyError for an event that is not in the table."""
    guild, direct = NEEDED[name]
    return guild if "guild_id" in data else direct


def wants(intents: int, needs: int) -> bool:
    """Say whether a session with these intents hears an event that needs that one."""
    return needs == ALWAYS or bool(intents & needs)


def for_session(name: str, data: Json, bot: str, intents: int) -> Json | None:
    """Give what a session with these intents is told of an event; None for nothing."""
    if not wants(intents, needed(name, data)):
        return None
    if name in OF_MEMBERS and not intents & GUILD_MEMBERS:
        return _about_itself(data, bot)
    if name in OF_MESSAGES:
        return without_content(data, bot, intents)
    return data


def _about_itself(data: Json, bot: str) -> Json | None:
    if "user" in data:
        return data if data["user"]["id"] == bot else None
    mine = [one for one in data.get("added_members", []) if one["user_id"] == bot]
    gone = [one for one in data.get("removed_member_ids", []) if one == bot]
    if not mine and not gone:
        return None
    rest = {k: v for k, v in data.items() if k not in ("added_members", "removed_member_ids")}
    return rest | ({"added_members": mine} if mine else {"removed_member_ids": gone})


def without_content(message: Json, bot: str, intents: int) -> Json:
    """Empty what a bot may not read: other people's guild messages that do not mention it."""
    readable = (
        intents & MESSAGE_CONTENT
        or "guild_id" not in message
        or "author" not in message
        or message["author"]["id"] == bot
        or any(one["id"] == bot for one in message.get("mentions", []))
    )
    if readable:
        return message
    emptied = {**message, **CONTENT}
    emptied.pop("poll", None)
    earlier = message.get("referenced_message")
    if earlier:
        here = {"guild_id": message["guild_id"]}
        emptied["referenced_message"] = without_content({**earlier, **here}, bot, intents)
        del emptied["referenced_message"]["guild_id"]
    return emptied
