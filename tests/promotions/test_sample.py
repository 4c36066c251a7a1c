"""“Send me a sample”: to oneself alone, through every door, and no evening is touched."""

from datetime import timedelta

from accounts.models import AuditEntry, Preferences
from botworker.models import Delivery
from promotions import actions
from promotions.models import Campaign
from tests import make
from tests.api.client import PROMOTIONS, Caller
from tests.cast import TONIGHT, SlomixTestCase


class SampleTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.sign_in(self.ana)

    def sample(self, kind: str = "reminder") -> Delivery:
        actions.send_sample(promoter=self.ana, kind=kind, at=TONIGHT)
        return Delivery.objects.get()

    def test_the_reminder_goes_to_oneself_and_says_that_it_is_a_sample(self) -> None:
        row = self.sample()

        self.assertEqual((row.person, row.state, row.kind), (self.ana, "scheduled", "test"))
        self.assertIn("A sample, only for you", row.body)
        self.assertIn("Game night at 21:00 CET.", row.body)

    def test_the_follow_up_names_oneself(self) -> None:
        self.assertIn("Hi Ana Dinamit, we saved you a place", self.sample("follow_up").body)

    def test_it_has_no_button_and_belongs_to_no_evening(self) -> None:
        row = self.sample()

        self.assertEqual((row.extras, row.evening), ({}, None))

    def test_a_call_afterwards_is_complete(self) -> None:
        self.sample()

        self.assertFalse(Campaign.objects.exists())
        actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=True,
            dry_run=False,
            at=TONIGHT,
        )
        self.assertEqual(Delivery.objects.filter(person=self.bor, state="planned").count(), 3)

    def test_each_press_sends_one_up_to_six(self) -> None:
        for second in range(6):
            at = TONIGHT + timedelta(seconds=second)
            actions.send_sample(promoter=self.ana, kind="reminder", at=at)

        with self.assertRaisesMessage(actions.PromoteRefused, "many samples"):
            actions.send_sample(promoter=self.ana, kind="reminder", at=TONIGHT)
        self.assertEqual(Delivery.objects.count(), 6)

    def test_without_a_channel_it_is_refused_with_the_way(self) -> None:
        Preferences.objects.filter(user=self.ana).update(channel_order=[])

        with self.assertRaisesMessage(actions.PromoteRefused, "on the page You"):
            self.sample()

    def test_only_promoters_ask_for_one(self) -> None:
        with self.assertRaises(actions.NotAPromoter):
            actions.send_sample(promoter=self.bor, kind="reminder", at=TONIGHT)

    def test_the_page_sends_one_and_says_where_to(self) -> None:
        answer = self.client.post("/promote/sample/", {"kind": "follow_up"}, follow=True)

        self.assertContains(answer, "A sample is on its way to you, on Discord.")
        entry = AuditEntry.objects.get(action="campaign_sample")
        self.assertEqual((entry.actor, entry.door), (self.ana, "web"))
        self.assertEqual(entry.detail, {"kind": "follow_up"})

    def test_an_unknown_message_is_refused(self) -> None:
        answer = self.client.post("/promote/sample/", {"kind": "everything"})

        self.assertContains(answer, "There is no such message", status_code=400)
        self.assertFalse(Delivery.objects.exists())

    def test_the_api_sends_one(self) -> None:
        answer = Caller(self.ana).post(f"{PROMOTIONS}/sample", {"kind": "start"})

        self.assertEqual(answer.json(), {"success": True, "kind": "start", "channel": "discord"})
        self.assertEqual(AuditEntry.objects.get(action="campaign_sample").door, "api")
        self.assertEqual(
            Caller(self.bor).post(f"{PROMOTIONS}/sample", {"kind": "start"}).status_code, 403
        )
