"""The bot's log in a channel of Discord, for operators."""

from slomix.lib import env

# 0: nothing is forwarded.
LOG_CHANNEL_ID = env.snowflake("LOG_CHANNEL_ID")
# Where that channel must be; a channel elsewhere is refused.
LOG_GUILD_ID = env.snowflake("LOG_GUILD_ID")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
DISCORD_LOG_LEVEL = env.one_of("DISCORD_LOG_LEVEL", "WARNING", _LEVELS)
