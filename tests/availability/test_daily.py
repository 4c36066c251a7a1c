from datetime import date, timedelta

from django.test import override_settings

from accounts.models import Preferences
from availability import actions, prompts
from botworker.models import State
from tests import make
from tests.availability.prompting import PromptCase, rows
from tests.cast import TONIGHT

TODAY = TONIGHT.date()


class DailyTests(PromptCase):
    """bor wants to be asked each day; ana does not."""

    def setUp(self) -> None:
        super().setUp()
        Preferences.objects.filter(user=self.bor).update(allow_daily_prompt=True)

    def ask(self, wall: str = "16:00") -> int:
        return prompts.ask_daily(make.at(wall))

    def test_it_asks_those_who_want_it_and_nobody_else(self) -> None:
        """W23: every linked player was asked, whatever they wished."""
        self.assertEqual(self.ask(), 1)

        row = rows("daily_prompt").get()
        self.assertEqual((row.person, row.event_key), (self.bor, "DAILY_REMINDER:2026-11-20"))
        self.assertIn("**Playing tonight, 21:00 CET?**", row.body)
        labels = [button["label"] for line in row.extras["rows"] for button in line]
        self.assertEqual(
            labels, ["Looking", "Available", "Maybe", "Not playing", "Stop asking me daily"]
        )

    def test_a_missed_minute_is_no_missed_question(self) -> None:
        """W19: it was asked in one exact minute or not at all that day."""
        self.assertEqual(self.ask("15:59:59"), 0)
        self.assertEqual(self.ask("16:07:12"), 1)

    def test_asked_twice_it_asks_once(self) -> None:
        self.ask()

        self.assertEqual(self.ask("16:00:05"), 0)
        self.assertEqual(rows("daily_prompt").count(), 1)

    def test_hours_late_nobody_is_asked(self) -> None:
        self.assertEqual(self.ask("17:00"), 0)

    def test_what_nobody_sent_within_the_hour_expires(self) -> None:
        self.ask("16:05")

        self.drain(make.at("17:00"))

        self.assertNotEqual(rows("daily_prompt").get().state, State.SENT)
        self.assertEqual(rows("daily_prompt").get().expires_at, make.at("17:00"))

    def test_whoever_answered_is_not_asked(self) -> None:
        self.answer(self.bor, "NOT_PLAYING", make.at("12:00"))

        self.assertEqual(self.ask(), 0)

    def test_nor_is_whoever_is_away_or_has_a_usual_answer(self) -> None:
        actions.add_away(person=self.bor, first=TODAY, last=TODAY, at=make.at("12:00"))

        self.assertEqual(self.ask(), 0)

    def test_an_answer_takes_the_question_back(self) -> None:
        make.quiet(self.bor, "15:00", "16:30")
        self.ask()
        self.drain(make.at("16:01"))
        self.answer(self.bor, "MAYBE", make.at("16:10"))

        self.drain(make.at("16:31"))

        row = rows("daily_prompt").get()
        self.assertEqual((row.state, row.reason), (State.CANCELLED, "answered"))

    def test_quiet_hours_that_end_in_time_only_delay_it(self) -> None:
        make.quiet(self.bor, "15:00", "16:30")
        self.ask()
        self.drain(make.at("16:01"))
        self.assertEqual(rows("daily_prompt").get().state, State.SCHEDULED)

        self.drain(make.at("16:30:01"))

        self.assertEqual(rows("daily_prompt").get().state, State.SENT)

    def test_quiet_hours_over_the_whole_hour_keep_it_away(self) -> None:
        make.quiet(self.bor, "12:00", "18:00")
        self.ask()

        self.drain(make.at("16:01"))

        row = rows("daily_prompt").get()
        self.assertEqual((row.state, row.reason), (State.SUPPRESSED, "quiet hours"))

    def test_an_opt_out_in_between_counts(self) -> None:
        self.ask()
        Preferences.objects.filter(user=self.bor).update(allow_daily_prompt=False)

        self.drain(make.at("16:01"))

        row = rows("daily_prompt").get()
        self.assertEqual((row.state, row.reason), (State.SUPPRESSED, "not asked for"))

    def test_somebody_without_a_player_is_not_asked(self) -> None:
        Preferences.objects.filter(user=self.cene).update(allow_daily_prompt=True)
        self.bor.link.delete()

        self.assertEqual(self.ask(), 0)

    def test_it_comes_at_its_wall_time_on_both_change_nights(self) -> None:
        for day in (date(2027, 3, 28), date(2026, 10, 25)):
            at = make.at("16:00", day)
            self.assertEqual(prompts.ask_daily(at - timedelta(seconds=1)), 0, day)
            self.assertEqual(prompts.ask_daily(at), 1, day)

    @override_settings(PROMPTS_ENABLED=False)
    def test_everything_can_be_switched_off(self) -> None:
        self.assertEqual(prompts.run(make.at("16:00")), 0)
