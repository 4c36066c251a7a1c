"""One's usual week and being away, by command."""

from datetime import date

from accounts.models import User
from availability.models import Away, Entry, Usual
from slomix.lib.bridge import call
from tests.bot.commanding import CommandCase
from tests.cast import TONIGHT


class PatternCommandTests(CommandCase):
    async def week(self, who: User) -> dict[int, str]:
        return await call(
            lambda: dict(Usual.objects.filter(person=who).values_list("weekday", "status"))
        )

    async def test_a_weekday_is_set_beside_the_others_and_fills_the_days_ahead(self) -> None:
        async with self.night():
            await self.ready()
            empty = await self.run_as(self.bor, "pattern")
            await self.run_as(self.bor, "pattern", weekday="1", status="LOOKING")

            told = await self.run_as(self.bor, "pattern", weekday="3", status="MAYBE")

        self.assertIn("Your usual week says nothing.", empty)
        self.assertIn("Your usual week: Tuesday: Looking, Thursday: Maybe.", told)
        self.assertIn("13 evenings ahead changed.", told)
        self.assertEqual(await self.week(self.bor), {1: "LOOKING", 3: "MAYBE"})
        tuesday = await call(Entry.objects.get, person=self.bor, day=date(2026, 11, 24))
        self.assertEqual((tuesday.status, tuesday.door), ("LOOKING", "pattern"))

    async def test_every_day_and_nothing_in_particular(self) -> None:
        async with self.night():
            await self.ready()

            await self.run_as(self.bor, "pattern", weekday="every", status="AVAILABLE")
            self.assertEqual(await self.week(self.bor), dict.fromkeys(range(7), "AVAILABLE"))
            told = await self.run_as(self.bor, "pattern", weekday="every", status="NOTHING")

        self.assertIn("Your usual week says nothing.", told)
        self.assertEqual(await call(Entry.objects.count), 0)


class AwayCommandTests(CommandCase):
    async def test_an_absence_is_said_listed_and_taken_back(self) -> None:
        async with self.night():
            await self.ready()

            said = await self.run_as(self.bor, "away", **{"from": "tomorrow", "to": "24. 11."})
            self.assertIn("You are away: Sat 21 Nov to Tue 24 Nov.", said)
            self.assertEqual(await call(Entry.objects.filter(status="NOT_PLAYING").count), 4)
            self.assertIn("Sat 21 Nov to", await self.run_as(self.bor, "away"))
            [offer] = await self.standin.autocomplete(
                self.bor.discord.discord_id,
                self.standin.parts.world.guild.channels[0].id,
                "away",
                {"end": ""},
                "end",
            )
            told = await self.run_as(self.bor, "away", end=offer["value"])

        self.assertIn("That absence is taken back.", told)
        self.assertIn("You are not away.", told)
        self.assertEqual(await call(Entry.objects.count), 0)

    async def test_swapped_days_and_other_peoples_absences_change_nothing(self) -> None:
        theirs = await call(
            Away.objects.create,
            person=self.ana,
            first=date(2026, 12, 1),
            last=date(2026, 12, 2),
            said_at=TONIGHT,
        )
        refused: list[tuple[dict[str, str], str]] = [
            ({"from": "2026-12-05", "to": "2026-12-01"}, "The last day is before the first one"),
            ({"from": "yesterday"}, "2026-11-19 is over."),
            ({"from": "2026-12-01", "to": "2027-12-01"}, "Away for at most 180 days"),
            ({"end": str(theirs.pk)}, "This absence is taken back already."),
            ({"end": "9" * 30}, "This absence is taken back already."),
            ({"end": "٣"}, "This absence is taken back already."),
        ]
        async with self.night():
            await self.ready()
            for options, words in refused:
                with self.subTest(str(options)):
                    self.assertIn(words, await self.run_as(self.bor, "away", **options))

        self.assertEqual(await call(lambda: list(Away.objects.all())), [theirs])
