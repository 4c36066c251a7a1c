"""Every form of every page, and every question in an address, with what nobody should send.

Nothing is a fault of ours; what is refused changes nothing; what is taken is shown again as text and
never as markup. The suite sends the same few each time; `make fuzz` sends many new ones.
"""

import logging
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import fingerprint, tables
from tests.security.anything import WORDS, fields, played
from tests.security.sending import SENDINGS, Sending, SendingCase

FEW, FEW_QUESTIONS = 2, 10
# A no counts even where the rest is refused.
A_NO_COUNTS = {"accounts.Preferences", "accounts.AuditEntry", "botworker.Delivery"}
MARKUP = ("<script>", '"><img onerror', "<img onerror")
SHOWN = ("/", "/you/", "/room/", "/you/week/", "/raids/{raid}/")
ASKED = (
    *("/", "/link/", "/you/channels/telegram/", "/promote/", "/room/", "/raids/", "/you/"),
    *(
        "/accounts/sign-in/",
        "/link/contest/",
        "/link/proof/",
        "/you/week/",
        "/nudge/",
        "/link/done/",
    ),
    *(
        "/accounts/discord/login/callback/",
        "/raids/on/{server}/plan/",
        "/calls/{call}/",
        "/room/draft/",
    ),
    *("/api/availability", "/api/planning/today", "/auth/players/search", "/operations/"),
)
QUESTIONS = (
    *("q", "next", "day", "month", "seen", "since", "player", "dungeon", "chosen", "page", "date"),
    *("from", "to", "state", "code", "error", "include_users", "dry_run", "after", "query"),
)


@pytest.mark.slow
class FormFuzzTests(SendingCase):
    examples: int

    @pytest.fixture(autouse=True)
    def _how_many(self, request: pytest.FixtureRequest) -> None:
        self.examples = request.config.getoption("--fuzz", default=0)

    def setUp(self) -> None:
        super().setUp()
        whos = {sending.who for sending in SENDINGS}
        self.clients = {who: self.client_of(who) for who in whos}
        self.before = {
            False: fingerprint(tables()),
            True: fingerprint(tables(*A_NO_COUNTS)),
        }

    def test_every_form_of_every_page(self) -> None:
        for sending in SENDINGS:
            if not sending.is_json:
                with self.subTest(sending.name):
                    self.fuzz(sending)

    def fuzz(self, sending: Sending) -> None:
        asked = {name: self.filled(value) for name, value in sending.fields.items()}
        path = f"/{sending.route.format(**self.facts)}"

        @played(self.examples, FEW)
        @given(fields(asked), st.booleans())
        def send(form: dict[str, list[str]], htmx: bool) -> None:
            client = self.again(self.clients[sending.who])
            headers = {"HX-Request": "true"} if htmx else {}
            with self.undone():
                answer = client.post(path, form, headers=headers)
                self.judge(sending, client, answer)

        send()

    def judge(self, sending: Sending, client: Client, answer: Any) -> None:
        self.assertLess(answer.status_code, 500)
        said = answer.content.decode()
        for markup in MARKUP:
            self.assertNotIn(markup, said)
        if answer.status_code >= 400:
            a_no = sending.route.startswith("you/preferences")
            watched = tables(*A_NO_COUNTS) if a_no else tables()
            self.assertEqual(
                fingerprint(watched), self.before[a_no], "refused, and changed something"
            )
        elif answer.status_code == 302 and sending.who:
            self.look(client)

    def look(self, client: Client) -> None:
        """Open every page that shows what people write."""
        for path in SHOWN:
            page = client.get(path.format(**self.facts))
            self.assertLess(page.status_code, 500, path)
            for markup in MARKUP:
                self.assertNotIn(markup, page.content.decode(), path)

    def test_every_question_in_an_address(self) -> None:
        for path in ASKED:
            with self.subTest(path):
                self.ask(path.format(**self.facts))

    def ask(self, path: str) -> None:
        @played(self.examples, FEW_QUESTIONS)
        @given(st.dictionaries(st.sampled_from(QUESTIONS), WORDS, max_size=3), st.booleans())
        def ask(query: dict[str, str], htmx: bool) -> None:
            headers = {"HX-Request": "true"} if htmx else {}
            with self.undone():
                answer = self.again(self.clients["ana"]).get(path, query, headers=headers)
                self.assertLess(answer.status_code, 500)
                self.assertNotIn("<script>", answer.content.decode())

        ask()

    def test_the_same_again_is_no_fault(self) -> None:
        """Whoever presses twice, goes back in the browser, or retries, is answered as a person."""
        for sending in SENDINGS:
            with self.subTest(sending.name), self.undone():
                client = self.again(self.clients[sending.who])
                with self.assertNoLogs(level=logging.ERROR):
                    self.send(sending, client)
                    answer = self.send(sending, client)
                self.assertLess(answer.status_code, 500)
