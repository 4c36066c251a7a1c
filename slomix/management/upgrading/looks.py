"""What is looked at before anything is changed, and after it."""

import importlib.metadata
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from botworker import pulse
from slomix.management.serving import smoke
from slomix.management.upgrading.steps import Failed

PINS = "requirements.txt"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;]+)$")
# What an upgrade mends by itself.
MENDED = ("migrations.", "grants.", "schema.")
# A part that was not heard of for so long does not run.
SILENT_FOR = timedelta(minutes=2)
AGAIN = 0.5


def versions() -> str:
    """Compare what is installed with what is pinned. Raises Failed with the remedy."""
    found = [PIN.match(line) for line in (Path(settings.BASE_DIR) / PINS).read_text().splitlines()]
    pins = {one[1]: one[2] for one in found if one}
    wrong = [
        f"{name} is {there}, not {pin}"
        for name, pin in pins.items()
        if (there := _there(name)) != pin
    ]
    if wrong:
        raise Failed(f"{'; '.join(wrong[:5])}. Install what is pinned: pip install -r {PINS}")
    return f"{len(pins)} packages as pinned, Python {sys.version.split()[0]}"


def _there(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def ready(faults: list[str]) -> str:
    """Refuse a system that an upgrade would not mend. Raises Failed."""
    others = [one for one in faults if not one.startswith(MENDED)]
    if others:
        raise Failed(f"{', '.join(others)}: mend it first, or say --force")
    return f"to be mended: {', '.join(faults)}" if faults else "nothing is in the way"


def nobody_runs(at: datetime) -> bool:
    """Say whether neither bot nor worker was alive lately; so does a database without rows."""
    try:
        seen = [pulse.last(part) for part in ("bot", "worker")]
    except DatabaseError:
        return True
    return all(one is None or at - one > SILENT_FOR for one in seen)


def smoked(since: float, within: float, sleep: Callable[[float], None] = time.sleep) -> str:
    """Wait until the site is ready and every part was alive since an instant. Raises Failed."""
    parts = ["worker", *(["bot"] if settings.DISCORD_BOT_TOKEN else [])]
    until = time.monotonic() + within
    while wrong := _not_well(parts, since):
        if time.monotonic() > until:
            raise Failed(f"{wrong}, {within:g} s after the restart")
        sleep(AGAIN)
    return f"/readyz answers 200, alive since: {', '.join(parts)}"


def _not_well(parts: list[str], since: float) -> str:
    wrong = smoke.well("", "", 0)
    for part in parts:
        wrong = wrong or smoke.well(part, "", time.monotonic() - since)
    return wrong


def profile_pid() -> int:
    """Return the process of the local production profile that runs, or 0."""
    file = Path(settings.VAR_DIR) / "production.lock"
    try:
        pid = int(file.read_text().strip() or 0)
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return 0
    return pid if b"slomix.management.serving" in words and pid != os.getpid() else 0
