from typing import Any

from django.test import override_settings

from availability.models import Entry, Status
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import CHANNEL, JourneyCase


@override_settings(POLL_ENABLED=True)
class LivingPostTests(JourneyCase):
    def button(self, verb: str) -> str:
        rows: list[Any] = self.standin.messages(CHANNEL)[0]["components"]
        ids: list[str] = [b.get("custom_id", "") for row in rows for b in row["components"]]
        return next(one for one in ids if f":{verb}:" in one)

    async def test_it_posts_the_evening_once_and_survives_a_restart(self) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            await self.until(lambda: len(discord.messages(CHANNEL)) == 1)

            await self.stop_bot()
            await self.start_bot()
            post = discord.messages(CHANNEL)[0]
            reply = await discord.press(
                self.bor.discord.discord_id, int(post["id"]), self.button("looking")
            )

            self.assertIn("Your answer for Friday 20 November: Looking", reply["content"])
            self.assertTrue(reply["ephemeral"])
            await self.until(
                lambda: "1 is looking" in discord.messages(CHANNEL)[0]["embeds"][0]["description"]
            )
            posts = [one for one in discord.messages(CHANNEL) if not one["flags"] & 64]
            self.assertEqual(len(posts), 1)
        entry = await call(Entry.objects.get, person=self.bor)
        self.assertEqual((entry.status, entry.door), (Status.LOOKING, "discord"))

    async def test_it_refuses_yesterdays_button_and_never_changes_today(self) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            await self.until(lambda: len(discord.messages(CHANNEL)) == 1)
            post = discord.messages(CHANNEL)[0]
            old = self.button("looking").replace("20261120", "20261119")

            reply = await discord.press(
                self.bor.discord.discord_id, int(post["id"]), old, forge=True
            )

            self.assertIn("it is over", reply["content"])
        self.assertFalse(await call(Entry.objects.exists))

    async def test_it_tells_the_unlinked_how_to_link(self) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            await self.until(lambda: len(discord.messages(CHANNEL)) == 1)
            post = discord.messages(CHANNEL)[0]

            reply = await discord.press(
                self.cene.discord.discord_id, int(post["id"]), self.button("looking")
            )

            self.assertIn("First tell us who you are in the game", reply["content"])
        self.assertFalse(await call(Entry.objects.exists))

    async def test_it_answers_a_button_that_somebody_made_up(self) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            await self.until(lambda: len(discord.messages(CHANNEL)) == 1)
            post = discord.messages(CHANNEL)[0]

            for made_up in ("evening:99999999:looking:" + "x" * 22, "nonsense", "x" * 100):
                reply = await discord.press(
                    self.bor.discord.discord_id, int(post["id"]), made_up, forge=True
                )
                self.assertIn("does nothing any more", reply["content"])
        self.assertFalse(await call(Entry.objects.exists))

    async def test_it_never_lets_a_name_mention_anybody(self) -> None:
        self.go_to("19:30")
        evil = await call(make.person, "@everyone <@1> [x](http://evil)", show_name=True)
        await call(make.entry, evil)
        async with self.night() as discord:
            await self.until(lambda: len(discord.messages(CHANNEL)) == 1)

            post = discord.messages(CHANNEL)[0]

            self.assertEqual((post["mentions"], post["mention_everyone"]), ([], False))
            value = post["embeds"][0]["fields"][0]["value"]
            for live in ("@everyone", "<@1>", "](http://"):
                self.assertNotIn(live, value)
