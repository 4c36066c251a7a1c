"""Every text goes through the catalogue, plural and context included."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from slomix.management import catalogue

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


def test_what_is_not_compiled_is_noticed(folder: Path) -> None:
    catalogue.update("en", found("Cancel"))
    catalogue.po_file("en").with_suffix(".mo").unlink()

    assert catalogue.complaints("en", found("Cancel")) == ["en: django.mo is older than django.po"]
