"""The application's commands, by the guild they belong to or "global"."""

from __future__ import annotations

from collections.abc import Iterator

from botworker.standin.world import Json

from .topic import Ledger, Topic


class Commands(Topic):
    """Registered commands as Discord's JSON has them."""

    DOES = {"commands": "_do_commands"}

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.all: dict[str, list[Json]] = {}

    def set(self, scope: str, commands: list[Json]) -> None:
        self.write("commands", scope=scope, commands=commands)

    def told(self) -> Iterator[Json]:
        for scope, commands in self.all.items():
            yield {"do": "commands", "scope": scope, "commands": commands}

    def _do_commands(self, change: Json) -> None:
        self.all[change["scope"]] = change["commands"]
