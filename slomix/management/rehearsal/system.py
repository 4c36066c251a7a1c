"""A whole system for one rehearsal: in a folder of its own, ended whatever happens."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slomix.management.demo import process, strays
from slomix.management.demo.config import OWN_DATABASE
from slomix.management.demo.parts import ask
from slomix.management.rehearsal.evening import Evening

BASE = Path(__file__).resolve().parents[3]
BOOT_WITHIN = 60.0
END_WITHIN = 20.0


class NotUp(Exception):
    """The system did not come up; the text says what was missing and where to look."""


class System:
    """The demo, moved to an evening that is soon, with nothing of this machine's own settings."""

    command = "manage.py demo"
    argv: tuple[str, ...] = (sys.executable, str(BASE / "manage.py"), "demo")

    def __init__(self, var: Path, evening: Evening) -> None:
        self.var, self.evening = var, evening
        self.env = self.environment()
        self._demo: subprocess.Popen[bytes] | None = None
        self.site = self.discord = ""
        self.began = 0.0

    def __enter__(self) -> "System":
        self.began = time.monotonic()
        self._demo = process.start(self.argv, self.var / "demo.log", self.env, append=False)
        return self

    def __exit__(self, *_args: object) -> None:
        if self._demo is None:
            return
        process.end(self._demo)
        try:
            self._demo.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            process.end(self._demo, signal.SIGKILL)
            self._demo.wait()
        strays.end_all(self.var / "pids.json")

    def wait_until_up(self, tell: Callable[[str], None]) -> float:
        """Wait until every part answers; returns how many seconds that took. Raises NotUp."""
        while missing := self.missing():
            up = time.monotonic() - self.began
            if self._demo is None or self._demo.poll() is not None:
                raise NotUp(f"the demo ended: {process.last_words(self.var / 'demo.log')}")
            if up > BOOT_WITHIN:
                raise NotUp(f"no answer from {', '.join(missing)} within {BOOT_WITHIN:.0f} s")
            tell(f"waiting for {', '.join(missing)}")
            time.sleep(0.25)
        return time.monotonic() - self.began

    def missing(self) -> list[str]:
        """Name the parts that do not answer."""
        if not self._addresses():
            return ["the demo"]
        ready = ask(f"{self.site}/readyz") or {}
        return [part for part, answers in self.signs(ready).items() if not answers]

    def signs(self, ready: dict[str, Any]) -> dict[str, bool]:
        """Say of every part whether it answers; `ready` is what the site's /readyz said."""
        standin = ask(f"{self.discord}/standin/health") or {}
        alive = ready.get("parts", {})
        return {
            "the local Discord": bool(standin),
            "the site": bool(ready),
            "the worker": "worker" in alive,
            "the bot": bool(standin.get("bot_connected")) and "bot" in alive,
        }

    def _addresses(self) -> bool:
        try:
            found = json.loads((self.var / "addresses.json").read_text())
        except (OSError, ValueError):
            return False
        self.site, self.discord = found["site"], found["discord"]
        return True

    @property
    def database_url(self) -> str:
        """Where its rows are."""
        return self.env.get(OWN_DATABASE) or f"sqlite:///{self.var / 'slomix.sqlite3'}"

    def log_line(self, part: str, words: str) -> str:
        """Return the first line of a part's log that holds some words, or nothing."""
        log = self.var / "logs" / f"{part}.log"
        lines = log.read_text(errors="replace").splitlines() if log.is_file() else []
        return next((line for line in lines if words in line), "")

    def journal(self) -> list[dict[str, Any]]:
        """Return every request that the local Discord answered: the truth about what was sent."""
        file = self.var / "standin" / "journal.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines() if line]

    def environment(self) -> dict[str, str]:
        """Return what the processes are told."""
        # A variable of this machine that moves our evening would make this another rehearsal.
        ours = ("AVAILABILITY_", "DISCORD_", "SKIP_")
        own = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return (
            own
            | self.evening.environment
            | {
                "SLOMIX_VAR": str(self.var),
                "SLOMIX_ENV_FILE": os.devnull,
                "WEBSITE_PORT": str(some_port()),
                "DJANGO_SETTINGS_MODULE": "slomix.settings",
            }
        )


def some_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    # The next fifty are tried too, so it must not be one of the last.
    return min(port, 65000)
