"""Killing bot and worker in the middle of sending, and seeing them come back."""

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx

from slomix.management.rehearsal.evidence import Row
from slomix.management.rehearsal.system import NotUp, System

PARTS = {"bot": "runbot", "worker": "celery"}
# Half of the answers come this late, so that there is a middle to kill in.
SLOW = {"route": "POST */messages", "fault": "slow", "seconds": 2, "times": None, "chance": 0.5}
BACK_WITHIN = 60.0
STRIKE_WITHIN = 8.0


class Kill:
    """One `kill -9` of two parts, with what the ledger looked like at that moment."""

    def __init__(self, system: System, rows: Callable[[], list[Row]]) -> None:
        self.system, self.rows = system, rows
        self.killed: dict[str, int] = {}
        self.before: Counter[str] = Counter()

    @property
    def in_the_middle(self) -> bool:
        """At least one message was under way and not settled."""
        return bool(self.before["sending"])

    @property
    def problems(self) -> list[str]:
        """What speaks against this kill as a proof."""
        return [] if self.in_the_middle else ["the kill came when nothing was under way"]

    @property
    def words(self) -> str:
        """Who was killed, and what was unfinished."""
        pids = ", ".join(f"{part} (process {pid})" for part, pid in self.killed.items())
        states = ", ".join(f"{number} {state}" for state, number in self.before.most_common())
        return f"SIGKILL to {pids} with {states}"

    def prepare(self) -> None:
        """Let the local Discord answer half of the messages slowly."""
        self._faults("POST", SLOW)

    def strike(self) -> None:
        """Wait until some messages are settled and some are under way, then kill both parts."""
        until = time.monotonic() + STRIKE_WITHIN
        while time.monotonic() < until:
            self.before = Counter(row.state for row in self.rows())
            if self._now():
                break
            time.sleep(0.02)
        self.killed = {part: self._pid(word) for part, word in PARTS.items()}
        for pid in self.killed.values():
            os.killpg(pid, signal.SIGKILL)
        self._restore()

    def _now(self) -> bool:
        return bool(self.before["sending"] and self.before["sent"])

    def _restore(self) -> None:
        self._faults("DELETE", None)

    def wait_until_back(self) -> float:
        """Wait until both parts were started again and answer; returns the seconds. Raises NotUp."""
        began = time.monotonic()
        while self.system.missing() or set(self.killed.values()) & set(self._pids()):
            if time.monotonic() - began > BACK_WITHIN:
                raise NotUp(f"{', '.join(self.killed)} did not come back in {BACK_WITHIN:.0f} s")
            time.sleep(0.25)
        return time.monotonic() - began

    def _faults(self, method: str, body: object) -> None:
        address = f"{self.system.discord}/standin/faults"
        httpx.request(method, address, json=body, timeout=5, trust_env=False).raise_for_status()

    def _pids(self) -> list[int]:
        return [int(pid) for pid in json.loads((self.system.var / "pids.json").read_text())]

    def _pid(self, word: str) -> int:
        for pid in self._pids():
            command = Path(f"/proc/{pid}/cmdline")
            if command.is_file() and word.encode() in command.read_bytes():
                return pid
        raise NotUp(f"no process of ours runs {word}")
