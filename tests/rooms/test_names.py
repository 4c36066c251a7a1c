"""A team name as it is kept, and when two of them are the same to the eye."""

import pytest

from planning.rooms import names
from tests.corpus import TEXTS

TWINS = (
    ("Alpha", "ALPHA"),
    ("Alpha", "Аlpha"),  # Cyrillic А
    ("paypal", "раypal"),
    ("Οrks", "Orks"),  # Greek Ο
    ("HEROES", "ΗΕRΟΕS"),  # Greek Η, Ε, Ο
    ("ＬＯＯＫＩＮＧ", "looking"),
    ("oﬃce", "office"),
    ("Caf\u00e9", "Cafe\u0301"),
    ("ISTRA", "İstra"),
    ("ISTRA", "ıstra"),
    ("𝐀lpha", "alpha"),  # mathematical
    ("Ⓐlpha", "alpha"),
    ("ᴀʟᴘʜᴀ", "Alpha"),  # small capitals
    ("Alpha 1", "Alpha l"),
    ("Alpha l", "Alpha I"),
    ("Team 0", "Team O"),
    ("Bam", "Barn"),
    ("VVolves", "Wolves"),
    ("Straße", "STRASSE"),
    ("A–Team", "A-Team"),
)


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_what_looks_alike_folds_alike(one: str, other: str) -> None:
    assert names.fold(names.clean(one)) == names.fold(names.clean(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Alpha", "Beta"), ("Čuki", "Cuki"), ("Panzer", "Panther"), ("Šok", "Sok"), ("A B", "AB")],
)
def test_what_does_not_look_alike_stays_two(one: str, other: str) -> None:
    assert names.fold(one) != names.fold(other)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Alpha \t Wolves\r\n", "Alpha Wolves"),
        ("Al\u200bpha\ufeff", "Alpha"),
        ("\u202egnikool", "gnikool"),
        ("\u2066Alpha\u2069", "Alpha"),
        ("Al\u00adpha", "Alpha"),
        ("Al\u3164pha", "Alpha"),
        ("Al\x00pha", "Al pha"),
        ("Al\ud800pha", "Alpha"),
        ("e\u0301e\u0301", "éé"),
        ("Al" + "\u0335" * 200 + "pha", "Al\u0335\u0335pha"),
        ("<b>Alpha</b>", "<b>Alpha</b>"),
        ("@everyone", "@everyone"),
        ("x" * 48, "x" * 48),
        ("ab", "ab"),
        ("🦊🐺", "🦊🐺"),
    ],
)
def test_what_nobody_sees_is_left_out(typed: str, kept: str) -> None:
    assert names.clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "x", "x" * 49, "\u200b\u200b\u200b", "\u3164\u3164", "\u0301\u0301", "a\u0301"),
        *("x\u200b", "\u2800\u2800", "a" * 10**6, "\u202e\u202d", "\x00\x00"),
    ],
)
def test_what_is_too_short_or_too_long_to_be_seen_is_none(typed: str) -> None:
    with pytest.raises(names.Unfit):
        names.clean(typed)


@pytest.mark.parametrize("typed", TEXTS)
def test_what_nobody_should_send_is_refused_or_kept_within_its_bounds(typed: str) -> None:
    try:
        kept = names.clean(typed)
    except names.Unfit:
        return

    assert 2 <= len(kept) <= 48
    assert names.clean(kept) == kept
    assert 1 <= len(names.fold(kept)) <= names.FOLDED
    kept.encode()


def test_a_sign_that_stands_for_a_sentence_fits_as_well() -> None:
    assert len(names.fold("\ufdfa" * 48)) <= names.FOLDED
    assert names.fold("\ufdfa" * 48) != names.fold("\ufdfa" * 47)
