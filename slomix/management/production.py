"""python -m slomix.management.production: says what `make prod` still needs, and exits 1."""

import os
import sys
from pathlib import Path

from slomix.lib import env

NEEDED = {
    "DATABASE_URL": "postgresql://user:password@host/name",
    "REDIS_URL": "redis://host:6379/0",
    "SECRET_KEY": "50 random characters or more",
}


def missing() -> list[str]:
    """Return one line for each variable that is not set, in the environment or in `.env`."""
    env.load(Path(env.text("SLOMIX_ENV_FILE", ".env")))
    return [f"{name}={example}" for name, example in NEEDED.items() if not env.text(name)]


def told_missing() -> bool:
    """Say what is missing, if anything is."""
    lines = missing()
    if lines:
        told = "\n  ".join(["Production needs these, in the environment or in .env:", *lines])
        sys.stderr.write(f"{told}\nTo play on this machine without any: make dev{os.linesep}")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(told_missing())
