import asyncio
import time
from datetime import timedelta
from typing import Any

import time_machine
from django.test import override_settings

from accounts.models import User
from availability import actions
from availability.models import Entry, Status
from botworker.models import Attempt, Delivery, State, Tracked
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import CHANNEL, JourneyCase
from tests.cast import TONIGHT

TOMORROW = TONIGHT.date() + timedelta(days=1)


@override_settings(POLL_ENABLED=True)
class LivingPostTests(JourneyCase):
    def button(self, verb: str) -> str:
        rows: list[Any] = self.standin.messages(CHANNEL)[0]["components"]
        ids: list[str] = [b.get("custom_id", "") for row in rows for b in row["components"]]
        return next(one for one in ids if f":{verb}:" in one)

    def posts(self) -> list[dict[str, Any]]:
        return [one for one in self.standin.messages(CHANNEL) if not one["flags"] & 64]

    def of_today(self) -> list[dict[str, Any]]:
        return [one for one in self.posts() if "20 November" in one["embeds"][0]["title"]]

    async def kept(self) -> Tracked:
        return await call(Tracked.objects.get, key="EVENING:2026-11-20")

    async def is_kept(self) -> bool:
        """The post stands and the keeper knows where."""
        found = await call(Tracked.objects.filter(message_id__isnull=False).exists)
        return found and bool(self.posts())

    def crowd(self, number: int) -> list[User]:
        return [make.person() for _each in range(number)]

    def answer(self, who: User) -> None:
        actions.answer(person=who, day=TONIGHT.date(), status="LOOKING", at=clock.now())

    def lose_the_answer(self) -> None:
        """Let the drain have died between Discord's answer and writing it down."""
        row = Delivery.objects.get()
        Delivery.objects.filter(pk=row.pk).update(
            state=State.SENDING, lease_until=clock.now(), settled_at=None
        )
        Attempt.objects.filter(delivery=row).update(
            outcome="pending", provider_channel_id=None, provider_message_id=None, ended_at=None
        )
        Tracked.objects.update(message_id=None, shown_hash="", look_at=clock.now())

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

    async def test_a_deleted_post_is_posted_again_and_its_new_id_kept(self) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            await self.until(self.is_kept)
            first = self.posts()[0]["id"]
            await self.bot.http.delete_message(CHANNEL, int(first))
            with self.assertLogs("botworker.tracked_rows") as told:
                await call(self.answer, self.bor)

                await self.until(lambda: [one["id"] for one in self.posts()] not in ([first], []))

            await self.until(self.is_kept)
            self.assertIn("posted again", told.output[0])
            self.assertEqual((await self.kept()).message_id, int(self.posts()[0]["id"]))
            reply = await discord.press(
                self.bor.discord.discord_id, self.posts()[0]["id"], self.button("no")
            )
            self.assertIn("Not playing", reply["content"])
            self.assertEqual(len(self.posts()), 1)

    async def test_a_deleted_post_is_missed_though_nobody_answers(self) -> None:
        self.go_to("19:30")
        async with self.night():
            await self.until(self.is_kept)
            await self.bot.http.delete_message(CHANNEL, int(self.posts()[0]["id"]))
            with self.assertLogs("botworker.tracked_rows"):
                self.go_to("19:32")

                await self.until(lambda: len(self.posts()) == 1)

    async def test_fifty_answers_in_a_second_are_few_edits(self) -> None:
        self.go_to("19:30")
        crowd = await call(self.crowd, 50)
        async with self.night() as discord:
            await self.until(self.is_kept)
            began = time.monotonic()
            for who in crowd:
                await call(self.answer, who)

            await self.until(lambda: "Looking 50" in str(self.posts()[0]["embeds"]))

            took = time.monotonic() - began
            edits = [one for one in discord.journal if one["method"] == "PATCH"]
            # One after 1.5 s of quiet, so on a machine too slow for that a few more.
            self.assertLessEqual(len(edits), 2 + took // 1.5)

    async def test_a_crash_after_posting_leaves_one_post(self) -> None:
        """W22: the post was there and its row was not, so it was posted again."""
        self.go_to("19:30")
        async with self.night():
            await self.until(self.is_kept)
            await self.stop_bot()
            await call(self.lose_the_answer)
            await self.start_bot()

            await self.until(self.is_kept)
            await call(self.answer, self.bor)
            await self.until(lambda: "1 is looking" in str(self.posts()[0]["embeds"]))

            self.assertEqual(len(self.posts()), 1)

    async def test_two_bots_have_one_post(self) -> None:
        self.go_to("19:30")
        async with self.night(bot=False):
            await self.start_bot()
            first, running = self.bot, self._running
            await self.start_bot()

            await self.until(self.is_kept)
            await call(self.answer, self.bor)
            await self.until(lambda: "1 is looking" in str(self.posts()[0]["embeds"]))
            await asyncio.sleep(0.5)

            self.assertEqual(len(self.posts()), 1)
            await first.close()
            await asyncio.wait([running], timeout=5)

    async def test_at_midnight_it_says_how_it_went_and_loses_its_buttons(self) -> None:
        self.go_to("23:58")
        async with self.night():
            await self.until(self.is_kept)
            self._clock.stop()
            self._clock = time_machine.travel(make.at("00:00:30", TOMORROW), tick=True)
            self._clock.start()

            await self.until(lambda: not self.of_today()[0]["components"])

            self.assertIn("Tomorrow is another evening", str(self.of_today()[0]["embeds"]))

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
