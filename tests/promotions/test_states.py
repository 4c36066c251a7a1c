"""A call's word and its jobs' words, derived from what became of its messages."""

from botworker.models import Delivery
from promotions import actions, report
from promotions.models import Job
from tests import make
from tests.cast import TONIGHT, SlomixTestCase, without_the_check

AFTER = make.at("21:15")


@without_the_check
class StateTests(SlomixTestCase):
    """ana calls bor and dana; what a drain and the jobs would write is written here."""

    def setUp(self) -> None:
        super().setUp()
        self.dana = make.person("Dana", opted_in=True)
        make.entry(self.bor)
        make.entry(self.dana)
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )

    def become(self, *states: str, kind: str = "reminder") -> None:
        rows = Delivery.objects.filter(kind=kind).order_by("pk")
        for row, state in zip(rows, states, strict=True):
            Delivery.objects.filter(pk=row.pk).update(state=state, settled_at=AFTER)

    def ran(self, outcome: str = "released 2") -> None:
        self.campaign.jobs.update(done_at=AFTER, outcome=outcome)

    def words(self) -> tuple[str, str]:
        found = report.of(self.campaign, AFTER)
        return found.status, found.jobs[0]["status"]

    def test_what_is_ahead(self) -> None:
        self.assertEqual(self.words(), ("scheduled", "pending"))

    def test_what_somebody_runs(self) -> None:
        Job.objects.filter(pk=self.campaign.jobs.all()[0].pk).update(lease_until=AFTER)

        self.assertEqual(self.words(), ("running", "running"))

    def test_what_was_released_and_waits(self) -> None:
        self.ran()
        self.become("sent", "retry_wait")

        self.assertEqual(self.words(), ("running", "running"))

    def test_what_came_to_an_end(self) -> None:
        ends = {
            ("sent", "sent"): ("sent", "sent"),
            ("sent", "suppressed"): ("sent", "sent"),
            ("sent", "failed"): ("partial", "sent"),
            ("sent", "expired"): ("partial", "sent"),
            ("sent", "unconfirmed"): ("partial", "sent"),
            ("unconfirmed", "unconfirmed"): ("partial", "sent"),
            ("unconfirmed", "suppressed"): ("partial", "sent"),
            ("unconfirmed", "failed"): ("partial", "sent"),
            ("withdrawn", "suppressed"): ("sent", "sent"),
            ("failed", "expired"): ("failed", "failed"),
            ("failed", "suppressed"): ("failed", "failed"),
        }
        self.ran()
        for states, words in ends.items():
            with self.subTest(states):
                self.become(*states)
                self.become(*states, kind="start")

                self.assertEqual(self.words(), words)

    def test_it_counts_what_perhaps_arrived(self) -> None:
        self.ran()
        self.become("unconfirmed", "sent")
        self.become("unconfirmed", "unconfirmed", kind="start")
        self.sign_in(self.ana)

        self.assertEqual(report.of(self.campaign, AFTER).perhaps, 3)
        page = self.client.get(f"/calls/{self.campaign.pk}/")
        self.assertContains(page, "3 messages perhaps arrived: there was no clear answer")

    def test_what_was_cancelled(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=AFTER)
        self.campaign.refresh_from_db()
        self.ran("skipped: cancelled")

        self.assertEqual(self.words(), ("cancelled", "skipped"))
