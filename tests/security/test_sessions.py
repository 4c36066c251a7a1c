"""How long somebody stays signed in, and what ends it."""

from datetime import timedelta

from django.conf import settings
from django.test import Client

from accounts import sessions
from tests.cast import TONIGHT, SlomixTestCase

ME = "/api/availability/me"


class SessionTests(SlomixTestCase):
    def session_of_bor(self) -> str:
        self.sign_in(self.bor)
        return str(self.client.cookies[settings.SESSION_COOKIE_NAME].value)

    def status(self, session: str) -> int:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        return client.get(ME).status_code

    def test_what_was_ended_opens_nothing(self) -> None:
        session = self.session_of_bor()
        self.assertEqual(self.status(session), 200)

        self.client.post("/accounts/sign-out/")

        self.assertEqual(self.status(session), 401)

    def test_every_device_is_signed_out_at_once(self) -> None:
        both = [self.session_of_bor(), self.session_of_bor()]

        sessions.end_all(self.bor)

        self.assertEqual([self.status(one) for one in both], [401, 401])

    def test_a_closed_account_is_out_with_its_next_request(self) -> None:
        session = self.session_of_bor()

        type(self.bor).objects.filter(pk=self.bor.pk).update(is_active=False)

        self.assertEqual(self.status(session), 401)

    def test_a_session_ends_after_two_weeks(self) -> None:
        session = self.session_of_bor()

        self.travel(TONIGHT + timedelta(days=13, hours=23))
        self.assertEqual(self.status(session), 200)
        self.travel(TONIGHT + timedelta(days=14, seconds=1))
        self.assertEqual(self.status(session), 401)

    def test_a_session_that_somebody_else_chose_is_not_taken(self) -> None:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else-000000000"

        client.post("/accounts/discord/login/")

        kept = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.assertNotEqual(kept, "chosen-by-somebody-else-000000000")
