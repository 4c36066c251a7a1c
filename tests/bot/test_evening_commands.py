"""An evening answered, cleared and looked at by slash command."""

from datetime import date, timedelta

from accounts.models import Preferences, User
from availability.models import Entry, Usual
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase, labels
from tests.cast import TONIGHT

TODAY = TONIGHT.date()
TOMORROW = TODAY + timedelta(days=1)
FOUR = ["Looking", "Available", "Maybe", "Not playing"]
FIRST_LINK = "First tell us who you are in the game."


class EveningCommandCase(CommandCase):
    async def answer_of(self, who: User, day: date = TODAY) -> str:
        def read() -> str:
            found = Entry.objects.filter(person=who, day=day).first()
            return found.status if found else ""

        return await call(read)


class AnswerCommandTests(EveningCommandCase):
    async def test_an_answer_counts_and_is_changed_by_a_press_below_it(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.told(self.bor, "avail", day="today", status="LOOKING")

            self.assertIn("Your answer for tonight: Looking.", told["content"])
            self.assertEqual(labels(told)[:4], FOUR)
            entry = await call(Entry.objects.get, person=self.bor)
            self.assertEqual((entry.status, entry.door, entry.day), ("LOOKING", "discord", TODAY))

            after = await self.press_below(self.bor, told, "Maybe")

            self.assertIn("Maybe", after["content"])
            self.assertEqual(await self.answer_of(self.bor), "MAYBE")

    async def test_a_time_to_come_is_kept_and_said(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.run_as(
                self.bor, "avail", day="tomorrow", status="LOOKING", **{"from": "21:30"}
            )

        self.assertIn("Looking, from 21:30 CET", told)
        entry = await call(Entry.objects.get, person=self.bor)
        self.assertEqual(entry.late_until, make.at("21:30", TOMORROW))

    async def test_what_is_no_day_or_no_time_is_named_and_changes_nothing(self) -> None:
        refused = {
            "2026-02-29": r"I do not know the day “2026\-02\-29”.",
            "2026-11-19": "2026-11-19 is over.",
            "2027-02-19": "We plan 90 days ahead, until 2027-02-18.",
            "@everyone **now**": "I do not know the day “@\u2060everyone",
            "🎯🎯": "I do not know the day “🎯🎯”",
        }
        # A minute between two of them, so that nobody is told to wait.
        async with self.night():
            await self.ready()
            for minutes, (day, words) in enumerate(refused.items()):
                self.travel(TONIGHT + timedelta(minutes=minutes))
                with self.subTest(day):
                    told = await self.run_as(self.bor, "avail", day=day, status="MAYBE")
                    self.assertIn(words, told)
            wrong = await self.run_as(
                self.bor, "avail", day="today", status="LOOKING", **{"from": "25:00"}
            )

        self.assertIn(r"25\:00 is not a time.", wrong)
        self.assertEqual(await call(Entry.objects.count), 0)

    async def test_whoever_has_no_player_learns_how_to_get_one(self) -> None:
        async with self.night():
            await self.ready()

            for command, options in {
                "avail": {"day": "today", "status": "LOOKING"},
                "avail_clear": {"day": "today"},
                "pattern": {},
                "away": {},
                "avail_link": {"channel": "telegram"},
            }.items():
                with self.subTest(command):
                    told = await self.told(self.cene, command, **options)
                    self.assertIn(FIRST_LINK, told["content"])
                    self.assertEqual(labels(told), ["Link my player"])

        self.assertEqual(await call(Entry.objects.count), 0)

    async def test_the_third_within_a_quarter_minute_has_to_wait(self) -> None:
        async with self.night():
            await self.ready()
            await self.run_as(self.bor, "avail", day="today", status="LOOKING")
            await self.run_as(self.bor, "avail", day="today", status="MAYBE")
            self.travel(TONIGHT + timedelta(seconds=4))

            told = await self.run_as(self.bor, "avail", day="today", status="NOT_PLAYING")

            self.assertEqual(
                told,
                "**That was a lot at once.** Again in 11 seconds. "
                "Your last answer that counts: Maybe.",
            )
            self.assertEqual(await self.answer_of(self.bor), "MAYBE")
            self.travel(TONIGHT + timedelta(seconds=15))
            await self.run_as(self.bor, "avail", day="today", status="NOT_PLAYING")
            self.assertEqual(await self.answer_of(self.bor), "NOT_PLAYING")

    async def test_the_same_again_changes_nothing_and_says_so(self) -> None:
        await call(make.entry, self.bor, "LOOKING", door="web")
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "avail", day="today", status="LOOKING")

        self.assertIn("Already so: Looking.", told)
        entry = await call(Entry.objects.get, person=self.bor)
        self.assertEqual(entry.door, "web")

    async def test_clearing_says_that_the_week_leaves_it_empty(self) -> None:
        await call(make.entry, self.bor, "MAYBE")
        await call(
            Usual.objects.create, person=self.bor, weekday=4, status="LOOKING", since=TONIGHT
        )
        async with self.night():
            await self.ready()

            first = await self.run_as(self.bor, "avail_clear", day="friday")
            again = await self.run_as(self.bor, "avail_clear", day="today")

        self.assertIn("Your answer for tonight is cleared.", first)
        self.assertIn("Your usual week does not fill it again.", first)
        self.assertIn("There was no answer for tonight.", again)

    async def test_days_are_completed_by_their_name_and_their_date(self) -> None:
        async with self.night():
            await self.ready()

            everything = await self.offered(self.bor, "avail", "day", "")
            tomorrow = await self.offered(self.bor, "avail", "day", "tom")
            monday = await self.offered(self.bor, "avail_clear", "day", "mon")
            dated = await self.offered(self.bor, "avail", "day", "24.12.")
            none = await self.offered(self.bor, "avail", "day", "2026-02-29")

        self.assertEqual(len(everything), 25)
        self.assertEqual(
            everything[:2], ["Today, Friday 20 November", "Tomorrow, Saturday 21 November"]
        )
        self.assertEqual(tomorrow, ["Tomorrow, Saturday 21 November"])
        self.assertEqual(monday[:2], ["Monday 23 November", "Monday 30 November"])
        self.assertEqual(dated, ["Thursday 24 December"])
        self.assertEqual(none, [])

    async def test_the_answer_comes_in_the_persons_language(self) -> None:
        await call(Preferences.objects.filter(user=self.bor).update, language="sl")
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "avail", day="jutri", status="LOOKING")

        self.assertIn("Tvoj odgovor za soboto, 21. november: Iščem igro.", told)


