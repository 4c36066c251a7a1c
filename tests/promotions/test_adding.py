"""Whoever answered since the call: counted, added through every door, audited."""

from accounts.models import AuditEntry, User
from botworker.models import Delivery
from promotions import actions, adding, report
from promotions.models import Campaign
from tests import make
from tests.api.client import PROMOTIONS, Caller
from tests.cast import TONIGHT, SlomixTestCase


class AddingCase(SlomixTestCase):
    """ana called while bor alone was looking; dora and emil answered since."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=TONIGHT,
        )
        self.dora = make.person("Dora", opted_in=True)
        make.entry(self.dora)
        self.page = f"/calls/{self.campaign.pk}/"
        self.sign_in(self.ana)

    def add(self, at: object = TONIGHT) -> int:
        return actions.add_recipients(campaign=self.campaign, by=self.ana, at=at)  # type: ignore[arg-type]

    def heard(self, who: User) -> set[str]:
        rows = Delivery.objects.filter(person=who, state="planned")
        return set(rows.values_list("kind", flat=True))


class CountTests(AddingCase):
    def test_whoever_answered_since_is_counted(self) -> None:
        make.entry(make.person("Shy"))  # has not asked for reminders

        self.assertEqual(adding.number(self.campaign, TONIGHT), 1)

    def test_whoever_asked_for_reminders_since_is_counted(self) -> None:
        shy = make.person("Shy")
        make.entry(shy)
        self.add()
        shy.preferences.allow_promotions = True
        shy.preferences.save()

        self.assertEqual(adding.number(self.campaign, TONIGHT), 1)
        self.add()
        self.assertEqual(self.heard(shy), {"reminder", "start", "follow_up"})

    def test_once_added_nobody_is_left_to_add(self) -> None:
        self.assertEqual((self.add(), self.add()), (1, 0))
        self.assertEqual(adding.number(self.campaign, TONIGHT), 0)

    def test_two_minutes_before_the_start_it_is_over(self) -> None:
        self.assertEqual(adding.number(self.campaign, make.at("20:58")), 1)
        self.assertEqual(adding.number(self.campaign, make.at("20:58:01")), 0)

    def test_between_reminder_and_start_they_hear_the_start(self) -> None:
        self.add(make.at("20:50"))

        self.assertEqual(self.heard(self.dora), {"start", "follow_up"})

    def test_a_call_that_is_off_adds_nobody(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=TONIGHT)
        self.campaign.refresh_from_db()

        self.assertEqual(adding.number(self.campaign, TONIGHT), 0)


class PageTests(AddingCase):
    def test_the_page_offers_and_adds_them(self) -> None:
        self.assertContains(self.client.get(self.page), "Add the one who answered since")

        answer = self.client.post(f"{self.page}add/", follow=True)

        self.assertContains(answer, "1 more person is called")
        self.assertNotContains(answer, "answered since</button>")
        self.assertEqual(self.heard(self.dora), {"reminder", "start", "follow_up"})

    def test_too_late_is_refused_in_words(self) -> None:
        self.travel("20:59")

        self.assertNotContains(self.client.get(self.page), "answered since")
        answer = self.client.post(f"{self.page}add/")
        self.assertContains(answer, "too late to add", status_code=400)

    def test_the_audit_counts_and_names_nobody(self) -> None:
        self.client.post(f"{self.page}add/")

        entry = AuditEntry.objects.get(action="campaign_extended")
        self.assertEqual((entry.actor, entry.door, entry.detail["called"]), (self.ana, "web", 1))
        self.assertNotIn("Dora", str(entry.detail))


class ApiTests(AddingCase):
    def test_it_says_how_many_could_be_added_and_adds_them(self) -> None:
        caller = Caller(self.ana)
        self.assertEqual(caller.get(f"{PROMOTIONS}/campaign").json()["campaign"]["to_add"], 1)

        answer = caller.post(f"{PROMOTIONS}/campaigns/{self.campaign.pk}/add", {})

        self.assertEqual(answer.json()["added"], 1)
        self.assertEqual(AuditEntry.objects.get(action="campaign_extended").door, "api")
        self.assertEqual(len(report.of(Campaign.objects.get(), TONIGHT).people), 2)

    def test_how_many_could_be_added_is_for_promoters(self) -> None:
        seen = Caller(self.bor).get(f"{PROMOTIONS}/campaign").json()["campaign"]

        self.assertIsNone(seen["to_add"])

    def test_others_are_refused_and_no_such_call_is_404(self) -> None:
        for who, number, status in (
            (self.bor, self.campaign.pk, 403),
            (None, self.campaign.pk, 401),
            (self.ana, 2**63, 404),
        ):
            answer = Caller(who).post(f"{PROMOTIONS}/campaigns/{number}/add", {})
            self.assertEqual(answer.status_code, status)
        self.assertEqual(self.heard(self.dora), set())
