"""Every operation of the JSON API says who may use it, and what an unsafe one needs."""

import re
from collections.abc import Iterator
from typing import Any

from accounts.models import AuditEntry
from availability.models import Entry
from slomix.api import api
from tests.api.client import Caller
from tests.cast import SlomixTestCase

SAFE = {"GET", "HEAD", "OPTIONS"}
# What a machine calls with the service secret, which no browser holds.
WITH_THE_SECRET = {("POST", "/api/availability/link-confirm")}


# What visitors may read.
FOR_EVERYBODY = {
    ("GET", "/api/availability"),
    ("GET", "/api/availability/access"),
    ("GET", "/api/planning/today"),
    ("GET", "/auth/link/status"),
}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every method and path that is published."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.rstrip("/"), operation


class GuardTests(SlomixTestCase):
    def unsafe(self) -> list[tuple[str, str]]:
        found = [
            (method, re.sub(r"{[^}]*}", "1", path))
            for method, path, _operation in operations()
            if method not in SAFE and (method, path) not in WITH_THE_SECRET
        ]
        self.assertIn(("DELETE", "/api/availability/away/1"), found)
        return found

    def test_every_unsafe_one_needs_the_token_and_the_header(self) -> None:
        promoter = Caller(self.ana)
        written = AuditEntry.objects.count()
        for method, path in self.unsafe():
            for missing in ("X-CSRFToken", "X-Requested-With"):
                with self.subTest(f"{method} {path} without {missing}"):
                    answer = promoter.send(method, path, {}, **{missing: ""})

                    self.assertEqual(answer.status_code, 403)
                    self.assertTrue(answer.json()["detail"])
        self.assertEqual(AuditEntry.objects.count(), written)
        self.assertFalse(Entry.objects.exists())

    def test_every_unsafe_one_is_for_somebody_who_is_signed_in(self) -> None:
        visitor = Caller()
        for method, path in self.unsafe():
            with self.subTest(f"{method} {path}"):
                self.assertEqual(visitor.send(method, path, {}).status_code, 401)

    def test_what_needs_the_secret_needs_nothing_else_and_nothing_less(self) -> None:
        for method, path, _operation in operations():
            if (method, path) in WITH_THE_SECRET:
                for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}):
                    answer = Caller(self.ana).send(method, path, {}, **headers)
                    self.assertEqual(answer.status_code, 401)

    def test_every_one_but_those_few_is_for_somebody(self) -> None:
        open_to_all = {
            (method, path) for method, path, about in operations() if not about.get("security")
        }

        self.assertEqual(open_to_all, FOR_EVERYBODY)

    def test_every_one_says_what_it_does(self) -> None:
        silent = [
            f"{method} {path}" for method, path, about in operations() if not about.get("summary")
        ]

        self.assertEqual(silent, [])


class FieldTests(SlomixTestCase):
    def test_a_refused_body_names_a_field_of_the_description(self) -> None:
        for method, path, operation in operations():
            fields = set(described_fields(operation))
            if not fields or (method, path) in WITH_THE_SECRET:
                continue
            nonsense = {name: {"no": ["such thing"]} for name in fields}
            with self.subTest(f"{method} {path}"):
                answer = Caller(self.ana).send(method, re.sub(r"{[^}]*}", "1", path), nonsense)

                self.assertEqual(answer.status_code, 400)
                self.assertIn((answer.json()["field"] or "").partition(".")[0], fields)


def described_fields(operation: dict[str, Any]) -> Iterator[str]:
    """The names that a body of this operation may have."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        yield from api.get_openapi_schema()["components"]["schemas"][name]["properties"]
