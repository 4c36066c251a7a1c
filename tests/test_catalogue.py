"""Every text goes through the catalogue, plural and context included."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from slomix.management import catalogue

WORDS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
APPS = ("accounts", "availability", "botworker", "promotions", "slomix")

PAGE = """{% load i18n %}
    {% translate "Promote" %} {# not this #}
  {% blocktranslate count n=lacking %}one more and we play{% plural %}{{ n }} more and we play{% endblocktranslate %}
      {% translate "May" context "month" as may %} “quotes” and 'more'
<p title="{% translate 'It’s on' %}">not this either</p>
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    return tmp_path


def found(*texts: str) -> Catalog:
    made = Catalog()
    for text in texts:
        made.add(text)
    return made


def test_a_template_gives_its_texts_and_nothing_else() -> None:
    texts = catalogue.template(BytesIO(PAGE.encode()), catalogue.KEYWORDS, (), {})

    assert [text for _line, _function, text, _comments in texts] == [
        "Promote",
        ("one more and we play", "%(n)s more and we play", None),
        ("month", "May"),
        "It’s on",
    ]


def test_code_and_templates_are_both_read() -> None:
    texts = {str(message.id) for message in catalogue.collect()}

    assert "Only promoters can call the others. Ask an admin." in texts
    assert "Sign in with Discord" in texts


def test_a_new_text_is_missed_until_it_is_collected(folder: Path) -> None:
    catalogue.update("en", found("Promote"))
    grown = found("Promote", "Cancel")

    assert catalogue.complaints("en", grown) == ["en: missing: 'Cancel'"]
    catalogue.update("en", grown)
    assert catalogue.complaints("en", grown) == []


def test_the_same_words_in_another_context_are_another_text(folder: Path) -> None:
    catalogue.update("en", found("May"))
    grown = found("May")
    grown.add("May", context="month")

    assert catalogue.complaints("en", grown) == ["en: missing: 'May' (month)"]


def test_a_text_that_is_gone_is_dropped(folder: Path) -> None:
    catalogue.update("en", found("Promote", "Cancel"))

    assert catalogue.complaints("en", found("Promote")) == ["en: no longer used: 'Cancel'"]


def test_translations_outlive_an_update(folder: Path) -> None:
    catalogue.update("sl", found("Cancel"))
    file = catalogue.po_file("sl")
    file.write_text(file.read_text().replace('msgstr ""\n\n', 'msgstr "Prekliči"\n\n'))

    catalogue.update("sl", found("Cancel", "Promote"))

    assert 'msgstr "Prekliči"' in file.read_text()
    assert b"Prekli" in file.with_suffix(".mo").read_bytes()


def test_a_new_text_is_not_taken_for_its_own_translation(folder: Path) -> None:
    new = found("Cancel")
    for language in ("en", "sl"):
        catalogue.update(language, new)

    assert catalogue.faults(catalogue.read("sl")) == ["not translated: 'Cancel'"]


def test_what_is_not_compiled_is_noticed(folder: Path) -> None:
    catalogue.update("en", found("Cancel"))
    catalogue.po_file("en").with_suffix(".mo").unlink()

    assert catalogue.complaints("en", found("Cancel")) == ["en: django.mo is older than django.po"]


def translated(source: str | tuple[str, str], *forms: str) -> list[str]:
    made = Catalog(locale="sl")
    made.add(source, forms[0] if isinstance(source, str) else forms)
    return catalogue.faults(made)


def test_a_text_without_its_translation_is_named() -> None:
    assert translated("Cancel", "") == ["not translated: 'Cancel'"]
    assert translated("Cancel", "Prekliči") == []


def test_a_translation_fills_in_the_same_words() -> None:
    said = translated("**%(at)s** is over.", "**%(when)s** je mimo.")

    assert said == ["other words to fill in: '**%(at)s** is over.'"]
    assert translated("<b>%(n)s</b> sent", "poslano %(n)s") == [
        "other words to fill in: '<b>%(n)s</b> sent'"
    ]


def test_a_translation_has_the_same_signs_for_bold_and_code() -> None:
    assert translated("**Now** `STOP`", "Zdaj `STOP`") == [
        "other signs for bold or code: '**Now** `STOP`'"
    ]


def test_slovene_counts_in_four_forms() -> None:
    source = ("%(n)d vote", "%(n)d votes")

    assert translated(source, "%(n)d glas", "%(n)d glasova", "%(n)d glasovi", "%(n)d glasov") == []
    assert translated(source, "%(n)d glas", "%(n)d glasova", "%(n)d glasovi", "") == [
        "not translated: '%(n)d vote'"
    ]


def test_everything_is_said_in_slovene() -> None:
    assert catalogue.faults(catalogue.read("sl")) == []


def test_no_text_hides_in_an_f_string_where_nobody_collects_it() -> None:
    assert [where for app in APPS for where in hidden(catalogue.BASE / app)] == []


def hidden(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.JoinedStr):
                yield from (f"{file.name}:{line}" for line in calls_in(node))


def calls_in(text: ast.JoinedStr) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS
    ]
