"""What stands in one cell of the old bot's tables, whichever of its forms they have. Pure.

Its code declared less than its database enforced, columns came late, and SQLite stores times and
switches as text and numbers: everything here may be missing or strange.
"""

import unicodedata
from datetime import UTC, datetime
from typing import Any

LARGEST = 2**63
# A number of a raid that somebody could have seen; a greater one would leave no room above it.
HIGHEST = 10**9
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def whole(value: Any) -> int | None:
    """Return a whole number; None for nothing and for anything else."""
    if isinstance(value, float) and not value.is_integer():
        return None
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def discord_id(value: Any) -> int | None:
    """Return an id as Discord gives them; None for nothing and for what is none."""
    number = whole(value)
    return number if number is not None and 0 < number < LARGEST else None


def display_id(value: Any) -> int | None:
    """Return the number that people call a raid by; None where it had none, or 0."""
    number = whole(value)
    return number if number is not None and 0 < number <= HIGHEST else None


def switch(value: Any, *, default: bool) -> bool:
    """Return whether something was on."""
    number = whole(value)
    return default if number is None else bool(number)


def text(value: Any, most: int) -> str:
    """Return one line of at most `most` characters, without what nobody sees."""
    shown = [
        "" if unicodedata.category(letter) in UNSEEN and not letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", "" if value is None else str(value))
    ]
    return " ".join("".join(shown).split())[:most].strip()


def instant(value: Any) -> datetime | None:
    """Return when something was, in UTC: what has no zone was written in UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        return None
