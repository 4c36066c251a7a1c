"""The first Slomix's written commands, in the bot's direct messages."""

from datetime import date, timedelta

from django.test import override_settings

from accounts.models import User
from availability.models import Entry
from botworker.models import Delivery, State
from promotions import actions
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase
from tests.cast import TONIGHT

TODAY = TONIGHT.date()


class WrittenTests(CommandCase):
    async def answers(self, who: User) -> dict[date, str]:
        return await call(
            lambda: dict(Entry.objects.filter(person=who).values_list("day", "status"))
        )

    async def test_every_synonym_in_both_orders_and_languages(self) -> None:
        written = {
            "!avail today LOOKING": "LOOKING",
            "!avail today looking to play": "LOOKING",
            "!avail TODAY l": "LOOKING",
            "!avail today a": "AVAILABLE",
            "!avail today tentative": "MAYBE",
            "!avail danes mogoče": "MAYBE",
            "!avail not-playing today": "NOT_PLAYING",
            "!avail today N": "NOT_PLAYING",
            "tonight looking": "LOOKING",
            "danes morda": "MAYBE",
        }
        async with self.night():
            await self.ready()
            for minute, (text, status) in enumerate(written.items()):
                with self.subTest(text):
                    self.travel(TONIGHT + timedelta(minutes=minute))
                    await call(Entry.objects.all().delete)

                    told = await self.write(self.bor, text)

                    self.assertIn("Your answer for tonight", told)
                    self.assertEqual(await self.answers(self.bor), {TODAY: status})

    async def test_remove_words_before_and_behind_the_day(self) -> None:
        async with self.night():
            await self.ready()
            for minute, text in enumerate(("!avail remove 2026-11-20", "!avail today unset")):
                with self.subTest(text):
                    self.travel(TONIGHT + timedelta(minutes=minute))
                    await call(make.entry, self.bor)

                    self.assertIn("is cleared.", await self.write(self.bor, text))
                    self.assertEqual(await self.answers(self.bor), {})

    async def test_status_says_tonight_and_tomorrow(self) -> None:
        """W32: “0 more” was said while those who are not looking were counted too."""
        await call(make.entry, self.bor, "LOOKING")
        for name in ("Dare", "Eva", "Fran", "Gal", "Hana"):
            await call(make.entry, await call(make.person, name), "AVAILABLE")
        async with self.night():
            await self.ready()

            told = await self.write(self.bor, "!avail status")

        self.assertEqual(
            told,
            "**Tonight, 21:00 CET: Looking.** **Tomorrow: no answer yet.** "
            "1 is looking, 5 more and we play. 5 could still come.",
        )

    async def test_what_is_not_understood_is_named_in_words_that_do_nothing(self) -> None:
        refused = {
            "!avail": "Write:",
            "!avail what is this": "Write:",
            "!avail today @everyone": "I do not know “@\u2060everyone”.",
            "!avail 2026-02-29 no": r"I do not know the day “2026\-02\-29”.",
            "!avail today looking from 27:30": r"27:30 is not a time.".replace(":", "\\:"),
            "!avail 2026-11-19 no": "2026-11-19 is over.",
            "!avail 2027-03-01 no": "We plan 90 days ahead",
        }
        async with self.night():
            await self.ready()
            for minute, (text, words) in enumerate(refused.items()):
                with self.subTest(text):
                    self.travel(TONIGHT + timedelta(minutes=minute))
                    self.assertIn(words, await self.write(self.bor, text))

        self.assertEqual(await self.answers(self.bor), {})

    async def test_the_last_answer_is_taken_back(self) -> None:
        async with self.night():
            await self.ready()
            await self.write(self.bor, "!avail today maybe")

            told = await self.write(self.bor, "!avail undo")

        self.assertIn("Your answer for tonight is cleared.", told)
        self.assertEqual(await self.answers(self.bor), {})

    async def test_whoever_has_no_player_learns_how_to_get_one(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.write(self.cene, "!avail today looking")

        self.assertIn("First tell us who you are in the game.", told)

    async def test_talk_is_left_alone(self) -> None:
        async with self.night() as discord:
            await self.ready()
            number, channel = self.bor.discord.discord_id, await self.dm(self.bor)

            for text in ("hi there, how are you?", "😀", "http://example.org/today", "!dance"):
                await discord.say(number, channel, text)
            await self.write(self.bor, "!avail status")

            self.assertEqual(len(self.inbox(self.bor)), 1)


class LikeAButtonTests(CommandCase):
    """What is written below a reminder does what its buttons do."""

    async def test_no_ends_what_was_promised_and_in_brings_it_back(self) -> None:
        self.go_to("20:00")
        await call(make.entry, self.bor)
        await call(
            actions.promote,
            promoter=self.ana,
            include_available=True,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )
        async with self.night():
            await self.ready()

            no = await self.write(self.bor, "no")
            self.assertIn("You are not playing tonight.", no)
            self.assertIn("reminders are cancelled", no)
            self.assertEqual(await self.promised(), 0)
            late = await self.write(self.bor, "late")

        self.assertIn("You are in, at about 21:10 CET.", late)
        self.assertGreater(await self.promised(), 0)

    async def promised(self) -> int:
        ahead = Delivery.objects.filter(person=self.bor, state=State.PLANNED)
        return await call(ahead.count)


class FaultTests(CommandCase):
    async def test_a_fault_of_ours_is_told_with_a_code_and_logged(self) -> None:
        async with self.night():
            await self.ready()

            with override_settings(READY_THRESHOLD=None), self.assertLogs(level="ERROR") as logged:
                told = await self.run_as(self.bor, "tonight")
                written = await self.write(self.bor, "!avail status")

        self.assertRegex(told, r"it is our fault.*`\d{1,6}`")
        self.assertIn("it is our fault", written)
        self.assertEqual(len(logged.records), 2)


class OlderCommandTests(CommandCase):
    async def test_a_command_that_is_no_more_is_answered(self) -> None:
        async with self.night():
            await self.ready()
            for guild in (None, self.bot.guilds[0]):
                self.bot.tree.remove_command("queue", guild=guild)

            told = await self.run_as(self.bor, "queue")

        self.assertIn("This command has changed.", told)
