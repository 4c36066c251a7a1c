import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.test import SimpleTestCase, override_settings

from botworker import client, identifies, leader, locks
from botworker.election import Election
from botworker.leader import Deposed
from botworker.locks import FileLock
from botworker.management.commands import runbot
from botworker.models import GatewayLeader, Identify
from botworker.timing import MachineTime
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import JourneyCase
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.ledger import promise, row


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


class PaceTests(SimpleTestCase):
    """How long the next IDENTIFY waits."""

    def waits(self, times: int) -> list[float]:
        """Crash at once after each IDENTIFY; return what lay between them."""
        found: list[float] = []
        sent: list[datetime] = []
        at = TONIGHT
        for _each in range(times):
            found.append(identifies.wait(sent[-20:], sent, at))
            at += seconds(found[-1])
            sent.append(at)
        return found

    def test_a_crash_loop_waits_twice_as_long_each_time(self) -> None:
        self.assertEqual(self.waits(9), [0, 1, 2, 4, 8, 16, 32, 60, 60])

    def test_no_24_hours_see_as_many_as_discord_takes(self) -> None:
        sent: list[datetime] = []
        at = TONIGHT
        for _each in range(1500):
            today = [one for one in sent[-1000:] if one > at - identifies.DAY]
            # Every term was ended on request: nothing but the day's number slows it down.
            at += seconds(identifies.wait([], today, at) + 1)
            sent.append(at)

        spans = [later - one for one, later in zip(sent, sent[660:], strict=False)]
        self.assertGreaterEqual(min(spans), identifies.DAY)

    def test_what_lies_ten_minutes_back_is_forgotten(self) -> None:
        at = TONIGHT + timedelta(minutes=10)
        sent = [TONIGHT] * 6 + [at]

        self.assertEqual(identifies.wait(sent, sent, at), 1)

    def test_a_clock_that_was_set_back_adds_nothing(self) -> None:
        later = [TONIGHT + timedelta(hours=1)] * 2

        self.assertEqual(identifies.wait(later, later, TONIGHT), 2)


class FenceTests(SlomixTestCase):
    """A term that is over changes nothing."""

    def test_the_one_before_can_neither_live_nor_identify(self) -> None:
        before = leader.begin("one")
        now = leader.begin("other")

        self.assertEqual((leader.beat(before), leader.beat(now)), (False, True))
        with self.assertRaises(Deposed):
            identifies.record(before, TONIGHT)
        leader.end(before, well=True)
        self.assertTrue(leader.beat(now))
        self.assertEqual(Identify.objects.count(), 0)

    def test_who_follows_somebody_alive_is_in_a_hurry(self) -> None:
        first = leader.begin("one")
        second = leader.begin("other")
        leader.end(second, well=True)
        third = leader.begin("one")
        old = clock.now() - timedelta(days=400)
        GatewayLeader.objects.update(at=old)
        fourth = leader.begin("other")

        hurried = [term.hurried for term in (first, second, third, fourth)]
        self.assertEqual(hurried, [False, True, False, False])

    def test_terms_that_end_well_are_no_crash_loop(self) -> None:
        for _times in range(6):
            term = leader.begin("one")
            identifies.record(term, TONIGHT)
            leader.end(term, well=True)
        calm = identifies.seconds_left(TONIGHT)
        for _times in range(3):
            term = leader.begin("one")
            identifies.record(term, TONIGHT)
            leader.end(term, well=False)

        self.assertEqual((calm, identifies.seconds_left(TONIGHT)), (0, 4))


class ElectionTests(JourneyCase):
    """Several bots in one loop, with a file as the lock."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "gateway.lock"

    @asynccontextmanager
    async def standing(self) -> AsyncIterator[asyncio.Event]:
        """Have one more bot stand for the gateway."""
        stopping = asyncio.Event()
        running = Election(stopping, FileLock(self.file)).run(runbot.on_the_gateway)
        task = asyncio.create_task(running)
        try:
            yield stopping
        finally:
            stopping.set()
            await asyncio.wait_for(task, 10)

    async def test_only_one_of_two_connects_and_the_other_follows(self) -> None:
        self.go_to("19:30")
        async with self.night(bot=False) as discord, self.standing() as stop:
            await self.until(lambda: discord.bot_connected)
            async with self.standing():
                await asyncio.sleep(1.5)
                before = discord.identifies
                stop.set()
                await self.until(lambda: discord.identifies == 2)

                self.assertEqual((before, len(discord.parts.hub.connected)), (1, 1))

    async def test_another_term_closes_the_gateway(self) -> None:
        """R13: a lock that was lost in silence left two bots on one token."""
        self.go_to("19:30")
        async with self.night(bot=False) as discord, self.standing():
            await self.until(lambda: discord.bot_connected)
            await call(leader.begin, "somebody else")

            await self.until(lambda: not discord.bot_connected)

    async def test_a_resume_is_free_and_a_lost_session_is_counted(self) -> None:
        self.go_to("19:30")
        async with self.night(bot=False) as discord, self.standing():
            await self.until(lambda: discord.bot_connected)
            [session] = discord.parts.hub.connected
            before = session.outbox
            await discord.drop_bots()
            await self.until(lambda: session.outbox not in (None, before))
            resumed = await call(Identify.objects.count)
            discord.parts.hub.close_all(4000)
            discord.parts.hub.sessions.clear()

            await self.until(lambda: discord.identifies == 2)

            self.assertEqual((resumed, await call(Identify.objects.count)), (1, 2))

    async def test_a_bot_without_the_gateway_sends_all_the_same(self) -> None:
        self.go_to("20:45")
        stopping = asyncio.Event()
        async with self.night(bot=False) as discord, self.held():
            await call(promise, self.bor)

            running = asyncio.create_task(runbot.serve(stopping, MachineTime()))
            await self.until(lambda: len(discord.inbox(self.bor.discord.discord_id)) == 1)
            stopping.set()
            await asyncio.wait_for(running, 10)

            self.assertEqual(discord.identifies, 0)
        self.assertEqual((await call(row, self.bor)).state, "sent")

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Have somebody else hold the lock."""
        with override_settings(VAR_DIR=self.file.parent):
            lock = locks.of_database()
            self.assertTrue(await lock.take())
            try:
                yield
            finally:
                await lock.drop()

    async def test_a_gateway_that_is_away_at_the_start_is_tried_again(self) -> None:
        self.go_to("19:30")
        async with self.night(bot=False) as discord:
            with override_settings(DISCORD_GATEWAY_URL="ws://127.0.0.1:9/gateway"):
                client.point_at_discord()
            async with self.standing():
                await asyncio.sleep(0.5)
                before = discord.identifies
                client.point_at_discord()

                await self.until(lambda: discord.bot_connected)

        self.assertEqual((before, discord.identifies), (0, 1))
