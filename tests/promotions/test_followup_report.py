from typing import Any

from django.test import override_settings

from accounts.models import User
from botworker import history
from botworker.channels import Refusal
from botworker.models import Delivery
from promotions import followup, report
from promotions.models import Job
from slomix.pages import said
from tests import make
from tests.api.client import PROMOTIONS, Caller
from tests.promotions.after_the_start import AfterTheStart


class ReportTests(AfterTheStart):
    def at(self, wall: str) -> report.Report:
        return report.of(self.campaign, make.at(wall))

    def station(self, wall: str) -> report.Station:
        return next(one for one in self.at(wall).stations if one.kind == "follow_up")

    def sent(self, answer: Refusal | None = None) -> None:
        self.release("20:43")
        self.release("21:00")
        self.in_voice(self.dana)
        self.drain(answer=answer)

    def test_it_counts_who_was_asked_and_who_was_there(self) -> None:
        self.sent()

        found = self.station("21:03")
        self.assertEqual((found.state, found.sent, found.total), ("done", 1, 1))
        self.assertEqual(found.words, "1 is in voice")

    def test_a_question_sent_makes_the_call_followed_up(self) -> None:
        self.sent()

        self.assertEqual(self.at("21:03").status, "followup_sent")

    def test_what_failed_before_stays_partial(self) -> None:
        """W25: the follow-up wrote its state over what had failed."""
        self.sent()
        failed = Delivery.objects.filter(kind="reminder", person=self.dana)
        failed.update(state="failed", reason="direct messages are closed")

        self.assertEqual(self.at("21:03").status, "partial")

    def test_switched_off_it_says_so(self) -> None:
        with override_settings(VOICE_CHECK_ENABLED=False):
            self.release()

        self.assertIn("switched off", self.station("21:03").words)

    def test_why_nobody_was_asked_is_said(self) -> None:
        self.release()
        self.drain()
        self.drain("21:04")

        self.assertIn("No fresh news from voice", self.station("21:05").words)

    def test_the_job_is_sent_when_it_is_settled(self) -> None:
        self.release()
        [job] = [one for one in self.at("21:01").jobs if one["job_type"] == Job.Kind.FOLLOW_UP]
        self.assertEqual(job["status"], "running")


class LiveTests(AfterTheStart):
    def status(self, wall: str) -> Any:
        return followup.status(self.campaign, at=make.at(wall))

    def test_it_holds_numbers_and_nobody(self) -> None:
        self.in_voice(self.dana)
        self.on_server("Bazooka Bor", "a stranger")

        found = self.status("21:02")

        self.assertEqual(found["voice"], {"fresh": True, "count": 1})
        self.assertEqual(found["server"], {"fresh": True, "count": 2})
        self.assertEqual((found["in_voice"], found["on_server_only"], found["not_seen"]), (1, 1, 0))
        self.assertNotIn("Dana", str(found))

    def test_who_is_missing_is_nobodys_business_before_the_start(self) -> None:
        self.assertIsNone(self.status("20:59"))

    def test_the_calls_answer_carries_it(self) -> None:
        self.in_voice(self.dana)
        self.travel("21:02")

        answer = Caller(self.bor).get(f"{PROMOTIONS}/campaign").json()

        self.assertEqual(answer["campaign"]["ready_check"]["in_voice"], 1)

    def test_old_news_are_not_shown_as_new(self) -> None:
        self.in_voice(self.dana, wall="21:00")

        self.assertEqual(self.status("21:02")["voice"], {"fresh": False, "count": 0})


class HistoryTests(AfterTheStart):
    """What the two of them read on their own page of messages."""

    def words(self, who: User, wall: str) -> str:
        [one] = [one for one in history.latest(who, 30) if one.kind == "follow_up"]
        [line] = said.lines([one], make.at(wall))
        return line.words

    def test_a_question_that_may_come_is_no_promise(self) -> None:
        self.assertEqual(self.words(self.bor, "20:50"), "Only if you are not in voice then")

    def test_whoever_was_there_reads_why_nothing_came(self) -> None:
        self.release()
        self.in_voice(self.dana)
        self.drain()

        self.assertEqual(self.words(self.dana, "21:03"), "You were in voice already")
