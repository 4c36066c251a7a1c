"""Keys and addresses for tests; none of them is anybody's."""

from base64 import urlsafe_b64encode

KEY, OLDER, OTHER = (bytes(range(start, start + 32)) for start in (10, 60, 110))
# Numbers that Ofcom keeps for drama, and a chat that nobody has.
PHONE, OTHER_PHONE = "+447700900123", "+447700900456"
CHAT, OTHER_CHAT = "7000000099", "7000000098"
BOT_TOKEN = "7000000000:token-of-nobodys-telegram-bot-0123456789"
SENDER = "+447700900999"
HAVE_BOTH = {
    "CONTACT_KEYS": [KEY],
    "TELEGRAM_ENABLED": True,
    "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
    "SIGNAL_ENABLED": True,
    "SIGNAL_SENDER": SENDER,
}


def written(key: bytes) -> str:
    """Write a key as the environment holds it."""
    return urlsafe_b64encode(key).decode()
