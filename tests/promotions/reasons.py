"""Every reason that the ledger may hold, read out of the code that writes them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOTS = ("botworker", "promotions", "availability", "planning/rooms", "planning/raids")
# Functions that return a reason, or "" for none.
RETURNING = {"why_not", "too_much", "unasked", "_never", "at_its_time", "too_often"}
# Constants that hold one.
NAMES = re.compile(
    r"CANCELLED|DRY_RUN|SWITCHED_OFF|NOT_EXPECTED|NOT_LINKED|NOT_ASKED|NO_CHANNEL|QUIET|TOO_LATE"
    r"|CALLS_THEMSELVES|NOT_FREE|IN_VOICE|NO_NEWS|COMES_LATER|SAID_NO|ASKED_TO_STOP|ERASED|NOT_OURS|OFTEN"
)
# Other things that are called so: a feed's kind, a scheduled event's state.
OTHERS = {"", "cancelled", "personal", "your evenings"}


def everything() -> set[str]:
    """Return the reasons; what changes in one, such as a code, is `{}`."""
    found = {reason for path in _sources() for reason in _of(ast.parse(path.read_text()))}
    return found - OTHERS


def _sources() -> Iterator[Path]:
    for root in ROOTS:
        for path in Path(settings.BASE_DIR, root).rglob("*.py"):
            if not {"standin", "management", "migrations"} & set(path.parts):
                yield path


def _of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _given(node)
        elif isinstance(node, ast.Assign):
            yield from _named(node)
        elif isinstance(node, ast.FunctionDef) and node.name in RETURNING:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return):
                    yield from _texts(inner.value)


def _given(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name == "Refusal" and call.args:
        yield from _texts(call.args[0])
    for given in call.keywords:
        if given.arg in ("reason", "silent"):
            yield from _texts(given.value)


def _named(made: ast.Assign) -> Iterator[str]:
    for target in made.targets:
        name = getattr(target, "id", "")
        if name == "reason" or NAMES.fullmatch(name):
            yield from _texts(made.value)
        elif name in ("PERMANENT", "PERSONAL"):
            for value in ast.walk(made.value):
                yield from _texts(value) if isinstance(value, ast.Constant) else ()
        elif name == "FOR_GOOD" and isinstance(made.value, ast.Dict):
            for value in made.value.values:
                if isinstance(value, ast.Tuple):
                    yield from _texts(value.elts[0])


def _texts(value: ast.AST | None) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in value.values)
        yield "".join(map(str, parts))
    elif isinstance(value, ast.BoolOp):
        for one in value.values:
            yield from _texts(one)
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)
