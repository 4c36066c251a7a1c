"""Stopping every message from a link."""

from urllib.parse import urlsplit

from django.core import signing
from django.test import Client

from accounts import actions, links
from accounts.models import AuditEntry
from tests.cast import SlomixTestCase


class StopTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.link = urlsplit(links.stop_link(self.bor)).path

    def on(self) -> bool:
        return bool(actions.preferences_of(self.bor)["allow_promotions"])

    def test_a_scanner_that_opens_it_changes_nothing(self) -> None:
        for method in ("get", "head", "options"):
            getattr(self.client, method)(self.link)

        self.assertTrue(self.on())

    def test_its_button_stops_everything_without_a_sign_in(self) -> None:
        answer = self.client.post(self.link)

        self.assertContains(answer, "No more messages")
        self.assertFalse(self.on())
        entry = AuditEntry.objects.get(action="preferences_changed")
        self.assertEqual((entry.actor, entry.door), (self.bor, "link"))

    def test_pressing_again_is_not_refused(self) -> None:
        """W8: a no is never refused."""
        self.client.post(self.link)

        self.assertContains(self.client.post(self.link), "No more messages")

    def test_another_site_cannot_press_it(self) -> None:
        client = Client(enforce_csrf_checks=True)

        self.assertEqual(client.post(self.link).status_code, 403)
        self.assertTrue(self.on())

    def test_a_link_that_we_did_not_make_does_nothing(self) -> None:
        for token in ("x", f"{self.bor.pk}", signing.dumps(self.bor.pk, salt="another")):
            with self.subTest(token):
                answer = self.client.post(f"/stop/{token}/")
                self.assertContains(answer, "This link does nothing", status_code=400)
        self.assertTrue(self.on())


class FormTests(SlomixTestCase):
    def test_a_no_counts_beside_a_wrong_time(self) -> None:
        """W8: reminders could not be switched off while something else was wrong."""
        self.sign_in(self.bor)

        self.client.post("/you/preferences/", {"quiet_start": "late", "timezone": "UTC"})

        self.assertFalse(actions.preferences_of(self.bor)["allow_promotions"])
