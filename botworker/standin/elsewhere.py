"""Where people are besides Discord: Telegram, Signal and the game server, in the same world."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from .game.service import Game
from .handles import Handles
from .log import Log
from .signal.service import Signal
from .telegram.service import Telegram
from .world import World


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The other services; each keeps its own file in the folder of the state."""

    handles: Handles
    telegram: Telegram
    signal: Signal
    game: Game

    @classmethod
    def of(cls, world: World, state: Path | None, *, paced: bool) -> Self:
        """Build them; `paced` switches Telegram's limits on."""

        def log(name: str) -> Log:
            return Log(state / f"{name}.jsonl" if state else None)

        handles = Handles(world)
        return cls(
            handles,
            Telegram(world, handles, log("telegram"), paced=paced),
            Signal(world, handles, log("signal")),
            Game(world, log("game")),
        )

    def close(self) -> None:
        """Write no more."""
        for one in (self.telegram, self.signal, self.game):
            one.close()
