"""What a chat message costs through discord.py and real sockets: two questions to the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL
from tests.levels.test_chatting import ChatCase

pytestmark = pytest.mark.slow
MESSAGES = 20


@asynccontextmanager
async def questions() -> AsyncIterator[list[str]]:
    """Keep every question that is asked meanwhile in the database's thread, by whomever."""
    asked: list[str] = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    await call(lambda: connection.execute_wrappers.append(listen))
    try:
        yield asked
    finally:
        await call(lambda: connection.execute_wrappers.remove(listen))


class QuestionTests(ChatCase):
    async def still(self) -> None:
        """End what the bot does by itself; it goes on listening."""
        beside = list(self.bot._loops)
        for task in beside:
            task.cancel()
        await asyncio.wait(beside)

    async def count(self, expected_xp: int) -> list[str]:
        """Write some messages; return what was asked until the last one was counted."""
        heard = self.heard()
        async with questions() as asked:
            for _each in range(MESSAGES):
                await self.writes(self.bor)
            await self.until(lambda: len(heard) == MESSAGES, 60)
            # Whatever waits for the database's thread comes before this.
            await call(lambda: None)
        row = await self.level(self.bor)
        assert row
        self.assertEqual(row.xp, expected_xp)
        return asked

    def heard(self) -> list[int]:
        """Return a list that grows with each message that the bot has heard of."""
        heard: list[int] = []

        async def on_message(message: Any) -> None:
            if message.channel.id == CHANNEL and message.author.id == self.bor.discord.discord_id:
                heard.append(message.id)

        self.bot.add_listener(on_message)
        return heard

    @override_settings(MESSAGE_XP_COOLDOWN=timedelta(0))
    async def test_each_message_that_earns_asks_two(self) -> None:
        await self.known(self.bor, 0)
        async with self.night():
            await self.ready()
            await self.still()

            asked = await self.count(10 * MESSAGES)

        self.assertLessEqual(len(asked), 2 * MESSAGES)
        self.assertEqual(sum("UPDATE" in one for one in asked), MESSAGES)

    async def test_within_the_cooldown_each_asks_one(self) -> None:
        await self.known(self.bor, 0)
        async with self.night():
            await self.ready()
            await self.still()

            asked = await self.count(10)

        self.assertLessEqual(len(asked), MESSAGES + 1)
