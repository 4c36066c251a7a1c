"""Settings and commands as a fresh process with another environment would see them."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

BASE = Path(__file__).resolve().parents[1]
LONG = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP"
KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT")
PRODUCTION = {
    "BOT_ENVIRONMENT": "production",
    "SECRET_KEY": LONG,
    "LEDGER_KEY": LONG[::-1],
    "DATABASE_URL": "postgresql://slomix:pass%40word@db:5433/slomix",
    "REDIS_URL": "redis://redis/0",
    "FRONTEND_ORIGIN": "https://slomix.example",
    "DISCORD_CLIENT_ID": "1098117716001062912",
    "DISCORD_CLIENT_SECRET": "hush",
}
SETTINGS = re.compile(r"slomix\.settings(\.|$)")


@contextmanager
def environment(**env: str) -> Iterator[None]:
    """Have this environment and nothing else; no `.env` unless SLOMIX_ENV_FILE names one."""
    before = dict(os.environ)
    kept = {name: before[name] for name in KEPT if name in before}
    os.environ.clear()
    os.environ.update({**kept, "SLOMIX_ENV_FILE": os.devnull, **env})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def settings(**env: str) -> SimpleNamespace:
    """Read slomix/settings anew; raises ImproperlyConfigured as the start of a process would."""
    ours = {name: sys.modules.pop(name) for name in list(sys.modules) if SETTINGS.match(name)}
    try:
        with environment(**env):
            found = vars(importlib.import_module("slomix.settings"))
        return SimpleNamespace(**{name: value for name, value in found.items() if name.isupper()})
    finally:
        for name in [name for name in sys.modules if SETTINGS.match(name)]:
            del sys.modules[name]
        sys.modules.update(ours)


def manage(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own."""
    with environment(**env):
        return subprocess.run(  # noqa: S603  our own command
            [sys.executable, "manage.py", *words],
            cwd=BASE,
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
            check=False,
        )
