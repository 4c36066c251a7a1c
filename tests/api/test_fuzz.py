"""What schemathesis makes of the published description, asked by everybody.

Nothing it sends is a fault of ours, every answer is as published, and whatever was refused has
changed nothing. The suite asks the same few each time; `make fuzz` asks many new ones.
"""

from functools import cache
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from accounts.models import User
from planning.rooms.models import Name, Room
from slomix.api import api
from tests import make
from tests.api import described
from tests.cast import TONIGHT, SlomixTestCase
from tests.corpus import fingerprint, tables

SECRET = "a-bridge-of-ours-0123456789"
FEW = 8
# A no counts even where the rest of the request is refused, and is written down.
A_NO_COUNTS = {"accounts.Preferences", "accounts.AuditEntry", "botworker.Delivery"}
WISHES = ("promotion-preferences", "preferences", "settings")

A_NAME = 4712
# Nobody guesses a day that can be answered; every other case gets words that mean something.
HELPED: tuple[dict[str, Any], ...] = (
    {},
    {"date": "2026-11-20", "from": "2026-11-20", "to": "2026-11-21", "status": "LOOKING"},
    {"kind": "personal", "channel": "telegram", "channel_type": "telegram"},
    {"name": "Wolves", "suggestion_id": A_NAME, "seed": "7", "token": 0, "date": "2026-11-20"},
    {"date": "2027-02-18", "from": "2026-11-21", "to": "2026-12-24", "status": "NOT_PLAYING"},
)


@cache
def description() -> Any:
    """Return the published description as schemathesis reads it; it asks over no network."""
    return schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))


@pytest.mark.slow
@override_settings(INTERNAL_API_SECRET=SECRET, TELEGRAM_ENABLED=True)
class FuzzTests(SlomixTestCase):
    examples: int
    before: dict[bool, str]

    @pytest.fixture(autouse=True)
    def _how_many(self, request: pytest.FixtureRequest) -> None:
        self.examples = request.config.getoption("--fuzz", default=0)

    def setUp(self) -> None:
        super().setUp()
        for who in (self.ana, self.bor):
            make.entry(who)
        room = Room.objects.create(day=TONIGHT.date(), creator=self.ana)
        Name.objects.create(
            pk=A_NAME,
            room=room,
            person=self.bor,
            text="Foxes",
            folded="foxes",
            suggested_at=TONIGHT,
        )

    def test_a_visitor(self) -> None:
        self.ask_everything(None)

    def test_a_linked_person(self) -> None:
        self.ask_everything(self.bor)

    def test_a_promoter(self) -> None:
        self.ask_everything(self.ana)

    def ask_everything(self, who: User | None) -> None:
        client, token = self.client_of(who)
        self.before = {False: fingerprint(tables()), True: fingerprint(tables(*A_NO_COUNTS))}
        for result in description().get_all_operations():
            operation = result.ok()
            for mode in GenerationMode:
                with self.subTest(f"{operation.label}, {mode.value}"):
                    self.ask(operation, mode, client, token)

    def ask(self, operation: Any, mode: GenerationMode, client: Client, token: str) -> None:
        takes_something = operation.body or list(operation.iter_parameters())
        if mode is GenerationMode.NEGATIVE and not takes_something:
            return  # nothing about it can be made wrong

        @settings(
            max_examples=self.examples or FEW,
            derandomize=not self.examples,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(operation.as_strategy(generation_mode=mode), st.sampled_from(HELPED))
        def ask(case: Case[Any], sensible: dict[str, Any]) -> None:
            for place in (case.body, case.query, case.path_parameters):
                if isinstance(place, dict):
                    place.update({name: sensible[name] for name in place if name in sensible})
            self.judge(case, client, token)

        ask()

    def client_of(self, who: User | None) -> tuple[Client, str]:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if who:
            client.force_login(who)
        client.get("/")
        cookie = client.cookies.get("csrftoken")
        return client, cookie.value if cookie else ""

    def judge(self, case: Case[Any], client: Client, token: str) -> None:
        a_no_counts = case.operation.path.rsplit("/", 1)[-1] in WISHES
        watched = tables(*A_NO_COUNTS if a_no_counts else ())
        with transaction.atomic():
            method, path, answer = send(case, client, token)
            described.judge(method, path, answer)
            if answer.status_code >= 400:
                # Everything is rolled back, so it began as all the others did.
                before = self.before[a_no_counts]
                self.assertEqual(fingerprint(watched), before, f"{method} {path} changed something")
            transaction.set_rollback(True)


def send(case: Case[Any], client: Client, token: str) -> tuple[str, str, Any]:
    """Send a case as our own script sends its requests; returns method, path and answer."""
    told = case.as_transport_kwargs(base_url="http://testserver")
    told.pop("cookies", None)
    made = requests.Request(**told).prepare()
    headers = {str(name): _text(value) for name, value in made.headers.items()}
    content_type = headers.pop("Content-Type", "application/json")
    for name in ("Content-Length", "Host", "Cookie"):
        headers.pop(name, None)
    headers |= {"X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest"}
    if case.operation.path.endswith("/link-confirm"):
        headers["Authorization"] = f"Bearer {SECRET}"
    body = made.body or b""
    method, path = str(made.method), made.path_url
    data = body.encode() if isinstance(body, str) else body
    answer = client.generic(method, path, data, content_type=content_type, headers=headers)
    return method, path, answer


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
