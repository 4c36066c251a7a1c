"""Whatever the ledger may give as a reason is said in words: to promoters and to the person."""

import pytest

from promotions import refusals, words
from slomix.pages import said
from tests.promotions import reasons

ALL = sorted(reasons.everything())
# What stands in the place of what changes.
FILLED = {"{} cannot be reached": ("Discord", "Telegram", "Signal")}
KNOWN = words.REASONS | said.TO_YOU


def filled(reason: str) -> list[str]:
    return [reason.replace("{}", value) for value in FILLED.get(reason, ("50035",))]


@pytest.mark.parametrize("reason", ALL)
def test_a_reason_has_words(reason: str) -> None:
    for one in filled(reason):
        assert refusals.without_code(one) in KNOWN, f"{one} is said as it is"


@pytest.mark.parametrize("reason", ["quiet hours", "in voice", "dry run", "the channel failed"])
def test_the_search_finds_what_is_known_to_be_there(reason: str) -> None:
    assert reason in ALL


@pytest.mark.parametrize("reason", sorted(said.TO_YOU))
def test_what_is_said_to_the_person_is_said_to_promoters_too(reason: str) -> None:
    assert reason in words.REASONS


def test_a_providers_number_is_left_out() -> None:
    assert words.why("Discord refused it (50035)") == "Discord refused it"


def test_what_nobody_knows_is_shown_as_it_is() -> None:
    assert words.why("something new") == "something new"
