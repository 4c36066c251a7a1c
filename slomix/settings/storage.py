"""Database, cache and broker."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from slomix.lib import env
from slomix.settings.place import VAR_DIR

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
            "ENGINE": "slomix.lib.postgresql",
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
