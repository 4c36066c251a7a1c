"""The promoters' admin: a call is made, extended and taken back by the verbs, and by nothing else."""

from typing import Any

from django.test import override_settings

from accounts.models import AuditEntry
from botworker.models import Delivery
from promotions.models import Campaign
from tests import make
from tests.cast import SlomixTestCase

ADD = "/admin/promotions/campaign/add/"
LIST = "/admin/promotions/campaign/"


class AdminCase(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        make.entry(make.person("Emil"))
        self.sign_in(self.ana)

    def confirm(self, **chosen: str) -> Any:
        """Confirm what was just shown: the choices as the page says that it has shown them."""
        names = ("dry_run", "include_available", "include_maybe")
        shown = "".join(f"{name in chosen:d}" for name in names)
        return self.client.post(ADD, {**chosen, "shown": shown})

    def planned(self) -> int:
        return Delivery.objects.filter(state="planned").count()

    def door_of(self, action: str) -> str:
        return AuditEntry.objects.get(action=action, actor=self.ana).door


class AddTests(AdminCase):
    def test_it_shows_the_same_report_as_the_page(self) -> None:
        page = self.client.get(ADD)

        for words in (
            *("1 will hear", "Bazooka Bor", "20:45, 21:00", "Discord"),
            *("1 will not", "Emil", "Has not asked for reminders"),
            "Called are Looking, Available and Maybe.",
            "2 are looking, 1 asked to be reminded.",
        ):
            self.assertContains(page, words)

    def test_the_choices_are_those_that_are_confirmed(self) -> None:
        page = self.client.get(f"{ADD}?chosen=1&include_maybe=on&dry_run=on")

        self.assertContains(page, '<input type="hidden" name="shown" value="101">')
        self.assertContains(page, "Rehearse the call")

    def test_whoever_chooses_otherwise_is_shown_that_first(self) -> None:
        page = self.client.post(ADD, {"shown": "011", "dry_run": "on"})

        self.assertContains(page, "Rehearse the call")
        self.assertContains(page, "Called are those who are Looking alone.")
        self.assertFalse(Campaign.objects.exists())

    def test_confirming_makes_the_call(self) -> None:
        answer = self.confirm(include_available="on")

        made = Campaign.objects.get()
        self.assertEqual(answer["Location"], f"{LIST}{made.pk}/change/")
        self.assertEqual((made.promoter, made.include_available), (self.ana, True))
        self.assertEqual((self.planned(), self.door_of("campaign_confirmed")), (3, "admin"))

    def test_confirming_twice_is_one_call(self) -> None:
        self.confirm()

        answer = self.client.get(self.confirm()["Location"])

        self.assertContains(answer, "You have called this evening already")
        self.assertEqual((Campaign.objects.count(), self.planned()), (1, 3))

    @override_settings(PROMOTION_DRY_RUN_DEFAULT=True)
    def test_a_dry_run_can_be_the_default(self) -> None:
        self.assertContains(self.client.get(ADD), "Rehearse the call")

    def test_too_late_is_refused_in_words(self) -> None:
        self.travel("22:30")

        self.assertContains(self.client.get(ADD), "too late to call anybody")
        self.assertContains(self.confirm(), "too late to call anybody", status_code=400)
        self.assertFalse(Campaign.objects.exists())

    def test_others_call_nobody_here(self) -> None:
        self.bor.is_staff = True
        self.bor.save()
        self.sign_in(self.bor)

        self.assertEqual(self.confirm().status_code, 403)
        self.assertFalse(Campaign.objects.exists())


class ActionTests(AdminCase):
    def setUp(self) -> None:
        super().setUp()
        self.confirm()
        self.campaign = Campaign.objects.get()

    def act(self, action: str) -> str:
        data = {"action": action, "_selected_action": [self.campaign.pk]}
        return self.client.post(LIST, data, follow=True).content.decode()

    def test_whoever_answered_since_is_added(self) -> None:
        make.entry(make.person("Dora", opted_in=True))

        self.assertIn("1 more person is called", self.act("add_whoever_answered"))
        self.assertEqual((self.planned(), self.door_of("campaign_extended")), (6, "admin"))

    def test_too_late_to_add_is_said(self) -> None:
        self.travel("20:59")

        self.assertIn("It is too late to add anybody", self.act("add_whoever_answered"))

    def test_it_is_called_off(self) -> None:
        self.assertIn("3 messages are not sent.", self.act("call_off"))
        self.assertEqual((self.planned(), self.door_of("campaign_cancelled")), (0, "admin"))

    @override_settings(ANNOUNCE_CHANNEL_ID=1_098_116_459_156_865_024)
    def test_whom_no_channel_reaches_is_told_in_the_channel(self) -> None:
        self.assertIn("From 20:45 CET on", self.act("say_in_channel"))
        self.travel("20:46")
        Delivery.objects.update(state="failed", reason="direct messages are closed")

        self.assertIn("on its way into the channel", self.act("say_in_channel"))
        self.assertIn("It is posted already.", self.act("say_in_channel"))
        self.assertEqual(Delivery.objects.filter(kind="combined_post").count(), 1)
        self.assertEqual(self.door_of("campaign_posted"), "admin")

    def test_samples_go_to_whoever_asks(self) -> None:
        for action in ("show_me_the_reminder", "show_me_the_follow_up"):
            self.assertIn("A sample is on its way to you, on Discord.", self.act(action))

        rows = Delivery.objects.filter(event_key__startswith="SAMPLE:")
        self.assertEqual({row.person for row in rows}, {self.ana})
        self.assertEqual(rows.count(), 2)

    def test_nothing_there_sends_again(self) -> None:
        Delivery.objects.update(state="sent", settled_at=self.now)

        for action in ("add_whoever_answered", "call_off", "add_whoever_answered"):
            self.act(action)

        calls = Delivery.objects.exclude(kind="call_off")
        self.assertEqual(set(calls.values_list("state", flat=True)), {"sent"})
        self.assertEqual(calls.count(), 6)

    def test_a_call_and_its_rows_cannot_be_changed_or_deleted(self) -> None:
        page = f"{LIST}{self.campaign.pk}"

        self.assertEqual(
            self.client.post(f"{page}/change/", {"day": "2026-11-21"}).status_code, 403
        )
        self.assertEqual(self.client.post(f"{page}/delete/", {"post": "yes"}).status_code, 403)
        self.assertNotContains(self.client.get(LIST), "delete_selected")
        self.assertContains(
            self.client.get(f"{page}/change/"), f'href="/calls/{self.campaign.pk}/"'
        )