class LookingCommandTests(EveningCommandCase):
    async def test_tonight_says_what_holds_and_how_many_are_missing(self) -> None:
        await call(make.entry, self.bor, "LOOKING", late_until=make.at("21:10"))
        await call(make.entry, self.ana, "AVAILABLE")
        async with self.night():
            await self.ready()

            told = await self.told(self.bor, "tonight")

        self.assertEqual(
            told["content"],
            "**Tonight, 21:00 CET: Looking, from 21:10 CET.** "
            "1 is looking, 5 more and we play. 1 could still come.",
        )
        self.assertEqual(labels(told)[:4], FOUR)
        self.assertIn("Tonight’s page", labels(told))

    async def test_tonight_shows_a_stranger_numbers_and_the_way_in(self) -> None:
        await call(make.entry, self.bor, "LOOKING")
        async with self.night():
            await self.ready()

            told = await self.told(self.cene, "tonight")

        self.assertIn("1 is looking, 5 more and we play.", told["content"])
        self.assertIn(FIRST_LINK, told["content"])
        self.assertEqual(labels(told), ["Link my player"])

    async def test_the_queue_names_people_only_to_players(self) -> None:
        """W9: names were for everybody who had signed in."""
        await call(make.entry, self.bor, "LOOKING", since=make.at("18:05"))
        async with self.night():
            await self.ready()

            mine = await self.run_as(self.ana, "queue")
            theirs = await self.run_as(self.cene, "queue")

        self.assertEqual(mine, "**Queue for 21:00 CET: 1.**\n1. Bazooka Bor, since 18:05")
        self.assertNotIn("Bor", theirs)
        self.assertIn("1 is looking", theirs)

    async def test_an_empty_queue_invites(self) -> None:
        async with self.night():
            await self.ready()

            told = await self.told(self.bor, "queue")

        self.assertIn("Queue is empty.", told["content"])
        self.assertEqual(labels(told)[:4], FOUR)

    async def test_a_name_in_the_queue_is_never_a_mention_or_markup(self) -> None:
        rude = await call(make.person, "@here **x** \u202eliar")
        await call(make.entry, rude, "LOOKING")
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "queue")

        self.assertIn("@\u2060here \\*\\*x\\*\\* liar, since", told)
