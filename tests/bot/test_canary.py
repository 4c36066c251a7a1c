import asyncio
import json
from io import StringIO

import discord
from django.core.management import CommandError, call_command

from botworker import canary
from botworker.canary import Canary, Measured
from tests.bot.journey import CHANNEL, TOKEN, JourneyCase


class CanaryTests(JourneyCase):
    """What is measured on a real account is measured right, and nothing stays behind."""

    def setUp(self) -> None:
        super().setUp()
        self.told: list[str] = []

    async def measure(self, *waits: float, closes_after: float = 1000) -> Measured:
        """Measure in Bor's direct messages; Discord forgets nonces after so many seconds."""
        passed = 0.0

        async def travel(seconds: float) -> None:
            nonlocal passed
            passed += seconds
            window = self.standin.parts.desk.posting
            window.nonce_window = 1000.0 if passed < closes_after else -1.0

        async with discord.Client(intents=discord.Intents.none()) as rest:
            await rest.login(TOKEN)
            place = await rest.create_dm(discord.Object(self.bor.discord.discord_id))
            return await Canary(place, sleep=travel, tell=self.told.append).measure(waits)

    async def test_the_window_lies_between_the_last_same_and_the_first_new_message(self) -> None:
        async with self.night(bot=False):
            found = await self.measure(1, 60, 120, 300, closes_after=120)
        self.assertEqual((found.nonce.same, found.nonce.new), (60, 120))
        self.assertTrue(found.nonce.other_words_ignored)
        self.assertEqual(self.told[-1], "after 120 s: another")
        self.assertEqual(found.missed, [])

    async def test_buttons_and_words_are_read_back(self) -> None:
        async with self.night(bot=False):
            found = await self.measure(0)
        self.assertTrue(found.history.found and found.history.buttons and found.history.words)

    async def test_nothing_stays_behind(self) -> None:
        async with self.night(bot=False) as discord_:
            found = await self.measure(0, 60, closes_after=60)
            self.assertEqual(discord_.inbox(self.bor.discord.discord_id), [])
        self.assertEqual(found.left_behind, 0)

    async def test_a_window_that_is_too_short_is_said(self) -> None:
        async with self.night(bot=False):
            found = await self.measure(1, closes_after=0)
        self.assertEqual(found.missed, ["a nonce repeated within 10 s makes a second message"])

    async def test_the_command_prints_what_it_saw_in_a_channel(self) -> None:
        async with self.night(bot=False):
            out = StringIO()
            await asyncio.to_thread(
                call_command, "discord_canary", "--channel", str(CHANNEL), "--waits", "0",
                "--yes", stdout=out, stderr=StringIO(),
            )  # fmt: skip
        told = json.loads(out.getvalue())
        self.assertEqual(told["nonce"]["same"], 0)
        self.assertEqual(told["missed"], [])

    async def test_a_place_that_is_not_there_is_said_in_words(self) -> None:
        async with self.night(bot=False):
            with self.assertRaisesRegex(CommandError, "Discord refused with 404, 10003"):
                await asyncio.to_thread(
                    call_command, "discord_canary", "--channel", "1", "--yes",
                    stdout=StringIO(), stderr=StringIO(),
                )  # fmt: skip

    def test_waits_that_do_not_rise_are_refused(self) -> None:
        for wrong in ("10,1", "a", "1,1", "-1,2", "1,90000", "nan"):
            with self.subTest(wrong), self.assertRaises(CommandError):
                call_command("discord_canary", "--person", "1", "--waits", wrong, "--yes")

    def test_a_gap_in_the_history_is_missed(self) -> None:
        found = Measured(nonce=canary.Nonce(same=600))
        self.assertEqual(len(found.missed), 2)
