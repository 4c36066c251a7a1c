"""Who is told when something is wrong, how soon, and who may read the metrics."""

from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env
from slomix.settings.place import FRONTEND_ORIGIN, PRODUCTION

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def _address(name: str, url: str) -> str:
    """Take an address to call; it may hold a secret, so an error never shows it."""
    parts = urlsplit(url)
    ours = parts.scheme == "http" and parts.hostname in _LOOPBACK and not PRODUCTION
    if url and not ours and not (parts.scheme == "https" and parts.hostname):
        raise ImproperlyConfigured(f"{name} cannot be called; write an address with https://.")
    return url


# A webhook of Discord's, or anything that takes JSON. Empty: nobody is told by one.
ALERT_WEBHOOK_URL = _address("ALERT_WEBHOOK_URL", env.text("ALERT_WEBHOOK_URL"))
# Asked for after each run that went out whole: a service outside notices when that stays away.
ALERT_PING_URL = _address("ALERT_PING_URL", env.text("ALERT_PING_URL"))
# How long after its time a run must be finished, and how long a part may say nothing.
ALERT_RUN_WITHIN = timedelta(seconds=env.number("ALERT_RUN_SECONDS", 60, at_least=5, at_most=540))
ALERT_SILENT_AFTER = timedelta(
    seconds=env.number("ALERT_SILENT_SECONDS", 90, at_least=5, at_most=3600)
)

# Whose Discord account hears a word each day at this time: a reminder would take the same way.
ALERT_TRIAL_TO = env.snowflake("ALERT_TRIAL_TO")
ALERT_TRIAL_TIME = env.wall_time("ALERT_TRIAL_TIME", "18:00")

ALERT_MAIL_TO = env.words("ALERT_MAIL_TO")
ALERT_MAIL_FROM = env.text("ALERT_MAIL_FROM", f"slomix@{urlsplit(FRONTEND_ORIGIN).hostname}")
_mail = urlsplit(env.text("EMAIL_URL"))
if _mail.scheme not in ("", *_MAIL_PORTS) or bool(_mail.scheme) != bool(_mail.hostname):
    raise ImproperlyConfigured(
        "EMAIL_URL names no mail server; write smtp+tls://user:password@host:587."
    )
if ALERT_MAIL_TO and not _mail.scheme:
    raise ImproperlyConfigured("ALERT_MAIL_TO is set but EMAIL_URL is not; add EMAIL_URL.")
EMAIL_HOST, EMAIL_TIMEOUT = _mail.hostname or "localhost", 10
EMAIL_PORT = _mail.port or _MAIL_PORTS.get(_mail.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"

# What a program shows that reads /metrics. Empty: only whoever may enter the admin.
METRICS_TOKEN = env.text("METRICS_TOKEN")
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("METRICS_TOKEN is too short; write 32 random characters.")
