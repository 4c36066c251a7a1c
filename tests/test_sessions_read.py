"""Sessions that are read with SQL made once: the right one, while it lives."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.session_store import SessionStore
from tests.cast import TONIGHT, SlomixTestCase


class SessionTests(SlomixTestCase):
    def stored(self, **said: str) -> str:
        session = SessionStore()
        session.update(said)
        session.create()
        return str(session.session_key)

    def test_each_key_opens_its_own(self) -> None:
        keys = [self.stored(name=name) for name in ("bor", "ana")]

        self.assertEqual([SessionStore(key)["name"] for key in keys], ["bor", "ana"])

    def test_one_that_is_over_is_empty_and_its_key_is_not_used_again(self) -> None:
        key = self.stored(name="bor")

        self.travel(TONIGHT + timedelta(days=14))

        session = SessionStore(key)
        self.assertIsNone(session.get("name"))
        self.assertIsNone(session.session_key)

    def test_a_key_that_was_made_up_opens_nothing(self) -> None:
        self.stored(name="bor")

        for key in ("x" * 32, "' OR 1=1 --aaaaaaaaaaaaa", "\U0001f600" * 8, "%s%s%s%s%s%s%s%s"):
            self.assertEqual(dict(SessionStore(key).items()), {})

    def test_it_is_what_the_site_reads(self) -> None:
        self.sign_in(self.bor)

        with CaptureQueriesContext(connection) as asked:
            self.client.get("/you/")

        sessions = [one["sql"] for one in asked if "django_session" in one["sql"]]
        self.assertEqual(["LIMIT" in sql for sql in sessions], [False])
