"""A code that somebody wears in the game's name for a moment. Pure: no queries, no clock."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from accounts.players import COLOUR

# No letter or figure that looks like another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 4
WORKS_FOR = timedelta(minutes=15)
# The game takes 35 characters and a closing zero (MAX_NAME_LENGTH of ET: Legacy, q_shared.h).
LONGEST_NAME = 35


def new() -> str:
    """Return a code that is easily read and typed."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


def wear(name: str, code: str) -> str:
    """Return the name to put on: the player's own without colours, a dash, the code."""
    plain = COLOUR.sub("", name).strip()
    return f"{plain[: LONGEST_NAME - LENGTH - 1].rstrip()}-{code}"


def worn(code: str, names: Iterable[str]) -> bool:
    """Tell whether somebody on the server wears the code at the end of their name."""
    return any(COLOUR.sub("", name).strip().upper().endswith(f"-{code}") for name in names)
