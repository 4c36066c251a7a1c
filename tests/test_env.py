"""How the environment is read: comments, quotes, line ends, and who wins."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from slomix.lib import env
from tests import fresh


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("27960  # port", "27960"),
        ("27960\t# port", "27960"),
        ("abc#123", "abc#123"),
        ("#channel", "#channel"),
        ("# only a comment", ""),
        ("'a # b'  # really", "a # b"),
        ('"a # b"', "a # b"),
        ("  spaces  ", "spaces"),
        ("p'ss", "p'ss"),
        ("'open", "'open"),
        ("''", ""),
        ("21:00\r", "21:00"),
    ],
)
def test_a_value_is_read_as_people_mean_it(written: str, read: str) -> None:
    with fresh.environment(NAME=written):
        assert env.text("NAME") == read


def test_empty_means_the_default() -> None:
    with fresh.environment(NAME="   "):
        assert env.text("NAME", "seven") == "seven"
        assert env.number("NAME", 7) == 7
        assert env.flag("NAME", True) is True


def test_a_file_may_come_from_windows(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(
        b"\xef\xbb\xbfONE=1\r\nexport TWO='two # 2'\r\n\r\n# no\r\nTHREE=3 # three\r\n"
    )

    with fresh.environment():
        env.load(file)
        assert [env.text(name) for name in ("ONE", "TWO", "THREE")] == ["1", "two # 2", "3"]


def test_the_process_environment_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("WEBSITE_PORT=7111\nAVAILABILITY_PROMOTION_START_TIME=22:00\n")

    found = fresh.settings(SLOMIX_ENV_FILE=str(file), WEBSITE_PORT="7222")

    assert found.WEBSITE_PORT == 7222
    assert f"{found.START_TIME:%H:%M}" == "22:00"


def test_an_empty_variable_beats_the_file_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DATABASE_URL=postgresql://club@db/real\n")

    found = fresh.settings(SLOMIX_ENV_FILE=str(file), DATABASE_URL="")

    assert found.DATABASE_URL.startswith("sqlite:")


def test_a_missing_file_is_no_fault(tmp_path: Path) -> None:
    env.load(tmp_path / "nothing")


def test_a_word_is_no_number() -> None:
    with fresh.environment(PORT="seven"), pytest.raises(ImproperlyConfigured) as refusal:
        env.number("PORT", 7000)

    assert str(refusal.value) == "PORT is 'seven'; write it as a whole number, for example 7000."


@pytest.mark.parametrize("written", ["٧٠٠٠", "7_000", "7e3", "0x10", "--7", "7 000"])
def test_a_number_has_plain_digits(written: str) -> None:
    with fresh.environment(PORT=written), pytest.raises(ImproperlyConfigured):
        env.number("PORT", 7000)


@pytest.mark.parametrize("written", ["TRUE", "yes", "On", "1 # sure"])
def test_yes_has_several_spellings(written: str) -> None:
    with fresh.environment(FLAG=written):
        assert env.flag("FLAG", False) is True


def test_a_list_takes_commas_and_spaces() -> None:
    with fresh.environment(LIST="a, b c,,d  # e"):
        assert env.words("LIST") == ["a", "b", "c", "d"]


def test_an_id_beyond_the_database_is_refused() -> None:
    with fresh.environment(ID=str(2**63)), pytest.raises(ImproperlyConfigured, match="copy the id"):
        env.snowflake("ID")


def test_zero_is_no_id() -> None:
    with fresh.environment(ID="0"):
        assert env.snowflake("ID") == 0


def test_nothing_but_the_reader_looks_at_the_environment() -> None:
    readers = {
        str(file.relative_to(fresh.BASE))
        for folder in ("slomix", "accounts", "availability", "promotions", "planning", "botworker")
        for file in (fresh.BASE / folder).rglob("*.py")
        if "os.environ" in file.read_text() or "getenv" in file.read_text()
    }

    # The others pass the whole environment on to processes that they start, or name our settings.
    management = {name for name in readers if name.startswith("slomix/management/")}
    assert readers - management == {"slomix/lib/env.py", "slomix/wsgi.py", "slomix/celery.py"}
