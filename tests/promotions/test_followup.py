from datetime import timedelta
from typing import Any

from django.test import override_settings

from accounts import actions as people
from accounts.models import User
from availability import actions as evenings
from availability.models import Status
from botworker import claims, outbox, presence, sweep
from botworker.channels import Refusal, Said, Verdict
from botworker.models import Delivery
from botworker.presence import Seen
from botworker.settling import settle
from promotions import actions, followup, jobs, report
from promotions.models import Campaign, Job
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

KEY = "PROMOTE:FOLLOWUP:2026-11-20"
CHANNEL = 1_098_116_459_156_865_024
DAY = TONIGHT.date()


@override_settings(VOICE_CHECK_ENABLED=True, FOLLOWUP_CHANNEL_ID=CHANNEL)
class AfterTheStart(SlomixTestCase):
    """ana has called; bor and dana said that they play. At 21:02 somebody looks who is there."""

    def setUp(self) -> None:
        super().setUp()
        self.dana = make.person("Dana", opted_in=True, show_name=False)
        make.entry(self.bor)
        make.entry(self.dana)
        self.campaign = self.promote()

    def promote(self, **changes: Any) -> Campaign:
        facts = {"include_available": False, "include_maybe": False, "dry_run": False}
        return actions.promote(promoter=self.ana, at=TONIGHT, **(facts | changes))

    def row(self, who: User) -> Delivery:
        return Delivery.objects.filter(event_key=KEY, person=who).latest("pk")

    def outcome(self, who: User) -> tuple[str, str]:
        row = self.row(who)
        return str(row.state), row.reason

    def in_voice(self, *who: User, wall: str = "21:02") -> None:
        presence.note_voice([Seen(one.discord.discord_id, 1) for one in who], at=make.at(wall))

    def on_server(self, *names: str, wall: str = "21:02") -> None:
        presence.note_server(names, at=make.at(wall))

    def release(self, wall: str = "21:00") -> None:
        for job_id in jobs.due(make.at(wall)):
            jobs.run(job_id, at=make.at(wall))

    def drain(self, wall: str = "21:02", answer: Refusal | None = None) -> set[str]:
        """Send what is due and nothing else of the evening; return who read what."""
        Delivery.objects.exclude(kind__in=("follow_up", "summary")).update(
            state="sent", settled_at=TONIGHT
        )
        at = make.at(wall)
        jobs_ = claims.begin(claims.claim("discord", at=at, owner="drain"), at=at)
        settle([(job, answer or Said(1, 2)) for job in jobs_], at=at)
        return {job.body for job in jobs_}

    def asked(self) -> set[str]:
        sent = Delivery.objects.filter(event_key=KEY, state="sent")
        return {one.person.name for one in sent if one.person}

    def summary(self) -> str:
        return Delivery.objects.get(kind="summary").body


