"""What Signal keeps: messages, who has no account any more, whose keys are new."""

from __future__ import annotations

from collections.abc import Callable

from botworker.standin.log import Log
from botworker.standin.world import Json

UNREGISTERED, UNTRUSTED, OFFLINE = "unregistered", "untrusted", "offline"


class Memory:
    """Applies each change to memory and appends it to the log, so a restart replays them."""

    def __init__(self, log: Log) -> None:
        self.messages: dict[int, list[Json]] = {}
        self.waiting: list[Json] = []
        self.flags: dict[int, set[str]] = {}
        self.keys: dict[int, int] = {}
        self.challenge = ""
        self.last = 0
        self._log = log
        self._doers: dict[str, Callable[[Json], None]] = {
            "message": self._do_message,
            "envelope": lambda change: self.waiting.append(change["envelope"]),
            "taken": self._do_taken,
            "flag": self._do_flag,
            "key": self._do_key,
            "limit": lambda change: setattr(self, "challenge", change["challenge"]),
        }
        for change in log.read():
            self._doers[change["do"]](change)
        log.open()

    def write(self, do: str, **change: object) -> None:
        """Make one change and keep it."""
        line = {"do": do, **change}
        self._log.write(line)
        self._doers[do](line)

    def close(self) -> None:
        self._log.close()

    def has(self, person: int, flag: str) -> bool:
        return flag in self.flags.get(person, ())

    # --- replay ------------------------------------------------------------------------------

    def _do_message(self, change: Json) -> None:
        self.messages.setdefault(change["person"], []).append(change["message"])
        self.last = max(self.last, change["message"]["timestamp"])

    def _do_taken(self, change: Json) -> None:
        self.waiting = self.waiting[change["count"] :]

    def _do_flag(self, change: Json) -> None:
        flags = self.flags.setdefault(change["person"], set())
        (flags.add if change["on"] else flags.discard)(change["flag"])

    def _do_key(self, change: Json) -> None:
        self.keys[change["person"]] = self.keys.get(change["person"], 0) + 1
        self._do_flag({**change, "flag": UNTRUSTED, "on": True})
