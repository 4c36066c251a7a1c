"""A local Discord with an ordinary bot on it, each in a thread of its own."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import discord
import yarl

from botworker.standin import StandIn
from botworker.standin.standin import serve_in_thread
from tests.standin.case import ASSETS, GAME_NIGHT, TOKEN, Bot, a_world, bot_ready
from tests.standin.playbot import with_commands

WITHIN = 20


class Table:
    """What the tests of the playground play with; `site` is the playground's own address."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self.site = standin.url
        self.loop = asyncio.new_event_loop()
        self.bot = Bot()

    def does(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Let the bot do something, and give what came of it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(WITHIN)

    def says(self, content: str, **more: Any) -> Any:
        """Let the bot post in the channel."""
        return self.does(self.bot.room().send(content, **more))

    def somebody_says(self, person: int, content: str) -> None:
        """Let one of the people write in the channel."""
        self.standin.call(self.standin.say(person, GAME_NIGHT, content))

    def writes_to(self, person: int, content: str, **more: Any) -> Any:
        """Let the bot write to one person."""

        async def write() -> Any:
            user = await self.bot.fetch_user(person)
            return await user.send(content, **more)

        return self.does(write())


@contextmanager
def table() -> Iterator[Table]:
    """Serve a playground with a connected bot."""
    standin = StandIn(a_world(), assets=ASSETS)
    gateway = discord.gateway.DiscordWebSocket
    before = discord.http.Route.BASE, gateway.DEFAULT_GATEWAY
    with serve_in_thread(standin):
        discord.http.Route.BASE = f"{standin.url}/api/v10"
        gateway.DEFAULT_GATEWAY = yarl.URL(standin.gateway_url)
        made = Table(standin)
        thread = threading.Thread(target=made.loop.run_forever, name="bot", daemon=True)
        thread.start()
        try:
            made.does(_begin(made.bot))
            yield made
        finally:
            made.does(_end(made.bot))
            made.loop.call_soon_threadsafe(made.loop.stop)
            thread.join(WITHIN)
            made.loop.close()
            discord.http.Route.BASE, gateway.DEFAULT_GATEWAY = before


async def _begin(bot: Bot) -> None:
    running = asyncio.create_task(bot.start(TOKEN), name="bot")
    await bot_ready(bot, running)
    await with_commands(bot)


async def _end(bot: Bot) -> None:
    await bot.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
