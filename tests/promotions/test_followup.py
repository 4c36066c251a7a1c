from django.test import override_settings

from accounts import actions as people
from availability import actions as evenings
from availability.models import Status
from botworker import claims, outbox, sweep
from botworker.channels import Refusal, Verdict
from botworker.models import Delivery
from botworker.settling import settle
from promotions import actions, followup
from tests import make
from tests.cast import TONIGHT
from tests.channels.keys import HAVE_BOTH
from tests.promotions.after_the_start import DAY, KEY, AfterTheStart


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

    def test_after_twenty_minutes_it_is_not_asked_at_all(self) -> None:
        """W15: after a downtime the check came with the reminder and the start, or at midnight."""
        sweep.sweep(make.at("21:19:30"))
        self.in_voice(wall="21:19:50")
        sweep.sweep(make.at("21:19:50"))

        self.assertEqual(self.drain("21:19:50"), set())
        self.assertEqual(self.outcome(self.bor), ("expired", "too late"))

    @override_settings(**HAVE_BOTH)
    def test_it_comes_on_the_channel_that_they_chose(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        make.handle(self.bor, "telegram")
        people.set_preferences(
            person=self.bor, at=TONIGHT, channel_order=["telegram", "discord", "signal"]
        )
        self.promote()
        self.release()
        self.in_voice(self.dana)

        self.assertEqual(self.drain(channel="discord"), set())
        [words] = self.drain(channel="telegram")

        self.assertIn("You are not in voice yet", words)

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

    def test_whoever_said_meanwhile_that_they_come_is_not_asked_again_before(self) -> None:
        """A try was lost; while nobody knew that, they pressed I'm in, and were asked all the same."""
        self.release()
        self.in_voice(self.dana)
        [lost] = claims.begin(self.claim("21:02"), at=make.at("21:02"))
        outbox.postpone(self.bor, DAY, make.at("21:10"), at=make.at("21:02:05"))
        settle([(lost, Refusal("lost", Verdict.TRANSIENT))], at=make.at("21:02:10"))
        for wall in ("21:03", "21:10"):
            self.in_voice(self.dana, wall=wall)

        self.assertEqual(self.drain("21:03"), set())
        self.assertEqual(self.outcome(self.bor), ("scheduled", ""))
        self.assertEqual(len(self.drain("21:10")), 1)

    def test_nor_is_whoever_comes_after_the_check(self) -> None:
        self.release()
        self.in_voice(self.dana)
        [lost] = claims.begin(self.claim("21:02"), at=make.at("21:02"))
        outbox.postpone(self.bor, DAY, make.at("21:30"), at=make.at("21:02:05"))
        settle([(lost, Refusal("lost", Verdict.TRANSIENT))], at=make.at("21:02:10"))

        self.assertEqual(self.drain("21:03"), set())
        self.assertEqual(self.outcome(self.bor), ("suppressed", "comes later"))

    def claim(self, wall: str) -> list[claims.Job]:
        Delivery.objects.exclude(kind="follow_up").update(state="sent", settled_at=TONIGHT)
        return claims.claim("discord", at=make.at(wall), owner="drain")

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
