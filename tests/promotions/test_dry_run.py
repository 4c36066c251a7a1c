"""A dry run writes everything, sends nothing, and a real call afterwards is complete."""

from botworker import claims
from botworker.models import Attempt, Delivery
from promotions import actions, jobs, report
from promotions.models import Campaign, Job
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class DryRunTests(SlomixTestCase):
    """bor and dora are looking; emil is, too, and has not asked for reminders."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora", opted_in=True)
        for who in (self.bor, self.dora, make.person("Emil")):
            make.entry(who)
        self.dry = self.promote(dry_run=True)

    def promote(self, *, dry_run: bool) -> Campaign:
        return actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=dry_run,
            at=TONIGHT,
        )

    def run_jobs(self, campaign: Campaign) -> list[str]:
        for job in campaign.jobs.order_by("run_at"):
            jobs.run(job.pk, at=job.run_at)
        return list(campaign.jobs.order_by("run_at").values_list("outcome", flat=True))

    def test_it_has_three_jobs_that_skip_with_the_reason(self) -> None:
        """W16: the check after the start did not know of dry runs and posted in public."""
        self.assertEqual(self.run_jobs(self.dry), ["skipped: dry run"] * 3)
        found = report.of(self.dry, make.at("21:30"))
        self.assertEqual({job["status"] for job in found.jobs}, {"skipped"})

    def test_each_person_has_one_row_for_each_message_and_none_is_said(self) -> None:
        rows = Delivery.objects.filter(person__in=(self.bor, self.dora))

        self.assertEqual(rows.count(), 6)
        self.assertEqual(set(rows.values_list("state", "reason")), {("suppressed", "dry run")})
        self.assertEqual(rows.values("event_key", "recipient").distinct().count(), 6)

    def test_whoever_would_hear_nothing_has_the_real_reason(self) -> None:
        [left_out] = report.of(self.dry, TONIGHT).left_out

        self.assertEqual(left_out.left_out, "Has not asked for reminders")

    def test_no_drain_finds_anything_to_say(self) -> None:
        self.run_jobs(self.dry)

        for wall in ("20:45:30", "21:00:30", "21:05"):
            self.assertEqual(claims.claim("discord", at=make.at(wall), owner="drain"), [])
        self.assertFalse(Attempt.objects.exists())

    def test_a_real_call_afterwards_is_complete(self) -> None:
        self.run_jobs(self.dry)

        real = self.promote(dry_run=False)

        self.assertEqual(Job.objects.filter(campaign=real).count(), 3)
        planned = Delivery.objects.filter(state="planned")
        self.assertEqual(
            set(planned.values_list("person_id", "kind")),
            {
                (who.pk, kind)
                for who in (self.bor, self.dora)
                for kind in ("reminder", "start", "follow_up")
            },
        )

    def test_dry_runs_may_follow_one_another_and_a_real_call(self) -> None:
        self.promote(dry_run=False)

        again = self.promote(dry_run=True)

        self.assertEqual(report.of(again, TONIGHT).counts["skipped"], 6)
        self.assertEqual(Delivery.objects.filter(state="planned").count(), 6)
