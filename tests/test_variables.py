"""The table of variables has no gap: whatever is read is seen, whatever was known is decided."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.fresh import BASE
from tests.variables import VARIABLES

SHARED = BASE.parent / "shared"
NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
READERS = {"text", "number", "flag", "words", "snowflake", "snowflakes", "wall_time", "zone"}
READERS |= {"one_of", "same", "keys", "channel"}
# Words in capitals that are no variables.
NO_VARIABLES = {"NOT_PLAYING", "CURRENT_DATE", "RUNBOOK_LOCAL_LINUX", "DEPLOYMENT_RUNBOOK"}


@cache
def read_by_us() -> frozenset[str]:
    """Every name that the settings ask the environment for."""
    files = sorted((BASE / "slomix" / "settings").glob("*.py"))
    trees = [ast.parse(file.read_text()) for file in files]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [
        (call.func.attr, call.args)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in READERS
    ]
    # The name comes first; `same` takes two of them.
    named = [arg for reader, args in asked for arg in args[: 2 if reader == "same" else 1]]
    return frozenset(str(arg.value) for arg in named if isinstance(arg, ast.Constant))


def section(file: str, begins: str, ends: str) -> str:
    if not SHARED.is_dir():
        pytest.skip("The owner's documents are not beside this clone (../shared).")
    text = (SHARED / file).read_text()
    start = text.index(begins)
    return text[start : text.find(ends, start + len(begins))]


def unknown(text: str) -> set[str]:
    """Names in a document that the table lacks; documents shorten them to their last words."""
    names = set(NAME.findall(text)) - NO_VARIABLES
    return {
        name
        for name in names
        if not any(known == name or known.endswith(f"_{name}") for known in VARIABLES)
    }


def test_every_variable_that_we_read_is_in_the_table() -> None:
    assert read_by_us() - set(VARIABLES) == set()


def test_a_variable_that_we_read_has_a_test_that_sees_it() -> None:
    unseen = {name for name in read_by_us() if "::" not in VARIABLES[name]}

    assert unseen == set()


def test_a_variable_that_we_do_not_read_has_a_reason() -> None:
    reasons = {name: text for name, text in VARIABLES.items() if name not in read_by_us()}

    assert [
        n for n, t in reasons.items() if not t.startswith(("dropped, because ", "later, "))
    ] == []


def test_every_test_that_is_named_exists() -> None:
    named = {text for text in VARIABLES.values() if "::" in text}

    assert {one for one in named if not exists(*one.split("::"))} == set()


def exists(file: str, test: str) -> bool:
    path = BASE / file
    return path.is_file() and f"def {test}(" in path.read_text()


def test_the_owners_list_is_complete() -> None:
    assert (
        unknown(section("seeds/003_availability_system.txt", "## Environment", "## Dev")) == set()
    )


def test_the_list_of_the_first_slomix_is_complete() -> None:
    assert unknown(section("spec/first-slomix.md", "## 10. Env", "## 11.")) == set()


def test_the_list_of_the_raid_bot_is_complete() -> None:
    text = section("spec/raid-bot.md", "**Config/env**", "\n")

    assert unknown(text) == set()


# --- .env.example ----------------------------------------------------------------------------------


def written(path: Path) -> list[str]:
    return re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", path.read_text(), re.MULTILINE)


def test_the_example_holds_every_variable_once() -> None:
    names = written(BASE / ".env.example")

    assert sorted(names) == sorted(read_by_us() | {"DEV_DATABASE_URL", "DEV_REDIS_URL"})


def test_the_example_switches_nothing_on() -> None:
    lines = (BASE / ".env.example").read_text().splitlines()

    assert [line for line in lines if line and not line.startswith("#")] == []
