from promotions import jobs
from promotions.models import Job
from tests.sequences.stage import BOTH, Evening


class RestartTests(Evening):
    """The drain is killed between any two steps; another one finishes its work, once."""

    def setUp(self) -> None:
        super().setUp()
        self.promote()
        self.tick("20:43")

    def finish(self) -> None:
        self.tick("20:45:31", "20:45:50", "20:46:10", "20:46:30", "21:00", "21:01")

    def test_before_the_claim(self) -> None:
        self.restart(self.travel("20:45"))

        self.finish()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_between_claim_and_intent(self) -> None:
        at = self.travel("20:45")
        self.claim(at)
        self.restart(at)

        self.finish()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_between_intent_and_request(self) -> None:
        at = self.travel("20:45")
        self.begin(self.claim(at), at)
        self.restart(at)

        self.finish()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_between_request_and_record(self) -> None:
        at = self.travel("20:45")
        self.send(self.begin(self.claim(at), at), at)
        self.restart(at)

        self.finish()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_again_and_again(self) -> None:
        at = self.travel("20:45")
        for _death in range(3):
            self.look(at)
            self.send(self.begin(self.claim(at), at), at)
            at = self.restart(at)

        self.tick("20:47", "20:47:30", "20:48", "21:00", "21:01")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_a_drain_that_was_only_asleep_changes_nothing(self) -> None:
        at = self.travel("20:45")
        answered = self.send(self.begin(self.claim(at), at), at)
        later = self.restart(at)
        self.look(later)
        self.settle(answered, later)

        self.finish()

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_a_drain_that_stood_still_past_the_deadline_starts_nothing(self) -> None:
        claimed = self.claim(self.travel("20:56:47"))

        self.assertEqual(self.begin(claimed, self.travel("20:56:49")), [])

        self.assertEqual(self.reasons(self.bor), {"reminder": "too late"})

    def test_no_worker_at_all_delays_nobody_by_more_than_five_seconds(self) -> None:
        at = self.travel("21:00:05")
        self.look(at)
        self.settle(self.send(self.begin(self.claim(at), at), at), at)

        self.assertEqual(self.heard(self.bor)["start"], 1)


class JobTwiceTests(Evening):
    """A job that runs twice says nothing twice."""

    def setUp(self) -> None:
        super().setUp()
        self.campaign = self.promote()

    def test_run_again_after_its_end(self) -> None:
        self.tick("20:43", "20:44", "20:45")
        for job in self.campaign.jobs.all():
            self.assertFalse(
                jobs.run(job.pk, at=self.travel("20:46")) and job.kind == Job.Kind.REMINDER
            )

        self.tick("20:47", "21:00", "21:02")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_run_by_a_second_worker_when_the_first_died_in_it(self) -> None:
        reminder = self.campaign.jobs.get(kind=Job.Kind.REMINDER)
        jobs._claim(reminder.pk, self.travel("20:43"))

        self.tick("20:43:10", "20:43:31", "20:45", "21:00")

        reminder.refresh_from_db()
        self.assertEqual((reminder.attempts, self.heard(self.bor)), (2, BOTH))
