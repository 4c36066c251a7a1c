from botworker import outbox
from promotions import report
from tests import make
from tests.sequences.stage import BOTH, DAY, Evening


class NobodyLooksTests(Evening):
    """Nothing is configured: no bot looks into voice, so nobody knows who is missing."""

    def test_the_evening_ends_and_nobody_is_asked(self) -> None:
        campaign = self.promote()

        self.evening()

        self.assertEqual(self.heard(self.bor), BOTH)
        self.assertEqual(self.reasons(self.bor), {"follow_up": "no fresh news from voice"})
        self.assertEqual(report.of(campaign, make.at("21:10")).status, "sent")

    def test_a_no_counts_the_reminders_that_it_cancels(self) -> None:

        self.promote()
        self.tick("20:45")

        self.assertEqual(outbox.planned_for(self.bor, DAY), 1)
