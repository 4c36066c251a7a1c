"""What is wrong, and what is not."""

from datetime import timedelta

import pytest
from django.test import override_settings

from botworker import hold, vitals, workers
from botworker.hearing import LEASE
from botworker.models import (
    Delivery,
    GatewayLeader,
    Identify,
    Listener,
    Look,
    PartPulse,
    State,
)
from promotions import actions
from promotions.models import Job
from slomix.lib import clock
from slomix.operations import watch
from slomix.operations.judging import Level
from tests.watching.watched import WatchedCase


class CauseTests(WatchedCase):
    """bor and dora are called; every part lives."""

    def at(self, wall: str) -> None:
        """Let it be later, with everything alive and every job done."""
        self.travel(wall)
        self.all_live()
        Job.objects.filter(run_at__lte=clock.now()).update(done_at=clock.now(), outcome="released")

    def told(self) -> list[str]:
        found = watch.causes(clock.now())
        return [cause.code for cause in found if cause.level is Level.TELL]

    def test_nothing_is_wrong_before_the_hour(self) -> None:
        self.assertEqual(self.codes(), [])

    def test_nothing_is_wrong_when_all_heard_it(self) -> None:
        self.at("20:47")
        self.all_sent()

        self.assertEqual(self.codes(), [])

    def test_a_reminder_that_waits_a_minute_later_is_a_run_that_does_not_finish(self) -> None:
        self.at("20:46")

        causes = {cause.code: cause.values for cause in watch.causes(clock.now())}

        self.assertIn("run.reminder", causes)
        self.assertEqual((causes["run.reminder"]["late"], causes["run.reminder"]["all"]), (2, 2))

    def test_half_a_minute_later_the_run_may_still_finish(self) -> None:
        self.at("20:45:30")

        self.assertEqual(self.told(), [])

    def test_after_half_a_minute_what_nobody_takes_is_told(self) -> None:
        self.at("20:45:31")

        self.assertEqual(self.told(), ["due.waiting"])

    def test_somebody_who_is_quiet_until_ten_to_nine_is_not_late(self) -> None:
        """The row waits for the end of quiet hours, and so do we."""
        self.at("20:47")
        self.all_sent()
        rows = Delivery.objects.filter(kind="reminder", person=self.bor)
        ten_to = clock.now() + timedelta(minutes=3)
        rows.update(state=State.SCHEDULED, next_at=ten_to, settled_at=None)

        self.assertEqual(self.codes(), [])

    def test_a_retry_does_not_hide_behind_its_next_try(self) -> None:
        self.at("20:46:30")
        self.all_sent()
        rows = Delivery.objects.filter(kind="reminder", person=self.bor)
        soon = clock.now() + timedelta(seconds=20)
        rows.update(state=State.RETRY_WAIT, next_at=soon, settled_at=None)

        self.assertEqual(self.told(), ["run.reminder"])

    def test_what_was_dropped_is_no_run_that_waits(self) -> None:
        """It is over, honestly; that it was too late is another thing to tell."""
        self.at("20:58")
        Delivery.objects.filter(kind="reminder").update(state=State.EXPIRED)

        self.assertEqual(self.told(), ["campaign.expired"])

    def test_what_perhaps_arrived_is_told(self) -> None:
        self.at("20:47")
        self.all_sent()
        Delivery.objects.filter(kind="reminder", person=self.bor).update(state=State.UNCONFIRMED)

        self.assertEqual(self.told(), ["campaign.unconfirmed"])

    def test_a_call_that_is_off_is_missed_by_nobody(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=clock.now())
        self.at("20:50")

        self.assertNotIn("run.reminder", self.codes())

    def test_a_dry_run_is_missed_by_nobody(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=clock.now())
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=True,
            at=clock.now(),
        )
        self.at("20:50")

        self.assertNotIn("run.reminder", self.codes())

    def test_each_part_may_be_silent_for_ninety_seconds(self) -> None:
        for part in ("bot", "worker", "web"):
            with self.subTest(part):
                self.all_live()
                self.silence(part, 89)
                self.assertNotIn(f"{part}.silent", self.told())
                self.silence(part, 91)
                self.assertIn(f"{part}.silent", self.told())

    def test_a_look_into_voice_that_is_old_is_named(self) -> None:
        Look.objects.create(place="voice", at=clock.now() - timedelta(seconds=61), number=3)

        self.assertEqual(self.codes(), ["voice.old"])

    def test_two_hundred_identifies_are_a_day_and_more_are_a_crash_loop(self) -> None:
        rows = [Identify(at=clock.now(), epoch=1) for _each in range(200)]
        Identify.objects.bulk_create(rows)
        self.assertEqual(self.told(), [])

        Identify.objects.create(at=clock.now(), epoch=1)

        self.assertEqual(self.told(), ["identify.many"])

    def test_a_backup_is_good_for_twenty_six_hours(self) -> None:
        workers.note("backup", seconds=1, at=clock.now() - timedelta(hours=26))
        self.assertEqual(self.told(), [])

        workers.note("backup", seconds=1, at=clock.now() - timedelta(hours=26, seconds=1))

        self.assertEqual(self.told(), ["backup.old"])

    def test_a_backup_that_fails_keeps_the_age_of_the_last_good_one(self) -> None:
        workers.note("backup", seconds=1, at=clock.now() - timedelta(hours=30))
        workers.note("backup", seconds=1, error="no room", at=clock.now())

        self.assertEqual(self.told(), ["backup.old"])

    def test_a_drill_that_failed_is_told(self) -> None:
        workers.note("restore drill", seconds=1, error="rows differ", at=clock.now())

        self.assertEqual(self.told(), ["backup.drill"])

    def test_only_in_production_a_backup_is_missed_that_never_was(self) -> None:
        self.assertNotIn("backup.none", self.codes())
        with override_settings(PRODUCTION=True):
            self.assertIn("backup.none", self.codes())

    def test_on_hold_that_is_told_and_not_what_waits_for_it(self) -> None:
        hold.put_on(reason="restored", at=clock.now())
        self.at("20:45:45")

        self.assertEqual(self.told(), ["hold.on"])

    def test_who_cannot_be_reached_is_a_note(self) -> None:
        self.at("20:47")
        self.all_sent()
        Delivery.objects.filter(kind="reminder", person=self.bor).update(state=State.FAILED)

        found = watch.causes(clock.now())

        self.assertEqual([(c.code, c.level) for c in found], [("people.unreached", Level.NOTE)])

    def test_a_job_that_nobody_ran_is_named(self) -> None:
        self.travel("20:46:01")
        self.all_live()
        self.all_sent()

        self.assertIn("job.late", self.codes())

    def test_a_clock_may_be_five_seconds_off(self) -> None:
        self.clocks_differ(-5)
        self.assertEqual(self.told(), [])

        self.clocks_differ(-5.1)

        self.assertEqual(self.told(), ["clock.wrong"])

    def test_who_hears_a_channel_is_missed_after_ninety_seconds(self) -> None:
        with override_settings(TELEGRAM_ENABLED=True):
            until = clock.now() + LEASE - timedelta(seconds=90)
            Listener.objects.create(channel="telegram", until=until)
            self.assertEqual(self.codes(), [])

            Listener.objects.update(until=until - timedelta(seconds=1))

            self.assertEqual(self.codes(), ["channel.silent"])

    def test_a_silent_bot_is_one_thing_and_not_four(self) -> None:
        self.silence("bot", 200)
        GatewayLeader.objects.update(released=True)
        Look.objects.create(place="voice", at=clock.now() - timedelta(seconds=200), number=3)

        with override_settings(TELEGRAM_ENABLED=True):
            self.assertEqual(self.codes(), ["bot.silent"])

    def test_a_bot_that_was_never_started_is_missed_by_a_call_alone(self) -> None:
        PartPulse.objects.all().delete()
        with override_settings(DISCORD_GUILD_ID=1):
            self.assertEqual(self.told(), ["bot.silent", "worker.silent"])
            actions.cancel(campaign=self.campaign, by=self.ana, at=clock.now())
            self.assertEqual(self.told(), [])

    def test_yesterdays_evening_is_still_looked_at(self) -> None:
        """The start is at 21:00 and its end past midnight somewhere; nobody forgets at twelve."""
        Delivery.objects.update(state=State.EXPIRED)
        self.travel(clock.now() + timedelta(hours=6))
        self.all_live()

        self.assertIn("campaign.expired", self.told())


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_two_clocks_of_one_machine_agree() -> None:
    assert abs(vitals.skew(clock.now())) < timedelta(seconds=5)
