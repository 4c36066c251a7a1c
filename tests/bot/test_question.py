"""The question that is asked once, below the first Looking in Discord."""

from dataclasses import replace

from django.test import override_settings

from accounts.models import Preferences, User
from botworker.standin import World
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase, labels
from tests.bot.journey import CHANNEL

ASKED = "Remind you at 20:45 and 21:00 CET"


class QuestionTests(CommandCase):
    def setUp(self) -> None:
        super().setUp()
        # Nobody has asked her, and nothing is switched on.
        self.dora: User = make.person("Dora")

    def world(self) -> World:
        world = super().world()
        return replace(world, people=(*world.people, self.person_of(self.dora)))

    async def wishes(self) -> Preferences:
        return await call(Preferences.objects.get, user=self.dora)

    async def test_the_first_looking_asks_and_yes_is_remembered(self) -> None:
        async with self.night():
            await self.ready()
            maybe = await self.run_as(self.dora, "avail", day="today", status="MAYBE")
            told = await self.told(self.dora, "avail", day="today", status="LOOKING")

            pressed = await self.press_below(self.dora, told, "On Discord")

        self.assertNotIn(ASKED, maybe)
        self.assertIn(ASKED, told["content"])
        self.assertIn("We remind you here at 20:45 and 21:00 CET", pressed["content"])
        wishes = await self.wishes()
        self.assertTrue(wishes.allow_promotions and wishes.asked_at)
        self.assertEqual(wishes.channel_order[0], "discord")

    async def test_no_is_remembered_and_nobody_is_asked_twice(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.dora, "avail", day="today", status="LOOKING")
            pressed = await self.press_below(self.dora, told, "No, thank you")
            again = await self.run_as(self.dora, "avail", day="tomorrow", status="LOOKING")

        self.assertIn("No reminders, and we won’t ask again.", pressed["content"])
        self.assertNotIn(ASKED, again)
        wishes = await self.wishes()
        self.assertFalse(wishes.allow_promotions)
        self.assertTrue(wishes.asked_at)

    async def test_whoever_leaves_it_is_not_asked_at_the_next_looking(self) -> None:
        async with self.night():
            await self.ready()
            await self.run_as(self.dora, "avail", day="today", status="LOOKING")

            again = await self.run_as(self.dora, "avail", day="tomorrow", status="LOOKING")

        self.assertNotIn(ASKED, again)
        self.assertIsNone((await self.wishes()).asked_at)

    async def test_who_is_reminded_already_is_not_asked(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "avail", day="today", status="LOOKING")

        self.assertNotIn(ASKED, told)

    @override_settings(POLL_ENABLED=True)
    async def test_a_press_on_the_evenings_post_asks_too(self) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            await self.until(lambda: bool(discord.messages(CHANNEL)))
            [post] = discord.messages(CHANNEL)
            ids = [
                one["custom_id"]
                for row in post["components"]
                for one in row["components"]
                if "custom_id" in one
            ]
            looking = next(one for one in ids if ":looking:" in one)

            told = await discord.press(self.dora.discord.discord_id, int(post["id"]), looking)

        self.assertIn(ASKED, told["content"])
        self.assertEqual(labels(told), ["On Discord", "On another channel", "No, thank you"])
