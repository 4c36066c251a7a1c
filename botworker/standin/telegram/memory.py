"""What Telegram keeps: messages, who blocked whom, the updates nobody has fetched yet."""

from __future__ import annotations

from collections.abc import Callable

from botworker.standin.log import Log
from botworker.standin.world import Json

STARTED, BLOCKED, DEACTIVATED = "started", "blocked", "deactivated"
# An update of a kind that was not asked for is not even made.
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")


class Memory:
    """Applies each change to memory and appends it to the log, so a restart replays them."""

    def __init__(self, log: Log) -> None:
        self.messages: dict[int, Json] = {}
        self.keyboards: dict[int, Json] = {}
        self.flags: dict[int, set[str]] = {}
        self.updates: list[Json] = []
        self.allowed: list[str] = []
        self.webhook: Json = {}
        self.commands: list[Json] = []
        self.last_message = 0
        self.last_update = 50_000_000
        self._log = log
        self._doers: dict[str, Callable[[Json], None]] = {
            "message": self._do_message,
            "delete": self._do_delete,
            "keyboard": self._do_keyboard,
            "flag": self._do_flag,
            "update": self._do_update,
            "confirm": self._do_confirm,
            "allowed": lambda change: setattr(self, "allowed", change["kinds"]),
            "webhook": lambda change: setattr(self, "webhook", change["webhook"]),
            "commands": lambda change: setattr(self, "commands", change["commands"]),
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

    def has(self, chat: int, flag: str) -> bool:
        return flag in self.flags.get(chat, ())

    def in_chat(self, chat: int) -> list[Json]:
        """Give a chat's messages, oldest first."""
        return [one for one in self.messages.values() if one["chat"]["id"] == chat]

    def next_message(self) -> int:
        return self.last_message + 1

    def tell(self, kind: str, what: Json) -> None:
        """Make an update, if the bot wants its kind."""
        if kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT:
            self.write("update", update={"update_id": self.last_update + 1, kind: what})

    # --- replay ------------------------------------------------------------------------------

    def _do_message(self, change: Json) -> None:
        message = change["message"]
        self.messages[message["message_id"]] = message
        self.last_message = max(self.last_message, message["message_id"])

    def _do_delete(self, change: Json) -> None:
        self.messages.pop(change["id"], None)

    def _do_keyboard(self, change: Json) -> None:
        self.keyboards.pop(change["chat"], None)
        if change["keyboard"]:
            self.keyboards[change["chat"]] = change["keyboard"]

    def _do_flag(self, change: Json) -> None:
        flags = self.flags.setdefault(change["chat"], set())
        (flags.add if change["on"] else flags.discard)(change["flag"])

    def _do_update(self, change: Json) -> None:
        self.updates.append(change["update"])
        self.last_update = change["update"]["update_id"]

    def _do_confirm(self, change: Json) -> None:
        self.updates = [one for one in self.updates if one["update_id"] >= change["before"]]
