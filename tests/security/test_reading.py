"""Looking changes nothing, and only what bears a secret of its own may do without the CSRF token."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slomix.management.security import addresses
from tests import routes
from tests.security.sending import SendingCase
from tests.test_matrix import FILLED, MATRIX

LOOKS = (("ana", "GET"), ("bor", "HEAD"), ("", "OPTIONS"))
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# Sessions, what is counted against an address, and what is kept for the next reader.
NOTED = re.compile(r'"(?:django_session|accounts_throttles|cache)"')


@pytest.mark.slow
class ReadingTests(SendingCase):
    def test_looking_changes_nothing(self) -> None:
        for route in sorted({path for path, _method, _codes in MATRIX}):
            path = route.replace("<int:pk>", str(self.facts["call"]))
            for name, value in FILLED.items():
                path = path.replace(name, value)
            with self.subTest(route), CaptureQueriesContext(connection) as asked:
                for who, method in LOOKS:
                    ask: Any = getattr(self.again(self.clients[who]), method.lower())
                    answer = ask(f"/{path}", headers=routes.AJAX)
                    self.assertLess(answer.status_code, 500, f"{method} as {who or 'a visitor'}")
            written = [one["sql"] for one in asked if WRITES.match(one["sql"])]
            self.assertEqual([sql for sql in written if not NOTED.search(sql)], [], route)

    def test_a_press_would_be_seen(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            self.clients["bor"].post("/evenings/2026-11-20/", {"status": "MAYBE"})

        self.assertTrue([one for one in asked if WRITES.match(one["sql"])])

    def setUp(self) -> None:
        super().setUp()
        self.clients = {who: self.client_of(who) for who in ("", "bor", "ana")}


def test_only_what_bears_a_secret_is_without_the_token() -> None:
    """The JSON API looks at the token itself, beside its session: tests/api/test_guards.py."""
    ours = {
        route
        for route, view in routes.routes()
        if getattr(view, "csrf_exempt", False) and not route.startswith(("api/", "auth/"))
    }

    assert ours == addresses.WITH_A_SECRET - {"api/availability/link-confirm"}
