"""The small pure parts of the pages."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase
from django.utils.html import escape

from accounts.templatetags.people import initials, patch
from availability.board import Counts, Times
from botworker.plain import plain
from slomix.pages import evening, month, quiet, ruler
from slomix.templatetags.look import spoken
from tests import make

DAY = date(2026, 11, 20)


class RulerTests(SimpleTestCase):
    def times(self, gap: timedelta) -> Times:
        start = make.at("21:00")
        return Times(DAY, start - gap, start, make.at("23:59"))

    def test_call_and_start_have_fixed_places(self) -> None:
        for gap in (timedelta(minutes=15), timedelta(seconds=75), timedelta(hours=2)):
            with self.subTest(gap):
                times = self.times(gap)

                at_call, at_start = (
                    ruler.of(times, moment) for moment in (times.reminder_at, times.start_at)
                )

                self.assertEqual(at_call and at_call.x, "60.0%")
                self.assertEqual(at_start and at_start.x, "90.0%")

    def test_it_is_there_around_the_hour_only(self) -> None:
        times = self.times(timedelta(minutes=15))

        self.assertIsNone(ruler.of(times, make.at("20:14")))
        self.assertIsNotNone(ruler.of(times, make.at("20:15")))
        self.assertIsNone(ruler.of(times, make.at("21:06")))


class BarTests(SimpleTestCase):
    def test_the_stretches_fill_the_bar(self) -> None:
        drawn = evening.slices(Counts(looking=1, available=1, out=2))

        self.assertEqual(
            [(one.tone, one.x, one.width) for one in drawn],
            [
                ("looking", "0.0%", "25.0%"),
                ("available", "25.0%", "25.0%"),
                ("out", "50.0%", "50.0%"),
            ],
        )

    def test_nobody_draws_nothing(self) -> None:
        self.assertEqual(evening.slices(Counts()), [])


class QuietTests(SimpleTestCase):
    def night(self, start: str, end: str) -> quiet.Night:
        begins, ends = time.fromisoformat(start), time.fromisoformat(end)
        return quiet.night(begins, ends, make.at("21:00"), make.LJUBLJANA)

    def test_a_night_has_two_stretches(self) -> None:
        night = self.night("23:00", "08:00")

        self.assertEqual(
            [(one.x, one.width) for one in night.stretches], [("0.0%", "33.3%"), ("95.8%", "4.2%")]
        )
        self.assertEqual((night.game_x, night.game, night.covers), ("87.5%", "21:00", False))

    def test_a_game_inside_is_said(self) -> None:
        night = self.night("20:00", "21:30")

        self.assertTrue(night.covers)
        self.assertIn("is inside", night.label)

    def test_the_end_is_no_longer_quiet(self) -> None:
        self.assertFalse(self.night("19:00", "21:00").covers)
        self.assertTrue(self.night("21:00", "22:00").covers)

    def test_it_is_on_the_readers_clock(self) -> None:
        night = quiet.night(time(14), time(16), make.at("21:00"), ZoneInfo("America/New_York"))

        self.assertEqual((night.game, night.covers), ("15:00", True))


class MonthTests(SimpleTestCase):
    def test_it_leads_to_neighbours_inside_the_horizon_only(self) -> None:
        horizon = (DAY, DAY + timedelta(days=90))

        november = month.build(DAY, horizon, {}, {})
        february = month.build(date(2027, 2, 3), horizon, {}, {})

        self.assertEqual((november.before, november.after), ("", "?month=2026-12"))
        self.assertEqual((february.before, february.after), ("?month=2027-01", ""))

    def test_days_outside_the_horizon_cannot_be_chosen(self) -> None:
        built = month.build(DAY, (DAY, DAY + timedelta(days=90)), {}, {})
        cells = {cell.day: cell for week in built.weeks for cell in week if cell}

        self.assertEqual(cells[DAY - timedelta(days=1)].address, "")
        self.assertEqual(cells[DAY].address, "?day=2026-11-20")
        self.assertEqual(len(cells), 30)

    def test_a_day_says_aloud_what_ones_own_answer_is_and_where_it_comes_from(self) -> None:
        mine = {DAY: ("LOOKING", "discord"), DAY + timedelta(days=1): ("NOT_PLAYING", "away")}

        built = month.build(DAY, (DAY, DAY + timedelta(days=90)), {}, mine)

        cells = {cell.day: cell for week in built.weeks for cell in week if cell}
        self.assertEqual(
            cells[DAY].label,
            "Friday 20 November: nobody is looking yet. Your answer: Looking, Discord",
        )
        self.assertEqual(cells[DAY + timedelta(days=1)].look, "away")


class PatchTests(SimpleTestCase):
    def test_initials_stand_for_a_name(self) -> None:
        wanted = {
            "Bazooka Bor": "BB",
            "n00dl3": "N0",
            "^1Jaz^7bec": "JA",
            "صقر الليل": "ص",
            "<script>": "SC",
            "🐝": "?",
            "": "?",
            "žabar": "ŽA",
        }

        self.assertEqual({name: initials(name) for name in wanted}, wanted)

    def test_thirty_people_have_thirty_patches(self) -> None:
        self.assertEqual(len({patch(number, "A") for number in range(30)}), 30)


class SpokenTests(SimpleTestCase):
    def test_strong_is_strong_and_the_rest_is_text(self) -> None:
        self.assertEqual(spoken("🔔 **Now.** <b>no</b>"), "<b>Now.</b> &lt;b&gt;no&lt;/b&gt;")

    def test_what_one_types_in_the_game_is_code(self) -> None:
        self.assertEqual(spoken("Server: `/connect et:1`"), "Server: <code>/connect et:1</code>")

    def test_a_name_is_shown_as_it_was_written_and_is_no_markup(self) -> None:
        for name in ("game-night", "**here**", "`<i>`", "a\\b", "<script>"):
            with self.subTest(name):
                self.assertEqual(spoken(f"**Voice** {plain(name)}"), f"<b>Voice</b> {escape(name)}")
