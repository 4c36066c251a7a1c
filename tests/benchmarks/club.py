"""A local Discord in a process of its own, with Discord's limits and Discord's latency."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from accounts.models import User
from botworker.standin import World
from botworker.standin.log import Log
from botworker.standin.store import Store
from slomix.management import community
from slomix.management.demo import config, process
from tests.benchmarks.database import Env

TOKEN = "MTA5ODExNzcxNjAwMTA2MjkxMg.GdemoX.only-for-benchmarks-0123456789abcdefg"
LATENCY = 0.1
MESSAGES = "/api/v10/channels/"


@dataclass(frozen=True)
class Club:
    """The running local Discord; `dms` is who has which channel with the bot."""

    url: str
    dms: dict[int, int]

    def env(self) -> Env:
        """Return what a drain is told to find it."""
        return {
            "DISCORD_BASE_URL": self.url,
            "DISCORD_GATEWAY_URL": self.url.replace("http", "ws") + "/gateway",
            "DISCORD_BOT_TOKEN": TOKEN,
            "DISCORD_GUILD_ID": str(community.GUILD_ID),
            "AVAILABILITY_POLL_ENABLED": "false",
        }

    def journal(self) -> list[dict[str, Any]]:
        """Return what it was asked and what it answered, so far."""
        told = httpx.get(f"{self.url}/standin/journal", timeout=20).text
        return [json.loads(line) for line in told.splitlines()]


@contextmanager
def running(people: Sequence[User], known: Sequence[User]) -> Iterator[Club]:
    """Serve; the bot has opened the direct messages of the known ones long ago."""
    var = Path(settings.VAR_DIR)
    world, state = var / "world.json", var / "standin"
    told = describe(people)
    world.write_text(json.dumps(told))
    dms = opened(World.from_json(told), state, known)
    port = config.free_port(7900)
    argv = [sys.executable, "manage.py", "standin", "--port", str(port)]
    argv += ["--world", str(world), "--state", str(state)]
    served = process.start(argv, var / "stand-in.log", os.environ, append=False)
    try:
        club = Club(f"http://{config.HOST}:{port}", dms)
        wait_for(club, served, var / "stand-in.log")
        # Each answer comes a tenth of a second after its effect, as over a real line.
        slow = {"route": "POST *", "fault": "slow", "seconds": LATENCY, "times": None}
        httpx.post(f"{club.url}/standin/faults", json=slow, timeout=5).raise_for_status()
        yield club
    finally:
        process.end(served)
        served.wait(10)


def describe(people: Sequence[User]) -> dict[str, Any]:
    """Put our people into the demo's club."""
    told = community.world(client_secret="s", token=TOKEN, callback="http://127.0.0.1/")
    ids = [one.discord.discord_id for one in people]
    return told | {"people": [{"id": str(one), "username": f"u{one}"} for one in ids]}


def opened(world: World, state: Path, known: Sequence[User]) -> dict[int, int]:
    """Write the direct-message channels down as a local Discord that ran before would have."""
    store = Store(world, Log(state / "store.jsonl"))
    dms = {one.discord.discord_id: store.dm_of(one.discord.discord_id) for one in known}
    store.close()
    return dms


def wait_for(club: Club, served: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it answers; raises RuntimeError when it does not come up."""
    for _try in range(150):
        if served.poll() is not None:
            break
        try:
            httpx.get(f"{club.url}/standin/health", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the local Discord did not start: {process.last_words(log)}")
