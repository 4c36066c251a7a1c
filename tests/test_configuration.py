"""The configuration reference says what the settings read, and nothing else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from slomix.management import configuration

SETTINGS = """
from slomix.lib import env
NAME = env.text("SLOMIX_NAME", "badger")
MOST = env.number("SLOMIX_MOST", 7, at_least=1, at_most=9)
KIND = env.one_of("SLOMIX_KIND", "dev", ("dev", "production"))
WHERE = env.text("SLOMIX_WHERE", NAME + "!")
"""
EXAMPLE = """
# --- The animals (docs/zoo.md) -----
# Who lives here
# (see docs/zoo.md).
# SLOMIX_NAME=badger
# SLOMIX_MOST=7     # how many
# SLOMIX_KIND=dev

# SLOMIX_WHERE=forest   # default: beside the name
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "slomix" / "settings").mkdir(parents=True)
    (tmp_path / "slomix" / "settings" / "zoo.py").write_text(SETTINGS)
    (tmp_path / ".env.example").write_text(EXAMPLE)
    monkeypatch.setattr(configuration, "BASE", tmp_path)
    monkeypatch.setattr(configuration, "EXAMPLE", tmp_path / ".env.example")
    monkeypatch.setattr(configuration, "DOCUMENT", tmp_path / "configuration.md")
    return tmp_path


def test_the_reference_is_up_to_date() -> None:
    said = StringIO()

    call_command("configuration", "--check", stdout=said)

    assert "up to date" in said.getvalue()


def test_each_variable_has_what_it_takes_its_default_and_its_purpose(place: Path) -> None:
    call_command("configuration", stdout=StringIO())

    written = (place / "configuration.md").read_text()
    assert "## The animals\n" in written
    assert "| `SLOMIX_NAME` | text | `badger` | Who lives here (see [zoo.md](zoo.md)). |" in written
    assert "| `SLOMIX_MOST` | a whole number from 1 to 9 | `7` | How many. |" in written
    assert "| `SLOMIX_KIND` | one of dev, production | `dev` |  |" in written
    assert "| `SLOMIX_WHERE` | text | beside the name | Example: `forest`. |" in written


def test_a_reference_that_is_stale_is_refused_and_left_alone(place: Path) -> None:
    (place / "configuration.md").write_text("as it was last year")

    with pytest.raises(CommandError, match="stale"):
        call_command("configuration", "--check", stdout=StringIO())

    assert (place / "configuration.md").read_text() == "as it was last year"


def test_a_variable_that_nobody_explained_is_named(place: Path) -> None:
    (place / ".env.example").write_text("# --- The animals ---\n# SLOMIX_NAME=\n")

    with pytest.raises(CommandError, match="SLOMIX_KIND, SLOMIX_MOST, SLOMIX_WHERE"):
        call_command("configuration", stdout=StringIO())
