"""The services that people are reached through."""

from slomix.lib import env
from slomix.settings.place import DEBUG

REAL_DISCORD = {
    "DISCORD_BASE_URL": "https://discord.com",
    "DISCORD_GATEWAY_URL": "wss://gateway.discord.gg",
    "DISCORD_CDN_URL": "https://cdn.discordapp.com",
}
DISCORD_BASE_URL = env.text("DISCORD_BASE_URL", REAL_DISCORD["DISCORD_BASE_URL"]).rstrip("/")
DISCORD_GATEWAY_URL = env.text("DISCORD_GATEWAY_URL", REAL_DISCORD["DISCORD_GATEWAY_URL"])
DISCORD_CDN_URL = env.text("DISCORD_CDN_URL", REAL_DISCORD["DISCORD_CDN_URL"]).rstrip("/")
if not DEBUG:
    for _name, _real in REAL_DISCORD.items():
        if env.text(_name, _real).rstrip("/") != _real:
            raise env.wrong(_name, env.text(_name), f"with DEBUG off it must be {_real}.")
DISCORD_BOT_TOKEN = env.text("DISCORD_BOT_TOKEN")
DISCORD_GUILD_ID = env.snowflake("DISCORD_GUILD_ID")
DISCORD_REQUESTS_PER_SECOND = env.number("DISCORD_REQUESTS_PER_SECOND", 45, at_least=1, at_most=50)
# Discord drops a repeated nonce "in the past few minutes"; we lean on two of them and no more.
DISCORD_NONCE_WINDOW_SECONDS = 120
DISCORD_COGS = ["availability.cog"]
BOT_STARTUP_VALIDATE_ONLY = env.flag("BOT_STARTUP_VALIDATE_ONLY", False)
