"""What is kept true in Discord, by the real client and over real sockets."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from django.test import override_settings

from botworker.keeper import Keeper
from botworker.models import Tracked
from botworker.standin import Channel, World
from botworker.standin.faults import Fault
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import kept
from tests.bot.journey import CHANNEL, JourneyCase

pytestmark = pytest.mark.slow

OTHER = CHANNEL + 1
EDITS = f"PATCH /channels/{CHANNEL}/messages/*"


@override_settings(TRACKED_KINDS=kept.KINDS)
class KeeperJourney(JourneyCase):
    def setUp(self) -> None:
        super().setUp()
        kept.forget()
        self.go_to("19:30")

    def world(self) -> World:
        made = super().world()
        channels = (*made.guild.channels, Channel(OTHER, "raids"))
        return replace(made, guild=replace(made.guild, channels=channels))

    def said(self, channel: int = CHANNEL) -> list[str]:
        return [one["content"] for one in self.standin.messages(channel)]

    async def row(self, key: str = "A") -> Tracked:
        return await call(Tracked.objects.get, key=key)

    async def stands(self, key: str = "A", channel: int = CHANNEL) -> None:
        """Keep a message, and wait until the keeper knows where it stands."""
        await call(kept.board, key, channel, clock.now())

        async def known() -> bool:
            return (await self.row(key)).message_id is not None

        await self.until(known)

    async def has_error(self) -> bool:
        return bool((await self.row()).error)

    async def has_no_error(self) -> bool:
        return not await self.has_error()

    def fault(self, kind: str, **how: Any) -> None:
        self.standin.parts.faults.add(Fault(EDITS, kind, **how))

    async def test_a_channel_that_hangs_holds_no_other(self) -> None:
        async with self.night():
            await self.stands()
            await self.stands("B", OTHER)
            self.fault("late", seconds=3.0)
            kept.says("A", "slow")
            kept.says("B", "quick")

            await self.until(lambda: self.said(OTHER) == ["quick"])

            self.assertEqual(self.said(), ["first"])
            await self.until(lambda: self.said() == ["slow"])

    async def test_a_refusal_stands_in_the_row_and_breaks_nothing(self) -> None:
        async with self.night():
            await self.stands()
            await self.stands("B", OTHER)
            with self.assertLogs("botworker.tracked_rows") as told:
                self.fault("refuse", code=50013, times=None)
                kept.says("A", "new")
                await self.until(self.has_error)
            kept.says("B", "goes on")

            await self.until(lambda: self.said(OTHER) == ["goes on"])

            self.assertEqual((await self.row()).error, "the bot may not write here")
            self.assertEqual(len(told.output), 1)
            self.standin.parts.faults.clear()
            self.go_to("19:31")
            await self.until(self.has_no_error)
            self.assertEqual(self.said(), ["new"])

    async def test_an_edit_whose_answer_was_lost_leaves_one_message(self) -> None:
        async with self.night():
            await self.stands()
            with self.assertLogs("botworker"):
                self.fault("garbage")
                kept.says("A", "new")
                await self.until(self.has_error)

            await self.until(lambda: self.said() == ["new"])

    async def test_two_keepers_edit_once_and_post_nothing_twice(self) -> None:
        async with self.night() as discord:
            await self.stands()
            other = Keeper(self.bot)
            running = asyncio.create_task(other.run())
            kept.says("A", "new")

            await self.until(lambda: self.said() == ["new"])
            await asyncio.sleep(1)
            other.stop()
            await running

            edits = [one for one in discord.journal if one["method"] == "PATCH"]
            self.assertEqual((len(edits), self.said()), (1, ["new"]))

    async def test_who_stops_hands_back_what_is_under_way(self) -> None:
        async with self.night():
            await self.stands()
            self.fault("late", seconds=6.0)
            kept.says("A", "new")

            async def held() -> bool:
                return bool((await self.row()).lease_owner)

            await self.until(held)
            await self.stop_bot()

            self.assertEqual((await self.row()).lease_owner, "")
            await self.start_bot()
            await self.until(lambda: self.said() == ["new"], within=20)
