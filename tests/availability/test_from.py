"""“From 21:30”: somebody comes later, and says so with the answer."""

from datetime import date, datetime, time, timedelta

from availability import actions
from availability.actions import AnswerRefused
from availability.models import Change, Entry
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
# The clocks are put back at three in the morning of the 25th.
AUTUMN = date(2026, 10, 24)


class FromTests(SlomixTestCase):
    def say(self, status: str = "LOOKING", come_at: time | None = None, **rest: object) -> Entry:
        facts = {"day": TODAY, "at": TONIGHT} | rest
        return actions.answer(person=self.bor, status=status, come_at=come_at, **facts)  # type: ignore[arg-type]

    def refused(self, status: str, come_at: time) -> tuple[str, str]:
        with self.assertRaises(AnswerRefused) as caught:
            self.say(status, come_at)
        return caught.exception.field, str(caught.exception)

    def test_nobody_is_expected_before_it(self) -> None:
        self.assertEqual(self.say("LOOKING", time(21, 30)).late_until, make.at("21:30"))
        self.assertEqual(self.say("AVAILABLE", time(22, 15)).late_until, make.at("22:15"))

    def test_the_start_itself_is_no_delay(self) -> None:
        self.assertIsNone(self.say("LOOKING", time(21, 0)).late_until)

    def test_a_time_before_the_start_is_refused_and_changes_nothing(self) -> None:
        field, text = self.refused("LOOKING", time(20, 59))

        self.assertEqual(field, "from")
        self.assertIn("We start at 21:00 CET", text)
        self.assertEqual((Entry.objects.count(), Change.objects.count()), (0, 0))

    def test_it_goes_with_a_yes_only(self) -> None:
        for status in ("MAYBE", "NOT_PLAYING"):
            with self.subTest(status):
                field, text = self.refused(status, time(21, 30))

                self.assertEqual(field, "from")
                self.assertIn("Looking or Available", text)
        self.assertFalse(Entry.objects.exists())

    def test_the_same_answer_without_it_is_in_time_again_and_keeps_its_place(self) -> None:
        self.say("LOOKING", time(21, 30))

        again = self.say("LOOKING", at=TONIGHT + timedelta(minutes=5))

        self.assertIsNone(again.late_until)
        self.assertEqual(again.since, TONIGHT)

    def test_the_history_keeps_it_and_undo_brings_it_back(self) -> None:
        self.say("LOOKING", time(21, 30))
        self.say("LOOKING", time(22, 0))

        actions.undo(person=self.bor, at=TONIGHT)

        self.assertEqual(Entry.objects.get().late_until, make.at("21:30"))
        kept = [(one.before_late, one.after_late) for one in Change.objects.order_by("pk")]
        early, late = make.at("21:30"), make.at("22:00")
        self.assertEqual(kept, [(None, early), (early, late), (late, early)])

    def test_it_is_the_wall_time_of_that_evening_whatever_the_clocks_do_after(self) -> None:
        at = datetime(2026, 10, 24, 12, tzinfo=make.LJUBLJANA)

        entry = self.say("LOOKING", time(23, 30), day=AUTUMN, at=at)

        self.assertEqual(entry.late_until, make.at("23:30", AUTUMN))


class ReadingTests(SlomixTestCase):
    def test_a_time_is_read_as_people_write_it(self) -> None:
        written = ("21:30", "21.30", "2130", " 9:05 ", "22", "", "  ")

        read = [actions.time_of(text) for text in written]

        half = time(21, 30)
        self.assertEqual(read, [half, half, half, time(9, 5), time(22), None, None])

    def test_what_is_no_time_is_refused_in_words(self) -> None:
        for text in ("25:00", "21:60", "late", "9999", "٢١:٣٠", "21:30\x00", "🐝" * 100):
            with self.subTest(text), self.assertRaises(AnswerRefused) as caught:
                actions.time_of(text)
            self.assertEqual(caught.exception.field, "from")
            self.assertIn("is not a time. Write it as 21:30.", str(caught.exception))
            self.assertLess(len(str(caught.exception)), 120)
