"""F7: a machine whose clock is wrong says nothing early and lets nothing expire."""

import time
from datetime import UTC, datetime, timedelta

import time_machine

from botworker import wire
from botworker.channels.memory import MemoryChannel
from botworker.drain import Drain
from botworker.models import Delivery
from botworker.outbox import Event, Message, enqueue, recipient_of
from botworker.timing import DatabaseTime
from slomix.lib.bridge import call
from tests.cast import SlomixTestCase

NEAR = timedelta(seconds=2)


class WrongClockTests(SlomixTestCase):
    """The database's clock is the true one here: nothing in these tests can set it."""

    def setUp(self) -> None:
        super().setUp()
        self._clock.stop()
        self.truth = datetime.now(UTC)  # really
        self._clock = time_machine.travel(self.truth, tick=True)
        self._clock.start()
        wire.forget_time()  # what another test heard a provider say

    def promise(self, due_in: timedelta) -> None:
        due = self.truth + due_in
        event = Event("TEST:1", "test", due, due + timedelta(minutes=10))
        words = Message(recipient_of(self.bor.discord.discord_id), "Hello", self.bor.pk)
        enqueue([words], event, at=self.truth, planned=False)

    async def drain_with_a_clock(self, ahead: timedelta) -> MemoryChannel:
        channel = MemoryChannel()
        with time_machine.travel(self.truth + ahead, tick=True):
            await Drain(channel, timing=DatabaseTime()).step()
        return channel

    async def test_a_clock_that_is_ahead_says_nothing_early(self) -> None:
        await call(self.promise, timedelta(seconds=25))

        channel = await self.drain_with_a_clock(ahead=timedelta(seconds=30))

        self.assertEqual(len(channel.said), 0)

    async def test_a_clock_that_is_an_hour_ahead_lets_nothing_expire(self) -> None:
        await call(self.promise, timedelta(seconds=-1))

        channel = await self.drain_with_a_clock(ahead=timedelta(hours=1))

        self.assertEqual(len(channel.said), 1)
        self.assertEqual(await call(lambda: Delivery.objects.get().state), "sent")

    async def test_a_clock_that_is_behind_says_what_is_due(self) -> None:
        await call(self.promise, timedelta(seconds=-1))

        channel = await self.drain_with_a_clock(ahead=timedelta(hours=-1))

        self.assertEqual(len(channel.said), 1)

    async def test_the_operator_is_told_once_a_minute(self) -> None:
        timing = DatabaseTime()
        half_a_minute_ahead = time_machine.travel(self.truth + timedelta(seconds=30), tick=True)
        with half_a_minute_ahead, self.assertLogs("botworker.timing", "ERROR") as told:
            await timing.check()
            timing._here -= 2  # two seconds later
            await timing.check()

        self.assertEqual(len(told.output), 1)
        self.assertIn("clock is +", told.output[0])

    async def test_the_providers_clock_is_compared_as_well(self) -> None:
        wire._heard[:] = [(self.truth - timedelta(hours=1), time.monotonic())]
        self.addCleanup(wire.forget_time)

        with self.assertLogs("botworker.timing", "ERROR") as told:
            await DatabaseTime().check()

        self.assertIn("from Discord's", told.output[0])

    async def test_it_counts_on_while_the_machine_is_set(self) -> None:
        timing = DatabaseTime()
        await timing.check()
        with time_machine.travel(self.truth - timedelta(days=1), tick=True):
            self.assertLess(abs(timing.now() - self.truth), NEAR * 5)
