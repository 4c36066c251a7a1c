"""Every setting, read once. What each variable means is in `.env.example`."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.load(Path(env.text("SLOMIX_ENV_FILE", str(BASE_DIR / ".env"))))

# --- What kind of place this is ---------------------------------------------------------------
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

# --- Where people find us ---------------------------------------------------------------------
WEBSITE_HOST = env.text("WEBSITE_HOST", "127.0.0.1")
WEBSITE_PORT = env.number("WEBSITE_PORT", 7000, at_least=1, at_most=65535)
FRONTEND_ORIGIN = env.text("FRONTEND_ORIGIN", f"http://{WEBSITE_HOST}:{WEBSITE_PORT}").rstrip("/")
if (
    urlsplit(FRONTEND_ORIGIN).scheme not in ("http", "https")
    or not urlsplit(FRONTEND_ORIGIN).netloc
):
    raise env.wrong("FRONTEND_ORIGIN", FRONTEND_ORIGIN, "write it as https://slomix.example.")
HTTPS = FRONTEND_ORIGIN.startswith("https://")
ALLOWED_HOSTS = env.words(
    "TRUSTED_HOSTS", f"{urlsplit(FRONTEND_ORIGIN).hostname} localhost 127.0.0.1"
)
CSRF_TRUSTED_ORIGINS = [FRONTEND_ORIGIN, *env.words("CSRF_ALLOWED_ORIGINS")]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("SESSION_HTTPS_ONLY", HTTPS)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
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

# --- Parts ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.discord",
    "slomix",
    "accounts",
    "botworker",
    "availability",
    "promotions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "slomix.lib.headers.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "slomix.pages.faults.OffTheMap",
]
ROOT_URLCONF = "slomix.urls"
WSGI_APPLICATION = "slomix.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.access.context",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database, cache, broker --------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'slomix.sqlite3'}")
REDIS_URL = env.text("REDIS_URL")


def database(url: str) -> dict[str, Any]:
    """Translate DATABASE_URL: sqlite:///path or postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        file = Path(unquote(parts.path[1:]))
        file.parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # A transaction that reads before it writes must not find the lock taken by
                # another in between; and an intent that the disk forgot would be a second message.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 3},
        }
    raise env.wrong(
        "DATABASE_URL",
        f"{parts.scheme}://…",
        "write sqlite:///path or postgresql://user@host/name.",
    )


DATABASES = {"default": database(DATABASE_URL)}
if REDIS_URL and urlsplit(REDIS_URL).scheme not in ("redis", "rediss", "unix"):
    raise env.wrong("REDIS_URL", f"{urlsplit(REDIS_URL).scheme}://…", "write redis://host:6379/0.")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_FOLDER = VAR_DIR / "broker"

# --- Who you are ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.People"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "tonight"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapter.DiscordAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
SOCIALACCOUNT_ONLY = True
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = False
DISCORD_CLIENT_ID = env.text("DISCORD_CLIENT_ID")
DISCORD_CLIENT_SECRET = env.text("DISCORD_CLIENT_SECRET")
DISCORD_REDIRECT_URI = env.text(
    "DISCORD_REDIRECT_URI", f"{FRONTEND_ORIGIN}/accounts/discord/login/callback/"
)
DISCORD_REDIRECT_URI_ALLOWLIST = env.words("DISCORD_REDIRECT_URI_ALLOWLIST", DISCORD_REDIRECT_URI)
# allauth itself forgets a sign-in after ten minutes.
DISCORD_OAUTH_STATE_TTL_SECONDS = env.number(
    "DISCORD_OAUTH_STATE_TTL_SECONDS", 600, at_least=60, at_most=600
)
SOCIALACCOUNT_PROVIDERS = {
    "discord": {
        "APPS": [{"client_id": DISCORD_CLIENT_ID, "secret": DISCORD_CLIENT_SECRET, "key": ""}],
        "SCOPE": ["identify"],
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "accounts.adapter.SignIn",
    }
}
PROMOTER_DISCORD_IDS = env.snowflakes("PROMOTER_DISCORD_IDS")
env.same("ADMIN_DISCORD_IDS", "WEBSITE_ADMIN_DISCORD_IDS")
ADMIN_DISCORD_IDS = env.snowflakes("ADMIN_DISCORD_IDS") or env.snowflakes(
    "WEBSITE_ADMIN_DISCORD_IDS"
)

# --- Discord ----------------------------------------------------------------------------------------
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

# --- The evening ---------------------------------------------------------------------------------------
env.same("AVAILABILITY_PROMOTION_TIMEZONE", "AVAILABILITY_POLL_TIMEZONE")
EVENING_ZONE = env.zone(
    "AVAILABILITY_PROMOTION_TIMEZONE", env.text("AVAILABILITY_POLL_TIMEZONE", "Europe/Ljubljana")
)
TIME_ZONE = EVENING_ZONE.key
USE_TZ = True
REMINDER_TIME = env.wall_time("AVAILABILITY_PROMOTION_REMINDER_TIME", "20:45")
START_TIME = env.wall_time("AVAILABILITY_PROMOTION_START_TIME", "21:00")
if REMINDER_TIME >= START_TIME:
    raise env.wrong(
        "AVAILABILITY_PROMOTION_REMINDER_TIME",
        f"{REMINDER_TIME:%H:%M:%S}",
        f"write a time before AVAILABILITY_PROMOTION_START_TIME, {START_TIME:%H:%M:%S}.",
    )
env.same("AVAILABILITY_SESSION_READY_THRESHOLD", "AVAILABILITY_POLL_THRESHOLD")
READY_THRESHOLD = env.number(
    "AVAILABILITY_SESSION_READY_THRESHOLD",
    env.number("AVAILABILITY_POLL_THRESHOLD", 6, at_least=1),
    at_least=1,
    at_most=100,
)
PROMOTION_ENABLED = env.flag("AVAILABILITY_PROMOTION_ENABLED", True)
PROMOTION_GLOBAL_COOLDOWN = env.flag("AVAILABILITY_PROMOTION_GLOBAL_COOLDOWN", False)
PROMOTION_DRY_RUN_DEFAULT = env.flag("AVAILABILITY_PROMOTION_DRY_RUN_DEFAULT", False)
VOICE_CHECK_DELAY = timedelta(
    seconds=env.number("AVAILABILITY_VOICE_CHECK_DELAY_SECONDS", 120, at_most=1100)
)
POLL_ENABLED = env.flag("AVAILABILITY_POLL_ENABLED", False)
POLL_CHANNEL_ID = env.snowflake("AVAILABILITY_POLL_CHANNEL_ID")
POLL_POST_TIME = env.wall_time("AVAILABILITY_POLL_POST_TIME", "10:00")

# --- Words and files ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
if DEBUG:
    # Files are found where they lie; whitenoise only wants the folder to exist.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
QUIET = ("httpx", "httpcore", "celery.beat", "celery.worker.strategy", "celery.app.trace")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    # httpx writes addresses at INFO, and one can carry a token; Celery writes every two seconds.
    "loggers": {name: {"level": "WARNING"} for name in QUIET},
}
