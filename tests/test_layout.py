"""The size and the direction of the code, where no linter looks."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.fresh import BASE

FOLDERS = ("accounts", "availability", "botworker", "planning", "promotions", "slomix", "tests")
LONGEST_FILE, LONGEST_FUNCTION = 300, 50


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for file in sorted((BASE / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def named(file: Path) -> str:
    return str(file.relative_to(BASE))


def long_functions(file: Path) -> list[str]:
    functions = [
        node
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    return [
        f"{named(file)}: {name} has {length} lines"
        for name, length in lengths.items()
        if length > LONGEST_FUNCTION
    ]


def test_no_file_is_too_long() -> None:
    lengths = {named(file): len(file.read_text().splitlines()) for file in sources()}

    too_long = [f"{name} has {n} lines" for name, n in lengths.items() if n > LONGEST_FILE]
    assert too_long == []


def test_no_function_is_too_long() -> None:
    assert [line for file in sources() for line in long_functions(file)] == []


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for file in sources()
        if "tests" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 9 // 10] <= 25


def test_the_site_does_not_load_discord() -> None:
    look = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'slomix.settings'; "
        "django.setup(); import slomix.urls; "
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'discord'))"
    )
    found = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", look],
        cwd=BASE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert found.stdout.strip() == "[]"


def test_the_one_who_watches_the_demo_stays_small() -> None:
    look = (
        "import sys, slomix.management.demo.supervisor; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'discord', 'celery'}))"
    )
    found = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", look],
        cwd=BASE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert found.stdout.strip() == "[]"
