from datetime import timedelta

from botworker.models import Delivery
from promotions import actions, jobs, tasks
from promotions.models import Campaign, Job
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class JobTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=TONIGHT,
        )
        self.reminder = self.campaign.jobs.get(kind=Job.Kind.REMINDER)

    def state(self) -> str:
        return Delivery.objects.get(kind="reminder").state

    def test_a_job_is_ready_two_minutes_before_its_time(self) -> None:
        self.assertEqual(jobs.due(make.at("20:42:59")), [])
        self.assertEqual(jobs.due(make.at("20:43")), [self.reminder.pk])

    def test_running_it_releases_its_promises(self) -> None:
        self.assertTrue(jobs.run(self.reminder.pk, at=make.at("20:43")))

        self.assertEqual(self.state(), "scheduled")
        self.assertEqual(Delivery.objects.get(kind="start").state, "planned")

    def test_a_second_run_changes_nothing(self) -> None:
        jobs.run(self.reminder.pk, at=make.at("20:43"))

        self.assertFalse(jobs.run(self.reminder.pk, at=make.at("20:44")))
        self.assertEqual(Job.objects.get(pk=self.reminder.pk).attempts, 1)

    def test_the_job_of_a_dead_worker_is_run_again_after_its_lease(self) -> None:
        """W13: a job whose worker died stayed running for ever."""
        jobs._claim(self.reminder.pk, make.at("20:43"))

        self.assertEqual(jobs.due(make.at("20:43") + timedelta(seconds=29)), [])
        self.assertEqual(jobs.due(make.at("20:43") + jobs.LEASE), [self.reminder.pk])

    def test_the_words_carry_the_numbers_of_the_hour(self) -> None:
        make.entry(make.person("Late"))

        jobs.run(self.reminder.pk, at=make.at("20:43"))

        body = Delivery.objects.get(kind="reminder").body
        self.assertIn("2 are looking, 4 more and we play", body)
        self.assertIn("Game night at 21:00 CET", body)

    def test_a_cancelled_calls_jobs_are_skipped(self) -> None:
        Campaign.objects.update(cancelled_at=TONIGHT)

        jobs.run(self.reminder.pk, at=make.at("20:43"))

        self.assertEqual(self.state(), "planned")
        self.assertEqual(Job.objects.get(pk=self.reminder.pk).outcome, "skipped: cancelled")

    def test_beat_runs_what_is_due(self) -> None:
        self.travel("20:44")

        tasks.run_due_jobs()

        self.assertEqual(self.state(), "scheduled")
