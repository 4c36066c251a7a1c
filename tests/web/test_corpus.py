"""What nobody should send, in the forms of evenings: refused in words, and nothing is changed."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from availability.models import Entry
from tests import make
from tests.cast import SlomixTestCase
from tests.corpus import DATES, NUMBERS, TEXTS, fingerprint, tables

EVENING = "/evenings/2026-11-20/"
BLANK = {"", " ", "\r\n", "\x85", "\u2028"}
# Address, the field that is wrong, what is sent beside it, and what does mean something there.
FORMS: tuple[tuple[str, str, dict[str, str], set[str]], ...] = (
    (EVENING, "status", {}, set()),
    (EVENING, "from", {"status": "LOOKING"}, BLANK),
    (f"{EVENING}next/", "after", {}, {""}),
    ("/you/week/usual/", "day", {"status": "LOOKING"}, {"0"}),
    ("/you/week/usual/", "status", {"day": "4"}, {""}),
    ("/you/week/away/", "from", {"to": "2026-11-22"}, {"today", "2026-11-20 "}),
    ("/you/week/away/", "to", {"from": "2026-11-21"}, BLANK | {"2027-02-19"}),
    ("/you/week/back/", "absence", {}, set()),
    ("/you/week/calendar/personal/", "lead", {}, {"", "0"}),
    ("/you/week/undo/", "change", {"date": "2026-11-20"}, set()),
)
SAID = tuple(str(one) for one in (*TEXTS, *NUMBERS, *DATES) if one != "\ud800")


class FormsTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)
        self.client.raise_request_exception = False
        self.client.get("/")

    @pytest.mark.slow
    def test_every_field_refuses_what_means_nothing(self) -> None:
        watched = tables()
        before = fingerprint(watched)
        for path, field, beside, meant in FORMS:
            for said in SAID:
                if said in meant:
                    continue
                with (
                    self.subTest(f"{path} {field}={said[:40]!r}"),
                    transaction.atomic(),
                ):
                    answer = self.client.post(path, {**beside, field: said})

                    changed = fingerprint(watched) != before
                    # One that is taken by mistake must not stain the next.
                    transaction.set_rollback(True)
                    self.assertIn(answer.status_code, (302, 400, 404))
                    self.assertFalse(changed)

    def test_bytes_that_are_no_text(self) -> None:
        before = fingerprint(tables())
        kind = "application/x-www-form-urlencoded"
        for body in (b"status=\xff\xfe", b"status=%ff", b"status=%c0%af", b"status=%ed%a0%80"):
            answer: Any = self.client.post(EVENING, body, content_type=kind)
            self.assertEqual(answer.status_code, 400, body)
        for kind, body in (
            ("multipart/form-data", b"x"),
            ("multipart/form-data; boundary=x", b"--x\r\n"),
            ("text/plain", b"status=LOOKING"),
            ("application/json", b'{"status": "LOOKING"}'),
        ):
            self.assertEqual(self.client.post(EVENING, body, content_type=kind).status_code, 400)
        self.assertEqual(fingerprint(tables()), before)

    def test_a_field_twice_is_its_last(self) -> None:
        body = b"status=LOOKING&status=PERHAPS"

        answer = self.client.post(EVENING, body, content_type="application/x-www-form-urlencoded")

        self.assertEqual(answer.status_code, 400)

    def test_a_megabyte_and_ten_thousand_fields(self) -> None:
        self.assertEqual(self.client.post(EVENING, {"status": "x" * 1_000_000}).status_code, 400)
        many = {f"field{number}": "1" for number in range(10_000)}
        self.assertEqual(self.client.post(EVENING, many).status_code, 400)

    def test_days_in_addresses(self) -> None:
        before = fingerprint(tables())
        for said in ("2026-02-29", "2100-02-29", "0000-00-00", "2026-13-01", "٢٠٢٦-١١-٢٠"):
            answer = self.client.post(f"/evenings/{said}/", {"status": "LOOKING"})
            self.assertEqual(answer.status_code, 404, said)
        for said in ("2026-11-19", "2027-02-19", "0001-01-01", "9999-12-31"):
            answer = self.client.post(f"/evenings/{said}/", {"status": "LOOKING"})
            self.assertEqual(answer.status_code, 400, said)
        self.assertEqual(fingerprint(tables()), before)

    def test_what_the_page_is_asked_for(self) -> None:
        for name in ("day", "month", "seen", "next"):
            for said in SAID:
                with self.subTest(f"?{name}={said[:40]!r}"):
                    self.assertIn(self.client.get("/", {name: said}).status_code, (200, 404))

    def test_a_leap_day_is_taken_in_a_leap_year(self) -> None:
        self.travel(make.at("12:00", date(2028, 2, 27)))
        self.sign_in(self.bor)

        answer = self.client.post("/evenings/2028-02-29/", {"status": "LOOKING"})

        self.assertEqual(answer.status_code, 302)
        self.assertEqual(Entry.objects.get().day, date(2028, 2, 29))
