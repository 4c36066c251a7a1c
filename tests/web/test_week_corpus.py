"""What nobody should send about calendars, undo and one's wishes: refused or nothing, no fault.

The other forms of evenings are in `test_corpus.py`.
"""

from typing import Any
from urllib.parse import quote

import pytest

from accounts.models import Preferences
from availability import actions
from availability.models import Away, Change, Entry, Feed, Usual
from tests.cast import TONIGHT, SlomixTestCase
from tests.corpus import DATES, NUMBERS, TEXTS

PAGE = "/you/week/"
# A lone surrogate cannot be sent in a form.
SENT = [text for text in TEXTS if "\ud800" not in text]
VALUES = [*SENT, *DATES, *(str(one) for one in NUMBERS), "9" * 4000, "-1", "٣"]
# Path, the other fields as they should be, and the field that is tried.
FORMS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("undo/", {"change": "1"}, "date"),
    ("calendar/personal/ring/", {}, "lead"),
)
TABLES = (Entry, Change, Usual, Away, Feed)


@pytest.mark.slow
class CorpusTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bor)
        actions.make_feed(person=self.bor, kind="personal", at=TONIGHT)

    def kept(self) -> list[Any]:
        return [list(model.objects.order_by("pk").values()) for model in TABLES]

    def test_every_field_of_every_form(self) -> None:
        for path, others, field in FORMS:
            for value in VALUES:
                with self.subTest(f"{path} {field} {value[:40]!r}"):
                    before = self.kept()
                    answer = self.client.post(PAGE + path, {**others, field: value})
                    self.assertIn(answer.status_code, (200, 302, 400))
                    if answer.status_code == 400:
                        self.assertEqual(self.kept(), before)

    def test_a_kind_of_calendar_that_is_none(self) -> None:
        for value in SENT:
            for deed in ("", "ring/", "revoke/"):
                path = f"{PAGE}calendar/{quote(value, safe='')}/{deed}"
                with self.subTest(path[:80]):
                    self.assertIn(
                        self.client.post(path, {"lead": "15"}).status_code, (302, 400, 404)
                    )
        self.assertEqual([one.kind for one in Feed.objects.all()], ["personal"])

    def test_a_pause_and_a_language_that_are_none(self) -> None:
        for field in ("sound_cooldown_seconds", "language"):
            for value in VALUES:
                with self.subTest(f"{field} {value[:40]!r}"):
                    form = {"timezone": "Europe/Ljubljana", field: value}
                    answer = self.client.post("/you/preferences/", form)
                    self.assertIn(answer.status_code, (302, 400))
        stored = Preferences.objects.get(user=self.bor)
        self.assertIn(stored.sound_cooldown_seconds, range(30, 3601))
        self.assertEqual(stored.language, "")
