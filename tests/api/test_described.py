"""What the API publishes about itself: every operation, its answers and its refusals."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from ninja import Schema

from slomix import shapes
from tests.api import described
from tests.api.client import Caller
from tests.api.test_guards import operations
from tests.cast import SlomixTestCase

OURS = ("accounts.", "availability.", "botworker.", "planning.", "promotions.", "slomix.")


def answer(status: int, body: object) -> SimpleNamespace:
    """Make up what a server might answer."""
    content = json.dumps(body).encode()
    return SimpleNamespace(status_code=status, content=content, json=lambda: body)


class DescribedTests(SlomixTestCase):
    def test_the_table_names_every_operation_and_no_other(self) -> None:
        there = {f"{method} {path}" for method, path, _about in operations()}

        self.assertEqual(there, set(shapes.ANSWERS))

    def test_every_answer_has_a_shape_and_every_refusal_is_the_same(self) -> None:
        for method, path, about in operations():
            responses = about["responses"]
            with self.subTest(f"{method} {path}"):
                good = responses["200"]["content"]["application/json"]["schema"]
                self.assertEqual((good["type"], good["additionalProperties"]), ("object", False))
                self.assertIn("400", responses)
                for code, told in responses.items():
                    self.assertTrue(told["description"])
                    if code not in ("200", "304"):
                        schema = told["content"]["application/json"]["schema"]
                        self.assertEqual(schema["$ref"], "#/components/schemas/Refusal")

    def test_whoever_must_sign_in_is_told_so_and_unsafe_ones_name_403(self) -> None:
        for method, path, about in operations():
            with self.subTest(f"{method} {path}"):
                self.assertEqual("401" in about["responses"], bool(about.get("security")))
                if method != "GET":
                    self.assertIn("403", about["responses"])

    def test_422_is_for_days_that_are_none_alone(self) -> None:
        with_days = {path for _m, path, about in operations() if "422" in about["responses"]}

        base = "/api/availability"
        wanted = {base, f"{base}/me", f"{base}/history", f"{base}/promotions/campaign"}
        self.assertEqual(with_days, wanted | {"/api/planning/today"})

    def test_every_operation_has_a_name_of_its_own(self) -> None:
        names = [about["operationId"] for _method, _path, about in operations()]

        self.assertEqual(len(names), len(set(names)))

    def test_it_is_what_is_served(self) -> None:
        served = Caller().get("/api/openapi.json").json()["paths"]["/api/availability"]

        codes = served["get"]["responses"]
        self.assertEqual(set(codes), {"200", "304", "400", "422"})


class JudgeTests(SlomixTestCase):
    """What holds the answers against it does find what is wrong."""

    def test_a_field_too_many_or_too_few(self) -> None:
        for body in ({}, {"days": {}, "more": 1}, {"days": {"friday": "PERHAPS"}}):
            with pytest.raises(AssertionError, match="GET /api/availability/pattern"):
                described.judge("GET", "/api/availability/pattern", answer(200, body))

    def test_a_status_that_nobody_announced(self) -> None:
        for status in (409, 422, 500):
            with pytest.raises(AssertionError, match="not described"):
                described.judge("GET", "/api/availability/pattern", answer(status, {}))

    def test_a_refusal_without_a_field(self) -> None:
        with pytest.raises(AssertionError, match="field"):
            described.judge("GET", "/api/availability/away", answer(401, {"detail": "no"}))

    def test_a_good_one_passes(self) -> None:
        described.judge("GET", "/api/availability/pattern", answer(200, {"days": {}}))


def test_no_two_bodies_share_a_name() -> None:
    """The description has one place for each name; of two, the last one would be published."""
    found = [one.__name__ for one in every(Schema) if one.__module__.startswith(OURS)]

    assert sorted(found) == sorted(set(found))


def every(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from every(one)
