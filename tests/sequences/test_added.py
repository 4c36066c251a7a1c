from accounts.models import AuditEntry
from availability import actions as evenings
from promotions import actions
from promotions.models import Recipient
from tests import make
from tests.sequences.stage import BOTH, DAY, Evening


class AddedLaterTests(Evening):
    """Whoever answers or opts in after the call can be added until two minutes before the start."""

    def setUp(self) -> None:
        super().setUp()
        self.dora = make.person("Dora")
        self.answer(self.dora, "MAYBE", "19:35")
        self.campaign = self.promote()
        self.feri = make.person("Feri", opted_in=True)

    def add(self, wall: str) -> int:
        at = self.travel(wall)
        return actions.add_recipients(campaign=self.campaign, by=self.eva, at=at)

    def test_who_answered_since_hears_everything_once(self) -> None:
        self.answer(self.feri, "LOOKING", "20:00")

        self.assertEqual(self.add("20:05"), 1)
        self.assertEqual(self.add("20:06"), 0)

        self.evening()
        self.assertEqual((self.heard(self.feri), self.heard(self.bor)), (BOTH, BOTH))

    def test_who_opted_in_since_is_called_after_all(self) -> None:
        self.opt(self.dora, True, "20:00")

        self.assertEqual(self.add("20:05"), 1)

        self.evening()
        self.assertEqual(self.heard(self.dora), BOTH)
        self.assertEqual(Recipient.objects.get(person=self.dora).left_out, "")

    def test_after_the_reminder_they_hear_the_start_and_a_row_says_why(self) -> None:
        self.tick("20:43", "20:45")
        self.answer(self.feri, "LOOKING", "20:50")

        self.add("20:51")

        self.tick("20:52", "21:00")
        self.assertEqual(self.heard(self.feri), {"start": 1})
        self.assertEqual(self.reasons(self.feri), {"reminder": "too late"})

    def test_between_the_job_and_its_time_they_are_not_forgotten(self) -> None:
        self.tick("20:43")
        self.answer(self.feri, "LOOKING", "20:44")
        self.add("20:44")

        self.tick("20:45")

        self.assertEqual(self.heard(self.feri), {"reminder": 1})

    def test_who_cannot_be_called_is_written_down_with_the_reason(self) -> None:
        gita = make.person("Gita")
        evenings.answer(person=gita, day=DAY, status="LOOKING", at=self.travel("20:00"))

        self.assertEqual(self.add("20:05"), 0)

        self.assertEqual(Recipient.objects.get(person=gita).left_out, "not asked")

    def test_a_no_is_not_overruled(self) -> None:
        self.answer(self.bor, "NOT_PLAYING", "20:00")

        self.assertEqual(self.add("20:05"), 0)

        self.evening()
        self.assertEqual(self.heard(self.bor), {})

    def test_two_minutes_before_the_start_it_is_too_late(self) -> None:
        self.answer(self.feri, "LOOKING", "20:50")

        with self.assertRaises(actions.PromoteRefused):
            self.add("20:58:01")
        self.assertEqual(self.add("20:58"), 1)

    def test_a_cancelled_call_takes_nobody_more(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=self.travel("20:00"))

        with self.assertRaises(actions.PromoteRefused):
            self.add("20:05")

    def test_only_promoters_add_and_it_is_written_down(self) -> None:
        with self.assertRaises(actions.NotAPromoter):
            actions.add_recipients(campaign=self.campaign, by=self.bor, at=self.travel("20:05"))

        self.add("20:06")

        entry = AuditEntry.objects.get(action="campaign_extended")
        self.assertEqual((entry.actor, entry.detail["called"]), (self.eva, 0))

    def test_a_dry_run_that_grows_sends_nothing(self) -> None:
        self.campaign = self.promote(self.eva, "19:50", dry_run=True)
        self.answer(self.feri, "LOOKING", "20:00")

        self.add("20:05")

        self.evening()
        self.assertEqual(self.heard(self.feri), {})
