"""Which events a bot asked for, and which intents Discord guards."""

from botworker.standin.world import Json

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
DIRECT_MESSAGES = 1 << 12
DIRECT_MESSAGE_REACTIONS = 1 << 13
MESSAGE_CONTENT = 1 << 15
ALWAYS = 0

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT


def wants(intents: int, needed: int) -> bool:
    """Say whether a session with these intents hears an event that needs that one."""
    return needed == ALWAYS or bool(intents & needed)


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
    return {**message, "content": "", "embeds": [], "components": [], "attachments": []}
