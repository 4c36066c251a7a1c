"""Where the evening is played: the stand-in, the bot, the dice, and what there is to act on."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import discord

from botworker.standin import StandIn
from tests.standin.case import ANA, BOR, CENE, GAME_NIGHT, GUILD, STRANGER, Bot

Thing = TypeVar("Thing")
PEOPLE = (ANA, BOR, CENE, STRANGER)
EMOJI = ("👍", "🎮", "❤️", "1️⃣")
KEPT = 30
# What somebody does, and how often compared with the others.
Act = Callable[["Stage"], Awaitable[object]]
ACTS: dict[str, tuple[Act, int]] = {}


def act(weight: int = 3) -> Callable[[Act], Act]:
    """Make a function one of the things that happen."""

    def add(function: Act) -> Act:
        ACTS[function.__name__] = (function, weight)
        return function

    return add


class NothingThere(Exception):
    """There is nothing yet that this could be done to."""


class Stage:
    """Everything an act needs; what was made is kept, so that later acts can use it."""

    def __init__(self, standin: StandIn, bot: Bot, seed: int) -> None:
        self.standin = standin
        self.bot = bot
        self.dice = random.Random(seed)  # noqa: S311  repeatable, not secret
        self.said: list[discord.Message] = []
        self.threads: list[discord.Thread] = []
        self.channels: list[discord.abc.GuildChannel] = []
        self.roles: list[discord.Role] = []
        self.events: list[discord.ScheduledEvent] = []
        self.counted = 0

    @property
    def guild(self) -> discord.Guild:
        guild = self.bot.get_guild(GUILD)
        if guild is None:
            raise NothingThere
        return guild

    @property
    def room(self) -> discord.TextChannel:
        room = self.bot.get_channel(GAME_NIGHT)
        if not isinstance(room, discord.TextChannel):
            raise NothingThere
        return room

    def one(self, things: Sequence[Thing]) -> Thing:
        """Choose one of several things."""
        if not things:
            raise NothingThere
        return self.dice.choice(things)

    def person(self) -> int:
        return self.dice.choice(PEOPLE)

    def emoji(self) -> str:
        return self.dice.choice(EMOJI)

    def coin(self) -> bool:
        return self.dice.random() < 0.5

    def keep(self, things: list[Any], made: Thing) -> Thing:
        """Keep what was made; of very many the oldest are forgotten."""
        things.append(made)
        del things[:-KEPT]
        return made

    def word(self, what: str) -> str:
        """Give a name that was not used before."""
        self.counted += 1
        return f"{what} {self.counted}"

    def message(self) -> discord.Message:
        return self.one(self.said)
