"""The services that people are reached through."""

import re

from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env
from slomix.settings.contacts import CONTACT_KEYS
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
DISCORD_COGS = [
    "availability.cog",
    "availability.commands.cog",
    "promotions.cog",
    "planning.rooms.cog",
    "planning.raids.commands.cog",
    "planning.raids.levels.cog",
    "planning.raids.operating.cog",
    "botworker.chat",
    "botworker.members",
    "botworker.log_forward",
    "slomix.operations.cog",
    "slomix.cog",
]
BOT_STARTUP_VALIDATE_ONLY = env.flag("BOT_STARTUP_VALIDATE_ONLY", False)
# Who draws each kind of message that is kept true (botworker.tracked).
TRACKED_KINDS = {
    "evening_post": "availability.posts",
    "evening_event": "availability.mirror",
    "raid_planner": "planning.raids.posts.planner",
    "raid_slot": "planning.raids.posts.slot",
    "raid_list": "planning.raids.posts.raidlist",
    "raid_role": "planning.raids.posts.role",
    "raid_mirror": "planning.raids.posts.mirrors",
    "room_thread": "planning.rooms.chat.threads",
    "room_post": "planning.rooms.chat.post",
    "room_offer": "planning.rooms.chat.offers",
    "room_place": "planning.rooms.chat.calls",
}

# --- Telegram and Signal ---------------------------------------------------------------------------


def _telegram_token() -> str:
    named, older = env.text("AVAILABILITY_TELEGRAM_BOT_TOKEN"), env.text("TELEGRAM_BOT_TOKEN")
    if named and older and named != older:
        # Without their values: these are secrets.
        raise ImproperlyConfigured(
            "AVAILABILITY_TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_TOKEN differ; keep the first alone."
        )
    token = named or older
    if token and not re.fullmatch(r"[0-9]{5,20}:[A-Za-z0-9_-]{30,}", token):
        raise ImproperlyConfigured(
            "AVAILABILITY_TELEGRAM_BOT_TOKEN is no bot token; copy it again from @BotFather."
        )
    return token


def _complete(channel: str, enabled: bool, value: str, name: str) -> bool:
    if enabled and not value:
        raise ImproperlyConfigured(f"AVAILABILITY_{channel}_ENABLED is true, {name} is not set.")
    if enabled and not CONTACT_KEYS:
        raise ImproperlyConfigured(
            f"AVAILABILITY_{channel} needs CONTACT_DATA_ENCRYPTION_KEY: addresses are kept "
            f"encrypted. Set it, or AVAILABILITY_{channel}_ENABLED=false."
        )
    return enabled


REAL_TELEGRAM = "https://api.telegram.org"
TELEGRAM_BASE_URL = env.text("AVAILABILITY_TELEGRAM_API_BASE_URL", REAL_TELEGRAM).rstrip("/")
if not DEBUG and TELEGRAM_BASE_URL != REAL_TELEGRAM:
    raise env.wrong(
        "AVAILABILITY_TELEGRAM_API_BASE_URL",
        TELEGRAM_BASE_URL,
        f"with DEBUG off it must be {REAL_TELEGRAM}.",
    )
TELEGRAM_BOT_TOKEN = _telegram_token()
TELEGRAM_ENABLED = _complete(
    "TELEGRAM",
    env.flag("AVAILABILITY_TELEGRAM_ENABLED", bool(TELEGRAM_BOT_TOKEN)),
    TELEGRAM_BOT_TOKEN,
    "AVAILABILITY_TELEGRAM_BOT_TOKEN",
)
# Empty: we ask Telegram for news. Else Telegram brings them; address and header are made of it.
TELEGRAM_WEBHOOK_SECRET = env.text("AVAILABILITY_TELEGRAM_WEBHOOK_SECRET")
if TELEGRAM_WEBHOOK_SECRET and len(TELEGRAM_WEBHOOK_SECRET) < 32:
    raise ImproperlyConfigured(
        "AVAILABILITY_TELEGRAM_WEBHOOK_SECRET is too short; write 32 random characters."
    )
SIGNAL_DAEMON_URL = env.text("AVAILABILITY_SIGNAL_DAEMON_URL", "http://127.0.0.1:8080").rstrip("/")
SIGNAL_SENDER = env.text("AVAILABILITY_SIGNAL_SENDER")
if SIGNAL_SENDER and not re.fullmatch(r"\+[1-9][0-9]{6,14}", SIGNAL_SENDER):
    raise ImproperlyConfigured("AVAILABILITY_SIGNAL_SENDER is no number; write it as +38640….")
SIGNAL_ENABLED = _complete(
    "SIGNAL",
    env.flag("AVAILABILITY_SIGNAL_ENABLED", bool(SIGNAL_SENDER)),
    SIGNAL_SENDER,
    "AVAILABILITY_SIGNAL_SENDER",
)
# Telegram takes about 30 messages a second; Signal asks for captchas long before that.
TELEGRAM_REQUESTS_PER_SECOND, SIGNAL_REQUESTS_PER_SECOND = 25, 4
# Who answers what people write on Telegram and Signal; the first who knows the words does.
TEXT_DOORS = ["planning.rooms.text", "availability.text", "accounts.text"]

# --- The game server -------------------------------------------------------------------------------


def _game_server() -> tuple[str, int] | None:
    raw = env.text("GAME_SERVER_ADDRESS")
    if not raw:
        return None
    host, _, port = raw.rpartition(":")
    fits = re.fullmatch(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]", host)
    if not fits or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise env.wrong("GAME_SERVER_ADDRESS", raw, "write it as host:port, et.example:27960.")
    return host.strip("[]"), int(port)


# None: nobody is asked, so a code worn in a name proves nothing.
GAME_SERVER = _game_server()
