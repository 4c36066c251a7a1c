"""Where Telegram and Signal are in a run; no Django is needed to know it."""

import os
from base64 import urlsafe_b64encode

TELEGRAM, SIGNAL = "telegram", "signal"
SAYING = {TELEGRAM: "POST /telegram/sendMessage", SIGNAL: "POST /signal/v2/send"}
# The local services' own; they are nobody's.
TOKEN, NUMBER = "7000000000:the-token-of-nobodys-telegram-bot-of-a-run", "+447700900999"


def environment(discord: str) -> dict[str, str]:
    """Return what a process needs to speak on both."""
    return {
        # Two, so that they can be rotated.
        "CONTACT_DATA_ENCRYPTION_KEY": f"{_key()},{_key()}",
        "AVAILABILITY_TELEGRAM_BOT_TOKEN": TOKEN,
        "AVAILABILITY_TELEGRAM_API_BASE_URL": f"{discord}/telegram",
        "AVAILABILITY_SIGNAL_DAEMON_URL": f"{discord}/signal",
        "AVAILABILITY_SIGNAL_SENDER": NUMBER,
    }


def _key() -> str:
    return urlsafe_b64encode(os.urandom(32)).decode()
