from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import discord
import pytest
import time_machine
from django.test import override_settings

from accounts.models import User
from availability import actions, mirror
from availability.models import Status
from botworker.models import Tracked
from botworker.standin import World, permissions
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import JourneyCase
from tests.cast import TONIGHT

pytestmark = pytest.mark.slow

KEY = mirror.key_of(TONIGHT.date())
SCHEDULED, ACTIVE, COMPLETED, CANCELLED = 1, 2, 3, 4


@override_settings(EVENT_MIRROR_ENABLED=True, READY_THRESHOLD=2)
class MirrorCase(JourneyCase):
    """Two are enough for a game tonight, and an evening that is on is an event of the server."""

    bot_may = permissions.BOT

    def setUp(self) -> None:
        super().setUp()
        self.go_to("19:30")

    def world(self) -> World:
        made = super().world()
        return replace(made, guild=replace(made.guild, bot_may=self.bot_may))

    def events(self) -> list[dict[str, Any]]:
        return list(self.standin.parts.store.events.all.values())

    def statuses(self) -> list[int]:
        return [one["status"] for one in self.events()]

    async def say(self, who: User, status: str) -> None:
        await call(actions.answer, person=who, day=TONIGHT.date(), status=status, at=clock.now())

    async def turn_on(self) -> None:
        await self.say(self.ana, Status.LOOKING)
        await self.say(self.bor, Status.LOOKING)

    async def row(self) -> Tracked:
        return await call(Tracked.objects.get, key=KEY)

    async def stands(self) -> bool:
        return await call(Tracked.objects.filter(key=KEY, message_id__isnull=False).exists)

    async def shown(self) -> bool:
        """Everything that was answered has been looked at."""
        row = await self.row()
        return row.shown == row.wanted and row.dirty_since is None and not row.lease_owner

    async def closed(self) -> bool:
        return (await self.row()).closed_at is not None

    async def refused(self) -> bool:
        return bool((await self.row()).error)

    def go_to_midnight(self) -> None:
        self._clock.stop()
        midnight = make.at("00:00:30", TONIGHT.date() + timedelta(days=1))
        self._clock = time_machine.travel(midnight, tick=True)
        self._clock.start()


class MirrorJourney(MirrorCase):
    """It is planned once, stays through a dip and ends with the evening."""

    async def test_it_appears_when_the_evening_is_on(self) -> None:
        async with self.night():
            await self.say(self.ana, Status.LOOKING)
            await self.until(self.shown)
            self.assertEqual(self.events(), [])

            await self.say(self.bor, Status.LOOKING)
            await self.until(self.stands)

            (event,) = self.events()
            self.assertEqual(event["name"], "Game night, 21:00 CET")
            self.assertEqual(event["scheduled_start_time"][:16], "2026-11-20T20:00")
            self.assertIn(KEY, event["description"])

    async def test_a_dip_neither_ends_nor_doubles_it(self) -> None:
        async with self.night():
            await self.turn_on()
            await self.until(self.stands)
            for status in (Status.MAYBE, Status.LOOKING):
                await self.say(self.bor, status)
                await self.until(self.shown)

            self.assertEqual(self.statuses(), [SCHEDULED])

    async def test_a_crash_after_planning_it_is_found_by_its_last_line(self) -> None:
        async with self.night():
            await self.turn_on()
            await self.until(self.stands)
            await self.stop_bot()
            await call(Tracked.objects.update, message_id=None, shown_hash="", look_at=clock.now())
            await self.start_bot()

            await self.until(self.stands)

            self.assertEqual(len(self.events()), 1)

    async def test_it_moves_with_the_evening(self) -> None:
        async with self.night():
            await self.turn_on()
            await self.until(self.stands)
            with override_settings(START_TIME=time(20, 30)):
                self.go_to("19:32")

                await self.until(lambda: "T19:30" in self.events()[0]["scheduled_start_time"])

            self.assertEqual(len(self.events()), 1)

    async def test_over_it_is_ended(self) -> None:
        async with self.night():
            await self.turn_on()
            await self.until(self.stands)
            event = discord.Object((await self.row()).message_id or 0)
            await self.bot.http.edit_scheduled_event(self.bot.guilds[0].id, event.id, status=ACTIVE)
            self.go_to_midnight()

            await self.until(lambda: self.statuses()[:1] == [COMPLETED])

            self.assertTrue((await self.row()).closed_at)

    async def test_one_that_never_began_is_cancelled_when_over(self) -> None:
        async with self.night():
            await self.turn_on()
            await self.until(self.stands)
            self.go_to_midnight()

            await self.until(lambda: self.statuses()[:1] == [CANCELLED])

    async def test_who_removes_it_by_hand_is_right(self) -> None:
        async with self.night():
            await self.turn_on()
            await self.until(self.stands)
            event = (await self.row()).message_id or 0
            await self.bot.http.delete_scheduled_event(self.bot.guilds[0].id, event)
            with override_settings(START_TIME=time(20, 30)):
                self.go_to("19:32")

                await self.until(self.closed)

            self.assertEqual(self.events(), [])
            self.assertEqual((await self.row()).error, "removed by hand")


class WithoutRightTests(MirrorCase):
    """The bot may not plan events."""

    bot_may = permissions.EVERYONE

    async def test_it_is_told_once_and_nothing_breaks(self) -> None:
        async with self.night():
            with self.assertLogs("botworker.tracked_rows") as told:
                await self.turn_on()

                await self.until(self.refused)

            self.assertEqual(len(told.output), 1)
            self.assertIn("may not manage", (await self.row()).error)
            self.assertEqual(self.events(), [])
