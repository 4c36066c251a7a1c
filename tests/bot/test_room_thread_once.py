"""One thread a room, whatever dies; and a room that never waits for it."""

import asyncio
from dataclasses import replace
from typing import ClassVar

import pytest
from django.test import override_settings

from botworker.keeper import Keeper
from botworker.models import Tracked
from botworker.standin import Channel, World, permissions
from botworker.standin.faults import Fault
from botworker.standin.world import VOICE
from planning.rooms.chat import keys
from planning.rooms.models import Room
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL
from tests.bot.rooming import DAY, RoomCase

pytestmark = pytest.mark.slow

VOICE_ID = CHANNEL + 5
BEGIN = f"POST /channels/{CHANNEL}/threads"


class Case(RoomCase):
    async def has_thread(self) -> bool:
        return (await self.room()).thread_id is not None

    async def has_trouble(self) -> bool:
        return bool((await self.room()).thread_trouble)

    def forget(self) -> None:
        """Let the bot have died between Discord's answer and writing it down."""
        Tracked.objects.filter(key=keys.thread(DAY)).update(message_id=None, look_at=clock.now())
        Room.objects.update(thread_id=None)

    def fault(self, kind: str, **how: float) -> None:
        fault = Fault(BEGIN, kind, **how)  # type: ignore[arg-type]
        self.hit = [fault]
        self.standin.parts.faults.add(fault)


class OnceJourney(Case):
    async def test_a_crash_after_it_was_begun_leaves_one_thread(self) -> None:
        """W31: whoever came second began a second thread and overwrote the first one's id."""
        async with self.night():
            await self.open_with_thread()
            first = self.thread()
            await self.stop_bot()
            await call(self.forget)
            await self.start_bot()

            await self.until(self.has_thread)

            self.assertEqual((self.thread(), (await self.room()).thread_id), (first, first))

    async def test_one_that_was_asked_for_when_the_bot_was_stopped_is_found(self) -> None:
        async with self.night():
            self.fault("slow", seconds=6.0)
            await self.open()
            await self.until(lambda: bool(self.threads()))
            await self.stop_bot()
            await self.start_bot()
            self.go_to("19:31")

            await self.until(self.has_thread)

            self.assertEqual(len(self.threads()), 1)

    async def test_one_that_comes_true_after_the_bot_was_stopped_is_waited_for(self) -> None:
        async with self.night():
            self.fault("late", seconds=4.0)
            await self.open()
            await self.until(self.is_asked_for)
            await self.stop_bot()
            await self.start_bot()
            await self.until(lambda: bool(self.threads()))
            self.go_to("19:31")

            await self.until(self.has_thread)

            self.assertEqual((self.asked(), len(self.threads())), (1, 1))

    def asked(self) -> int:
        """Return how often a thread was asked for."""
        paths = [one["path"] for one in self.standin.journal if one["method"] == "POST"]
        return len([path for path in paths if path.endswith(f"/{CHANNEL}/threads")])

    def is_asked_for(self) -> bool:
        return any(fault.hits_so_far for fault in self.hit)

    async def test_an_answer_that_was_lost_begins_no_second_thread(self) -> None:
        async with self.night():
            with self.assertLogs("botworker.tracked_rows"):
                self.fault("500_after")
                await self.open()
                await self.until(self.has_trouble)
            self.go_to("19:31")

            await self.until(self.has_thread)

            self.assertEqual(len(self.threads()), 1)
            self.assertEqual((await self.room()).thread_trouble, "")

    async def test_two_keepers_begin_one_thread(self) -> None:
        async with self.night():
            other = Keeper(self.bot)
            running = asyncio.create_task(other.run())
            await self.open_with_thread()
            other.stop()
            await running

            self.assertEqual((self.asked(), len(self.threads())), (1, 1))

    async def test_whoever_deletes_it_is_right_and_the_room_says_so(self) -> None:
        async with self.night() as there:
            await self.open_with_thread()
            await there.delete_channel(self.thread())
            with self.assertNoLogs("botworker.keeper"):
                self.go_to("19:32")

                await self.until(self.has_trouble)

            room = await self.room()
            self.assertEqual((room.thread_id, room.thread_trouble), (None, "removed by hand"))
            await asyncio.sleep(2)
            self.assertEqual(self.threads(), [])


class WithoutTheRight(Case):
    bot_may: ClassVar[int] = permissions.BOT & ~permissions.PRIVATE_THREADS

    async def test_the_room_is_there_and_says_why_its_thread_is_not(self) -> None:
        async with self.night():
            with self.assertLogs("botworker.tracked_rows") as told:
                await self.open()
                await self.until(self.has_trouble)

        room = await self.room()
        self.assertEqual(room.thread_trouble, "the bot may not begin or fill private threads there")
        self.assertEqual((room.thread_id, len(told.output)), (None, 1))


class BelowVoice(Case):
    """Somebody named a voice channel by mistake."""

    def world(self) -> World:
        made = super().world()
        channels = (*made.guild.channels, Channel(VOICE_ID, "Axis", VOICE))
        return replace(made, guild=replace(made.guild, channels=channels))

    @override_settings(PLANNING_THREAD_PARENT_ID=VOICE_ID)
    async def test_the_room_says_where_threads_can_be(self) -> None:
        async with self.night():
            with self.assertLogs("botworker.tracked_rows"):
                await self.open()
                await self.until(self.has_trouble)

        trouble = (await self.room()).thread_trouble
        self.assertEqual(trouble, "private threads hang below text channels only")


class WithoutTheSwitch(Case):
    async def test_no_thread_is_begun(self) -> None:
        with override_settings(PLANNING_THREAD_ENABLED=False):
            async with self.night():
                await self.open()
                await asyncio.sleep(2)

                self.assertEqual(self.threads(), [])
        self.assertEqual((await self.room()).thread_trouble, "")
