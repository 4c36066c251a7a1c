"""The whole system, and what a `kill -9` in it leaves behind."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from slomix.management import community
from slomix.management.rehearsal.evening import soon
from slomix.management.rehearsal.system import System

pytestmark = pytest.mark.slow
BOR = next(one for one in community.MEMBERS if one.name == "Bazooka Bor")


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with System(tmp_path, soon(datetime.now(UTC))) as running:
        running.wait_until_up(lambda _what: None)
        yield running


def wait(true: Callable[[], Any], within: float = 30) -> Any:
    """Return what `true` says once it is true."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.2)
    raise AssertionError(f"did not happen within {within} s")


def posts(system: System) -> list[dict[str, Any]]:
    """Return what everybody sees in the channel."""
    path = f"{system.discord}/standin/channels/{community.GAME_NIGHT_ID}/messages"
    found: Any = httpx.get(path, timeout=5).json()
    messages = found["messages"] if isinstance(found, dict) else found
    return [one for one in messages if one["author"].get("bot") and not one.get("flags", 0) & 64]


def available(post: dict[str, Any]) -> int:
    """Return how many the post says are available."""
    names = [field["name"] for field in post["embeds"][0]["fields"]]
    return next(int(name.split()[1]) for name in names if name.startswith("Available"))


def connected(system: System) -> bool:
    """Say whether the bot is on the gateway."""
    health = httpx.get(f"{system.discord}/standin/health", timeout=5).json()
    return bool(health["bot_connected"])


def pid_of(system: System, word: str) -> int:
    """Return the process of the part whose command line holds a word."""
    pids = json.loads((system.var / "pids.json").read_text())
    return next(int(pid) for pid in pids if word in Path(f"/proc/{pid}/cmdline").read_text())


def test_the_post_survives_the_death_of_the_bot(system: System) -> None:
    [post] = wait(lambda: posts(system))
    os.kill(pid_of(system, "runbot"), signal.SIGKILL)
    wait(lambda: not connected(system))
    wait(lambda: connected(system))
    ids = [b.get("custom_id", "") for row in post["components"] for b in row["components"]]
    press = {
        "person": str(BOR.discord_id),
        "message": post["id"],
        "custom_id": next(one for one in ids if ":available:" in one),
    }

    reply = httpx.post(f"{system.discord}/standin/press", json=press, timeout=15).json()

    assert "Available" in reply["content"], reply
    wait(lambda: available(posts(system)[0]) == available(post) + 1)
    assert [one["id"] for one in posts(system)] == [post["id"]]
