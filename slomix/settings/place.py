"""What kind of place this is, and where people find it."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env.load(Path(env.text("SLOMIX_ENV_FILE", str(BASE_DIR / ".env"))))

VAR_DIR = Path(env.text("SLOMIX_VAR", str(BASE_DIR / "var"))).resolve()
BOT_ENVIRONMENT = env.one_of("BOT_ENVIRONMENT", "dev", ("dev", "production"))
PRODUCTION = BOT_ENVIRONMENT == "production"
DEBUG = env.flag("DEBUG", not PRODUCTION)
DEFAULT_SECRET_KEY = "only-for-this-machine-" + "never-in-production-0123456789abcdefghij"
SECRET_KEY = env.text("SECRET_KEY", DEFAULT_SECRET_KEY)
# Names people in the ledger, so it must outlive a change of SECRET_KEY.
LEDGER_KEY = env.text("LEDGER_KEY", SECRET_KEY)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG is true in production; remove DEBUG or set it to false.")
if PRODUCTION and len(SECRET_KEY) < 50:
    raise env.wrong("SECRET_KEY", "too short", "write 50 random characters or more.")
if PRODUCTION and SECRET_KEY == DEFAULT_SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is the default one; write 50 random characters of your own."
    )

WEBSITE_HOST = env.text("WEBSITE_HOST", "127.0.0.1")
WEBSITE_PORT = env.number("WEBSITE_PORT", 7000, at_least=1, at_most=65535)
FRONTEND_ORIGIN = env.text("FRONTEND_ORIGIN", f"http://{WEBSITE_HOST}:{WEBSITE_PORT}").rstrip("/")
if (
    urlsplit(FRONTEND_ORIGIN).scheme not in ("http", "https")
    or not urlsplit(FRONTEND_ORIGIN).netloc
):
    raise env.wrong("FRONTEND_ORIGIN", FRONTEND_ORIGIN, "write it as https://slomix.example.")
# How somebody joins our Discord server; without it nobody is invited.
DISCORD_INVITE_URL = env.text("DISCORD_INVITE_URL")
if DISCORD_INVITE_URL and not DISCORD_INVITE_URL.startswith("https://"):
    raise env.wrong(
        "DISCORD_INVITE_URL", DISCORD_INVITE_URL, "write it as https://discord.gg/example."
    )
HTTPS = FRONTEND_ORIGIN.startswith("https://")
ALLOWED_HOSTS = env.words(
    "TRUSTED_HOSTS", f"{urlsplit(FRONTEND_ORIGIN).hostname} localhost 127.0.0.1"
)
CSRF_TRUSTED_ORIGINS = [FRONTEND_ORIGIN, *env.words("CSRF_ALLOWED_ORIGINS")]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("SESSION_HTTPS_ONLY", HTTPS)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
# By its name a browser knows that a neighbour's page under the same domain may not set it.
_HOST = "__Host-" if SESSION_COOKIE_SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "slomix.pages.faults.csrf"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
