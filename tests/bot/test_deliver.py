import asyncio

from botworker.management.commands import deliver
from botworker.timing import MachineTime
from slomix.lib.bridge import call
from tests.bot.journey import JourneyCase
from tests.ledger.ledger import promise, row


class DeliverTests(JourneyCase):
    """A drain alone: it sends without a gateway and ends when it is asked to."""

    async def test_it_sends_without_a_gateway_and_stops_when_told(self) -> None:
        self.go_to("20:45")
        async with self.night(bot=False) as discord:
            await call(promise, self.bor)

            stopping = asyncio.Event()
            running = asyncio.create_task(deliver.drain_until(stopping, MachineTime()))
            await self.until(lambda: len(discord.inbox(self.bor.discord.discord_id)) == 1)
            stopping.set()
            await asyncio.wait_for(running, 10)

            self.assertEqual(discord.identifies, 0)
        self.assertEqual((await call(row, self.bor)).state, "sent")
