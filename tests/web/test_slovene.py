"""Slovene as it is really read: four forms of every count, and no page in two languages."""

import re
from html import unescape

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import Preferences
from promotions import actions
from slomix.management import catalogue
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

NUMBERS = (1, 2, 3, 4, 5, 101, 102, 111)
# One phrase for 1, 2, 3 to 4 and 5 and more, as the message book writes them.
FORMS = {
    ("%(n)d is looking", "%(n)d are looking"): (
        "1 išče igro",
        "2 iščeta igro",
        "3 iščejo igro",
        "4 iščejo igro",
        "5 jih išče igro",
        "101 išče igro",
        "102 iščeta igro",
        "111 jih išče igro",
    ),
    ("%(n)d is needed", "%(n)d are needed"): (
        "manjka še 1",
        "manjkata še 2",
        "manjkajo še 3",
        "manjkajo še 4",
        "manjka jih še 5",
        "manjka še 101",
        "manjkata še 102",
        "manjka jih še 111",
    ),
    ("%(n)d player", "%(n)d players"): (
        "1 igralec",
        "2 igralca",
        "3 igralci",
        "4 igralci",
        "5 igralcev",
        "101 igralec",
        "102 igralca",
        "111 igralcev",
    ),
    ("in %(n)d second", "in %(n)d seconds"): (
        "čez 1 sekundo",
        "čez 2 sekundi",
        "čez 3 sekunde",
        "čez 4 sekunde",
        "čez 5 sekund",
        "čez 101 sekundo",
        "čez 102 sekundi",
        "čez 111 sekund",
    ),
}
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.DOTALL)
# Shorter ones stand in names and addresses, too.
LONG_ENOUGH = 9


@pytest.mark.parametrize("source", FORMS, ids=lambda source: source[0])
def test_slovene_counts_by_its_four_forms(source: tuple[str, str]) -> None:
    with translation.override("sl"):
        said = tuple(ngettext(*source, number) % {"n": number} for number in NUMBERS)

    assert said == FORMS[source]


def english() -> list[str]:
    """Return what the site would say in English only, without what is filled in."""
    texts = (message for message in catalogue.read("sl") if isinstance(message.id, str))
    return [
        str(one.id)
        for one in texts
        if one.string != one.id and len(one.id) >= LONG_ENOUGH and "%(" not in one.id
    ]


class OneLanguageTests(SlomixTestCase):
    """ana, a promoter, reads Slovene; the evening is called."""

    def setUp(self) -> None:
        super().setUp()
        Preferences.objects.filter(user=self.ana).update(language="sl")
        make.entry(self.bor)
        make.entry(self.ana)
        self.call = actions.promote(
            promoter=self.ana, include_available=True, include_maybe=True, dry_run=False, at=TONIGHT
        )

    def foreign(self, path: str) -> list[str]:
        answer = self.client.get(path, headers={"Accept-Language": "sl"})
        self.assertEqual((answer.status_code, answer["Content-Language"]), (200, "sl"))
        read = " ".join(unescape(TAGS.sub(" ", answer.content.decode())).split())
        return [text for text in english() if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", read)]

    def test_no_page_speaks_two_languages(self) -> None:
        self.sign_in(self.ana)
        paths = ("/", "/?day=2026-11-25", "/you/", "/you/week/", "/you/data/", "/you/erase/")
        for path in (*paths, "/link/", "/promote/", "/nudge/", f"/calls/{self.call.pk}/"):
            with self.subTest(path):
                self.assertEqual(self.foreign(path), [])

    def test_nor_do_those_of_visitors(self) -> None:
        for path in ("/", "/accounts/sign-in/"):
            with self.subTest(path):
                self.assertEqual(self.foreign(path), [])

    def test_english_would_be_noticed(self) -> None:
        with translation.override("en"):
            page = self.client.get("/").content.decode()

        self.assertTrue([text for text in english() if text in unescape(page)])