class AskingTests(AfterTheStart):
    def test_it_is_promised_with_the_call(self) -> None:
        row = self.row(self.bor)

        self.assertEqual((row.state, row.due_at), ("planned", make.at("21:02")))
        self.assertEqual(row.expires_at, make.at("21:20"))

    def test_who_is_missing_is_asked_once_and_who_is_there_is_not(self) -> None:
        self.release()
        self.in_voice(self.dana)

        words = self.drain()

        self.assertEqual(self.asked(), {"Bazooka Bor"})
        self.assertIn("Hi Bazooka Bor, we saved you a place for 21:00 CET", words.pop())
        self.assertEqual(self.outcome(self.dana), ("suppressed", "in voice"))
        self.assertEqual(self.drain("21:05"), set())

    def test_who_plays_without_voice_reads_other_words(self) -> None:
        self.release()
        self.in_voice(self.dana)
        self.on_server("^1Bazooka^7 Bor")

        [words] = self.drain()

        self.assertIn("We see you on the server, but not in voice", words)
        self.assertEqual(self.row(self.bor).body, words)

    def test_the_server_says_nothing_half_a_minute_later(self) -> None:
        self.release()
        self.in_voice(self.dana)
        self.on_server("Bazooka Bor", wall="21:01:29")

        [words] = self.drain()

        self.assertIn("You are not in voice yet", words)

    def test_without_fresh_news_nobody_is_asked(self) -> None:
        """W18: an empty or old list of who is in voice made everybody missing."""
        self.release()
        self.in_voice(wall="21:00:59")

        self.assertEqual(self.drain(), set())
        self.assertEqual(self.drain("21:03:59"), set())
        self.assertEqual(self.outcome(self.bor), ("suppressed", "no fresh news from voice"))

    def test_a_bot_that_was_just_started_is_waited_for(self) -> None:
        self.release()
        self.assertEqual(self.drain(), set())
        self.assertEqual(self.outcome(self.bor), ("scheduled", ""))

        self.in_voice(self.dana, wall="21:02:30")

        self.assertEqual(len(self.drain("21:02:30")), 1)

    def test_whoever_came_between_two_tries_is_not_asked_again(self) -> None:
        self.release()
        self.in_voice(self.dana)
        self.drain(answer=Refusal("later", Verdict.TRANSIENT, wait=5))
        self.in_voice(self.dana, self.bor, wall="21:02:10")

        self.assertEqual(self.drain("21:02:10"), set())
        self.assertEqual(self.outcome(self.bor), ("suppressed", "in voice"))

    def test_quiet_hours_are_kept_here_too(self) -> None:
        make.quiet(self.bor, "21:01", "23:00")
        self.release()
        self.in_voice()

        self.drain()

        self.assertEqual(self.asked(), {"Dana"})
        self.assertEqual(self.outcome(self.bor), ("suppressed", "quiet hours"))

    def test_an_opt_out_and_a_no_are_kept_here_too(self) -> None:
        people.set_preferences(person=self.bor, at=TONIGHT, allow_promotions=False)
        evenings.answer(person=self.dana, day=DAY, status="NOT_PLAYING", at=TONIGHT)
        self.release()
        self.in_voice()

        self.assertEqual(self.drain(), set())
        self.assertEqual(self.outcome(self.bor), ("suppressed", "reminders are off"))
        self.assertEqual(self.outcome(self.dana), ("withdrawn", "said no"))

    def test_who_was_not_called_is_not_missing(self) -> None:
        row = Delivery.objects.filter(event_key=KEY, person=self.ana)
        self.assertFalse(row.exists())
        make.entry(self.ana)
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        self.promote()

        self.assertEqual(self.outcome(self.ana), ("suppressed", "calls"))

    def test_who_is_not_expected_any_more_is_not_asked(self) -> None:
        evenings.answer(person=self.bor, day=DAY, status=Status.MAYBE, at=make.at("20:50"))
        self.release()

        self.assertEqual(self.outcome(self.bor), ("cancelled", "not expected any more"))
        self.assertEqual(self.outcome(self.dana), ("scheduled", ""))

    def test_a_dead_worker_delays_nobody_but_five_seconds(self) -> None:
        sweep.sweep(make.at("21:02:05"))
        self.in_voice(self.dana)

        self.assertEqual(len(self.drain("21:02:05")), 1)

    def test_a_time_named_before_the_call_is_respected(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        evenings.answer(person=self.bor, day=DAY, status="LOOKING", at=TONIGHT, late=True)
        self.promote()

        self.assertEqual(self.row(self.bor).due_at, make.at("21:10"))

    def test_a_time_named_later_is_respected(self) -> None:
        evenings.answer(
            person=self.bor,
            day=DAY,
            status="LOOKING",
            at=make.at("20:50"),
            come_at=make.at("21:40").astimezone(make.LJUBLJANA).time(),
        )

        self.assertEqual(self.outcome(self.bor), ("suppressed", "comes later"))

    def test_cancelling_takes_it_along(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=make.at("21:01"))

        self.assertEqual(self.outcome(self.bor), ("cancelled", "call cancelled"))

    def test_whoever_is_added_later_is_expected_as_well(self) -> None:
        cara = make.person("Cara", opted_in=True)
        make.entry(cara)

        actions.add_recipients(campaign=self.campaign, by=self.ana, at=make.at("20:50"))

        self.assertEqual(self.outcome(cara), ("planned", ""))

    def test_a_dry_run_asks_nobody(self) -> None:
        """W16: a dry run posted in public whom it was waiting for."""
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        self.promote(dry_run=True)
        self.release()
        self.in_voice()

        sweep.sweep(make.at("21:02:05"))
        self.assertEqual(self.drain("21:02:05"), set())
        self.assertEqual(followup.summarize(at=make.at("21:21")), 0)

    def test_switched_off_meanwhile_nobody_is_asked(self) -> None:
        with override_settings(VOICE_CHECK_ENABLED=False):
            self.release()

        self.assertEqual(self.outcome(self.bor), ("cancelled", "switched off"))

    def test_switched_off_nothing_is_promised(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        before = Delivery.objects.filter(event_key=KEY).count()
        with override_settings(VOICE_CHECK_ENABLED=False):
            self.promote()

        self.assertEqual(Delivery.objects.filter(event_key=KEY).count(), before)


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
