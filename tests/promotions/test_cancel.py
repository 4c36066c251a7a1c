from botworker.models import Delivery
from promotions import actions, report
from promotions.models import Campaign
from tests import make
from tests.cast import TONIGHT, SlomixTestCase


class CancelTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.other = make.person("Other", promoter=True)
        self.campaign = self.promote()

    def promote(self, who: object = None) -> Campaign:
        return actions.promote(
            promoter=who or self.ana,  # type: ignore[arg-type]
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=TONIGHT,
        )

    def test_it_stops_what_is_still_to_come(self) -> None:
        stopped = actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)

        self.campaign.refresh_from_db()
        self.assertEqual(stopped, 3)
        self.assertEqual(report.of(self.campaign, TONIGHT).status, "cancelled")
        self.assertEqual(set(Delivery.objects.values_list("state", flat=True)), {"cancelled"})

    def test_a_second_cancel_changes_nothing(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)

        self.assertEqual(actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT), 0)

    def test_cancel_and_start_again_misses_nobody(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)

        again = self.promote()

        self.assertEqual(report.of(again, TONIGHT).counts["waiting"], 3)

    def test_people_of_another_live_call_keep_their_reminders(self) -> None:
        second = self.promote(self.other)

        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)

        self.assertEqual(report.of(second, TONIGHT).counts["waiting"], 3)

    def test_what_a_no_withdrew_does_not_come_back_after_a_cancel(self) -> None:
        from availability import actions as evenings

        day = TONIGHT.date()
        evenings.answer(person=self.bor, day=day, status="NOT_PLAYING", at=TONIGHT)
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        evenings.answer(person=self.bor, day=day, status="LOOKING", at=TONIGHT)

        self.assertEqual(set(Delivery.objects.values_list("state", flat=True)), {"cancelled"})

    def test_only_promoters_cancel(self) -> None:
        with self.assertRaises(actions.NotAPromoter):
            actions.cancel(campaign=self.campaign, by=self.bor, at=TONIGHT)
        self.assertFalse(Campaign.objects.filter(cancelled_at__isnull=False).exists())
