"""Several bots as processes, a local Discord in a thread, and what the gateway saw of them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botworker.standin.standin import StandIn, serve_in_thread
from botworker.standin.world import World
from slomix.management import community
from slomix.management.demo import config, process
from tests.fresh import BASE, KEPT, LONG

TOKEN = "MTA5ODExNzcxNjAwMTA2MjkxMg.GdemoX.only-for-the-tests-0123456789abcdef"
LOOK_EVERY = 0.005


def wait(true: Callable[[], Any], within: float = 40) -> float:
    """Wait until something is true; return how many seconds that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() < began + within, f"did not happen within {within} s"
        time.sleep(0.02)
    return time.monotonic() - began


@dataclass
class Gateway:
    """What the local Discord's gateway saw: never two bots at once, or `most` tells."""

    standin: StandIn
    most: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def identifies(self) -> int:
        return self.standin.identifies

    @property
    def connected(self) -> int:
        return len(self.standin.parts.hub.connected)

    def watch(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self.most = max(self.most, self.connected)

    @contextmanager
    def watched(self) -> Iterator["Gateway"]:
        watching = threading.Thread(target=self.watch, daemon=True)
        watching.start()
        try:
            yield self
        finally:
            self._over.set()
            watching.join(5)


class Bots:
    """Some bots on one database."""

    def __init__(self, var: Path, env: dict[str, str]) -> None:
        self.var, self.env = var, env
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        for name in names:
            argv = [sys.executable, str(BASE / "manage.py"), "runbot"]
            log = self.var / f"{name}.log"
            self.running[name] = process.start(argv, log, self.env, append=True)

    def said(self, name: str) -> str:
        return (self.var / f"{name}.log").read_text()

    def leader(self) -> str:
        """Return who says last that it leads."""
        return max(self.running, key=lambda name: self.terms(name)[-1:])

    def terms(self, name: str) -> list[int]:
        lines = self.said(name).splitlines()
        return [int(line.rsplit(" ", 1)[1]) for line in lines if "leading the gateway" in line]

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        os.kill(self.running[name].pid, number)

    def end(self) -> None:
        for one in self.running.values():
            process.end(one, signal.SIGCONT)
            process.end(one)
        for one in self.running.values():
            try:
                one.wait(15)
            except subprocess.TimeoutExpired:
                process.end(one, signal.SIGKILL)
                one.wait(5)


@contextmanager
def stage(var: Path, database: str = "") -> Iterator[tuple[Bots, Gateway]]:
    """Open a local Discord and a migrated database; end every bot afterwards."""
    told = community.world(client_secret="s", token=TOKEN, callback="http://127.0.0.1/")
    standin = StandIn(World.from_json(told), assets=BASE / "static", limits=None)
    with serve_in_thread(standin):
        bots = Bots(var, _environment(var, standin, database))
        argv = [sys.executable, "manage.py", "migrate", "-v", "0"]
        subprocess.run(argv, cwd=BASE, env=bots.env, check=True, timeout=300)  # noqa: S603
        try:
            with Gateway(standin).watched() as gateway:
                yield bots, gateway
        finally:
            bots.end()


def _environment(var: Path, standin: StandIn, database: str) -> dict[str, str]:
    own = {name: os.environ[name] for name in KEPT if name in os.environ}
    if database:
        own[config.OWN_DATABASE] = database
    made = config.environment(own, var, web_port=7999, standin_port=standin.port)
    return made | {
        "SLOMIX_ENV_FILE": os.devnull,
        "SECRET_KEY": LONG,
        "DISCORD_BOT_TOKEN": TOKEN,
        "AVAILABILITY_POLL_ENABLED": "false",
    }
