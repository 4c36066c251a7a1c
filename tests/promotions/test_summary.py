from datetime import timedelta

from django.test import override_settings

from accounts import actions as people
from accounts.models import User
from availability import actions as evenings
from botworker import outbox
from botworker.models import Delivery
from promotions import followup
from tests import make
from tests.cast import TONIGHT
from tests.promotions.after_the_start import CHANNEL, DAY, AfterTheStart


class SummaryTests(AfterTheStart):
    def check(self, *there: User, wall: str = "21:02") -> None:
        self.release()
        self.in_voice(*there, wall=wall)
        self.drain(wall)

    def summarize(self, wall: str) -> int:
        return followup.summarize(at=make.at(wall))

    def test_it_counts_and_names_only_who_agreed(self) -> None:
        """W18: the summary named people who had agreed to nothing."""
        self.check(self.dana)

        self.assertEqual(self.summarize("21:02:02"), 1)

        self.assertEqual(
            self.summary(),
            "**21:00 CET, so far:** 1 is in voice, 1 not seen yet. We asked 1 person privately.",
        )

    def test_who_agreed_is_named_and_never_the_missing(self) -> None:
        people.set_preferences(person=self.bor, at=TONIGHT, show_name=True)
        self.check(self.bor)
        self.summarize("21:02:02")

        self.assertIn("In voice: Bazooka Bor.", self.summary())
        self.assertNotIn("Dana", self.summary())

    def test_everyone_is_here(self) -> None:
        self.check(self.dana, self.bor)
        self.summarize("21:02:02")

        self.assertEqual(
            self.summary(), "🎯 **Everyone is here.** 2 are in voice. Have a good game."
        )

    def test_it_says_why_nobody_was_asked(self) -> None:
        self.release()
        self.drain()
        self.drain("21:04")
        self.summarize("21:04:02")

        self.assertIn("**No check tonight:** we have no fresh news from voice", self.summary())

    def test_it_waits_for_whoever_comes_ten_minutes_late(self) -> None:
        evenings.answer(person=self.bor, day=DAY, status="LOOKING", at=make.at("20:50"), late=True)
        self.check(self.dana)

        self.assertEqual(self.summarize("21:09"), 0)
        self.in_voice(self.dana, wall="21:10")
        self.drain("21:10")
        self.assertEqual(self.summarize("21:10:02"), 1)
        self.assertIn("1 not seen yet", self.summary())

    def test_it_waits_no_longer_than_twenty_minutes(self) -> None:
        self.release()
        self.in_voice(wall="21:19:59")

        self.assertEqual(self.summarize("21:19:59"), 0)
        self.assertEqual(self.summarize("21:20"), 1)

    def test_it_is_never_later_than_half_an_hour(self) -> None:
        self.check(self.dana)

        self.assertEqual(self.summarize("21:29:59"), 0)
        summary = Delivery.objects.filter(kind="summary")
        self.assertFalse(summary.exists())

    def test_it_is_written_once(self) -> None:
        self.check(self.dana)
        self.summarize("21:02:02")

        self.assertEqual(self.summarize("21:02:04"), 0)
        row = Delivery.objects.get(kind="summary")
        self.assertEqual(row.recipient, f"channel:{CHANNEL}")
        self.assertEqual(row.expires_at - row.due_at, timedelta(minutes=10))

    def test_who_answered_the_question_is_on_the_way(self) -> None:
        self.check(self.dana)
        outbox.postpone(self.bor, DAY, make.at("21:10"), at=make.at("21:03"))
        self.in_voice(self.dana, wall="21:03")
        self.summarize("21:03")

        self.assertIn("1 is in voice, 1 is on the way.", self.summary())

    @override_settings(FOLLOWUP_CHANNEL_ID=0)
    def test_without_a_channel_there_is_none(self) -> None:
        self.check(self.dana)

        self.assertEqual(self.summarize("21:02:02"), 0)
