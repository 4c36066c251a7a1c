"""Play a long seeded evening and count what the providers' descriptions do not allow.

python -m tests.contracts.script --actions 2000 --seed 1
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import discord
import yarl

from botworker.standin import Limits, StandIn
from botworker.standin.acts import CannotDo
from tests.standin.case import ASSETS, TOKEN, Bot, bot_ready
from tests.standin.life import a_lively_world

from . import descriptions
from .collector import Collector
from .play import commands, living, serving, speaking
from .play.stage import ACTS, NothingThere, Stage

PARTS = (commands, living, serving, speaking)
# Discord's own pace would make this last half an hour; a smaller window meets the limits as often.
QUICK = Limits(per_second=2000, per_channel=40, window=0.1)
PATIENCE = 20.0


@dataclass(slots=True)
class Played:
    """What came of an evening."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    idle: Counter[str] = field(default_factory=Counter)
    why: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    judged: int = 0
    seconds: float = 0.0

    @property
    def acts(self) -> int:
        return sum((self.done + self.refused).values())

    @property
    def never(self) -> set[str]:
        return set(ACTS) - set(self.done)

    def told(self) -> str:
        """Say it in a few lines."""
        lines = [
            f"{self.acts} actions of {len(self.done)} kinds in {self.seconds:.1f} s, "
            f"{self.refused.total()} of them refused; {self.judged} requests and events judged",
            *(f"never done: {name}: {self.why.get(name)}" for name in sorted(self.never)),
            *(f"broke: {one}" for one in self.broken),
            *(f"not as described: {one}" for one in self.faults),
        ]
        return "\n".join(lines)


async def play(actions: int, seed: int, collector: Collector) -> Played:
    """Do so many things, chosen by the seed, and judge all that was said."""
    played, begun = Played(), time.monotonic()
    standin = StandIn(a_lively_world(), assets=ASSETS, limits=QUICK)
    await standin.start()
    try:
        async with _bot(standin) as bot:
            await _act(Stage(standin, bot, seed), actions, played)
    finally:
        await standin.stop()
    played.faults = collector.faults()
    played.judged, played.seconds = collector.judged, time.monotonic() - begun
    return played


async def _act(stage: Stage, actions: int, played: Played) -> None:
    names = list(ACTS)
    weights = [ACTS[name][1] for name in names]
    while played.acts < actions and len(played.broken) < 10:
        [name] = stage.dice.choices(names, weights)
        try:
            async with asyncio.timeout(PATIENCE):
                await ACTS[name][0](stage)
            played.done[name] += 1
        except NothingThere:
            played.idle[name] += 1
            played.why.setdefault(name, "there was nothing to do it to")
        except (CannotDo, discord.ClientException, discord.HTTPException) as no:
            played.refused[name] += 1
            played.why[name] = repr(no)
            if isinstance(no, discord.DiscordServerError):
                played.broken.append(f"{name}: {no!r}")
        except Exception as problem:  # noqa: BLE001  what breaks is told, and fails
            played.broken.append(f"{name}: {problem!r}")


@asynccontextmanager
async def _bot(standin: StandIn) -> AsyncIterator[Bot]:
    discord.http.Route.BASE = f"{standin.url}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(standin.gateway_url)
    bot = Bot()
    commands.add_commands(bot)
    bot.add_view(commands.Answers())
    running = asyncio.create_task(bot.start(TOKEN))
    try:
        await bot_ready(bot, running)
        await bot.tree.sync()
        yield bot
    finally:
        await bot.close()
        await running


def main() -> int:
    """Play, tell, and fail when anything was not as described."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not descriptions.folder():
        print(descriptions.WHY, file=sys.stderr)  # noqa: T201
        return 2
    collector = Collector()
    collector.listen()
    played = asyncio.run(play(asked.actions, asked.seed, collector))
    print(played.told())  # noqa: T201
    return 1 if played.broken or played.faults else 0


if __name__ == "__main__":
    sys.exit(main())
