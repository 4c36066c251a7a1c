"""Where Telegram brings its news, if it does: an address and a header that only it knows."""

import hashlib
import hmac

from django.conf import settings
from django.urls import reverse


def path(secret: str) -> str:
    """Return the secret part of the address."""
    return _made(secret, b"path")


def header(secret: str) -> str:
    """Return what Telegram sends along in X-Telegram-Bot-Api-Secret-Token."""
    return _made(secret, b"header")


def address(secret: str) -> str:
    """Return the whole address, to be told to Telegram."""
    return settings.FRONTEND_ORIGIN + reverse("telegram_webhook", args=[path(secret)])


def is_telegram(given_path: str, given_header: str) -> bool:
    """Say whether both secrets are right; takes as long for any wrong one."""
    secret = settings.TELEGRAM_WEBHOOK_SECRET
    right_path = hmac.compare_digest(given_path.encode(), path(secret).encode())
    right_header = hmac.compare_digest(given_header.encode(), header(secret).encode())
    return bool(secret) and right_path and right_header


def _made(secret: str, of: bytes) -> str:
    return hmac.new(secret.encode(), b"telegram webhook " + of, hashlib.sha256).hexdigest()[:48]
