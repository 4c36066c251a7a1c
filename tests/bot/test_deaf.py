"""A bot that hears nothing begins anew, instead of waiting as long as discord.py would."""

import asyncio

from botworker.client import SlomixBot
from botworker.management.commands import runbot
from tests.bot.journey import JourneyCase


class DeafTests(JourneyCase):
    async def test_it_leaves_when_the_gateway_stays_away(self) -> None:
        async with self.night(bot=False) as discord:
            with self.assertLogs("botworker.client", "WARNING") as told:
                bot = SlomixBot(drains=False, guild_ready_timeout=0.2)
                bot.deaf_for, bot.listen_every = 0.3, 0.05
                staying = asyncio.create_task(runbot.stay(bot))
                await self.until(lambda: bot.hears)
                await discord.order("away", seconds=60)
                await discord.drop_bots(1001)
                # discord.py itself would try for longer than this test may last.
                await asyncio.wait_for(staying, 8)

        self.assertTrue(bot.is_closed())
        self.assertIn("begun anew", told.output[-1])

    async def test_it_stays_while_it_hears(self) -> None:
        async with self.night(bot=False):
            bot = SlomixBot(drains=False, guild_ready_timeout=0.02)
            bot.deaf_for, bot.listen_every = 3.0, 0.02
            staying = asyncio.create_task(runbot.stay(bot))
            await self.until(lambda: bot.hears or staying.done())
            bot.deaf_for = 0.1
            await asyncio.wait({staying}, timeout=0.5)
            stayed = not staying.done()
            await bot.close()
            await staying

        self.assertTrue(stayed)
