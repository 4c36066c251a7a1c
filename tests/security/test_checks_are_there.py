import ast

import pytest

from tests.fresh import BASE
from tests.security.checks import CHECKS, NOT_APPLICABLE

# The areas of the standard, then what is Discord's, Telegram's and Signal's own.
LINES = (
    *("OAuth state, PKCE", "login CSRF", "redirect allowlist, open redirect", "account linking"),
    *("session fixation / logout", "timeouts", "cookies", "CSRF", "headers", "rate limits"),
    *("enumeration", "IDOR", "mass assignment", "output", "least data", "logs", "secrets"),
    *("token hashing", "encryption, rotation", "dependencies", "admin 2FA", "DoS", "exposure"),
    *("Client-wide `AllowedMentions.none()`", "Team, room and player names", "Interactions"),
    *("Token", "Telegram webhook", "Signal daemon", "Privacy"),
)


def test_every_line_is_ticked_off_and_none_is_made_up() -> None:
    assert set(CHECKS) == set(LINES)


def test_what_is_not_applicable_is_of_a_line_and_says_why() -> None:
    for name, why in NOT_APPLICABLE.items():
        assert name.partition(":")[0] in CHECKS
        assert len(why) > 20


def find(place: str) -> ast.AST | None:
    file, *path = place.split("::")
    if not (BASE / file).exists():
        return None
    node: ast.AST | None = ast.parse((BASE / file).read_text())
    for name in path:
        inside = ast.iter_child_nodes(node) if node else iter(())
        node = next((one for one in inside if getattr(one, "name", "") == name), None)
    return node


@pytest.mark.parametrize("name", CHECKS)
def test_a_listed_test_exists(name: str) -> None:
    missing = [
        place
        for place in CHECKS[name]
        if not isinstance(find(place), (ast.FunctionDef, ast.AsyncFunctionDef))
    ]

    assert missing == []
    assert CHECKS[name]
