"""What nobody should send: a clear refusal, and nothing is changed."""

import json
from typing import Any

from availability.models import Away, Change, Entry, Usual
from tests.api.client import Caller
from tests.cast import TONIGHT, SlomixTestCase
from tests.corpus import BODIES, DATES, NUMBERS, TEXTS

PATH = "/api/availability"
TODAY = TONIGHT.date().isoformat()


class CorpusTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.me = Caller(self.bor)

    def tearDown(self) -> None:
        for model in (Entry, Change, Usual, Away):
            self.assertFalse(model.objects.exists(), model)
        super().tearDown()

    def refused(self, answer: Any, said: object, *statuses: int) -> None:
        self.assertIn(answer.status_code, statuses or (400,), repr(said)[:200])
        self.assertTrue(answer.json()["detail"], repr(said)[:200])

    def test_a_status_that_is_none(self) -> None:
        for value in (*TEXTS, *NUMBERS):
            body = {"date": TODAY, "status": value}
            self.refused(self.me.post(PATH, body), value)

    def test_a_date_that_is_none(self) -> None:
        for value in (*TEXTS, *NUMBERS, *DATES):
            body = {"date": value, "status": "LOOKING"}
            self.refused(self.me.post(PATH, body), value)

    def test_a_range_that_is_none(self) -> None:
        visitor = Caller()
        for value in (*TEXTS[1:], *DATES[:4], *DATES[8:]):
            if value == "\ud800":
                continue  # no address can hold it
            self.refused(visitor.get(PATH, **{"from": value}), value, 422)
            self.refused(visitor.get(PATH, to=value), value, 422)
        for first, last in (
            ("0001-01-01", "9999-12-31"),
            (TODAY, "2036-11-20"),
            (TODAY, "0001-01-01"),
        ):
            self.refused(visitor.get(PATH, **{"from": first, "to": last}), (first, last))
        self.refused(visitor.get(PATH, include_users="perhaps"), "include_users")

    def test_the_edges_of_the_calendar_are_answered(self) -> None:
        visitor = Caller()
        for span in ({"from": "9999-12-31"}, {"from": "0001-01-01"}, {"from": "2028-02-29"}):
            self.assertEqual(visitor.get(PATH, **span).status_code, 200, span)

    def test_a_body_that_is_none(self) -> None:
        for path in ("", "/pattern", "/away", "/undo"):
            for body in BODIES:
                self.refused(self.me.post(PATH + path, body), (path, body))

    def test_days_and_weeks_that_are_none(self) -> None:
        for value in (*TEXTS, *NUMBERS, *DATES[:6]):
            self.refused(self.me.post(f"{PATH}/undo", {"date": value}), value, 400, 409)
            self.refused(self.me.post(f"{PATH}/away", {"from": value, "to": value}), value)
            self.refused(self.me.post(f"{PATH}/pattern", {"days": {"friday": value}}), value)
            self.refused(self.me.post(f"{PATH}/pattern", {"days": value or 7}), value)

    def test_an_absence_that_is_none(self) -> None:
        for number in ("0", "-1", str(2**31), str(2**63), str(2**64), "1_0", "０", "x", "1.5"):
            answer = self.me.delete(f"{PATH}/away/{number}")
            self.refused(answer, number, 400, 404)

    def test_a_field_twice_is_the_last_one_and_no_fault(self) -> None:
        body = f'{{"date": "{TODAY}", "status": "LOOKING", "status": "PERHAPS"}}'

        self.refused(self.me.post(PATH, body), body)

    def test_three_megabytes_are_refused(self) -> None:
        body = json.dumps({"date": TODAY, "status": "x" * 3_000_000})

        self.refused(self.me.post(PATH, body), "three megabytes")
