from datetime import date

from django.conf import settings
from django.test import SimpleTestCase

from availability import queries, words
from availability.board import Counts, Day
from availability.quorum import Quorum, Stage
from botworker.plain import plain
from tests import make


class WordsTests(SimpleTestCase):
    def said(self, looking: int, could: int = 0) -> str:
        return words.sentence(Quorum(looking, 6), make.at("21:00"), could)

    def test_it_counts_towards_the_game(self) -> None:
        self.assertIn("With 6 we play", self.said(0))
        self.assertEqual(
            self.said(4, 5), "**4 are looking. 2 more and we play.** 5 could still come."
        )
        self.assertIn("One more and we play", self.said(5))
        self.assertIn("We play at 21:00 CET", self.said(6))
        self.assertIn("standby", self.said(12))

    def test_an_evening_that_falls_apart_is_not_off(self) -> None:
        def again(looking: int) -> str:
            return words.sentence(Quorum(looking, 6), make.at("21:00"), 0, fell_apart=True)

        self.assertEqual(
            again(5), "**We are 5 again. 1 more and we play.** The evening is not off."
        )
        self.assertIn("Nobody is looking any more. 6 more and we play", again(0))
        self.assertEqual(again(6), self.said(6))

    def test_the_stages_have_one_definition(self) -> None:
        stages = [Quorum(n, 6).stage for n in (0, 1, 5, 6, 11, 12)]

        self.assertEqual(
            stages,
            [Stage.NOBODY, Stage.SHORT, Stage.ONE_MORE, Stage.ON, Stage.ON, Stage.FULL],
        )

    def test_the_buttons_carry_their_evening(self) -> None:
        ids = [
            button.get("id", "") for row in words.post_rows(date(2026, 11, 20)) for button in row
        ]

        self.assertIn("evening:20261120:looking:{marker}", ids)
        self.assertLessEqual(max(len(one) + 22 for one in ids), 100)

    def test_with_enough_the_post_leads_to_the_planning_room(self) -> None:
        labels = {}
        for looking in (5, 6, 12):
            day = Day(date(2026, 11, 20), Counts(looking=looking))
            rows = words.post(day, queries.times(day.day), at=make.at("20:30"))["rows"]
            second = [(one["label"], one.get("url", "")) for one in rows[1]]
            labels[looking] = dict(second).get("Planning room")

        address = f"{settings.FRONTEND_ORIGIN}/room/"
        self.assertEqual(labels, {5: None, 6: address, 12: address})


class PlainTests(SimpleTestCase):
    def test_nothing_that_people_write_becomes_live(self) -> None:
        for text, dead in (
            ("@everyone", "@everyone"),
            ("<@1>", "<@1"),
            ("[x](http://evil)", "]("),
            ("https://evil.example", "https://"),
            ("discord.gg/x", "discord."),
            ("a\u202eb", "\u202e"),
            ("a\nb", "\n"),
        ):
            self.assertNotIn(
                dead, plain(text).replace("\\", "", 1) if dead == "\\" else plain(text)
            )

    def test_a_very_long_name_is_cut(self) -> None:
        self.assertEqual(len(plain("x" * 500)), 32)
