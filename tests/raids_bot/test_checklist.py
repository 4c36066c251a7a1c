"""Every line of what the raid bot had to do has tests that are there and are run."""

import ast

import pytest

from tests.raids_checklist import CHECKLIST
from tests.test_defects import ROOT

# Lines of the list; a line is never taken out, only its tests change.
LINES = 19


def test_no_line_is_missing() -> None:
    assert len(CHECKLIST) == LINES
    assert all(CHECKLIST.values())


@pytest.mark.parametrize("line", CHECKLIST)
def test_its_tests_are_there(line: str) -> None:
    for place in CHECKLIST[line]:
        file, *path = place.split("::")
        node: ast.AST = ast.parse((ROOT / file).read_text())
        for name in path:
            inside = {getattr(one, "name", ""): one for one in ast.iter_child_nodes(node)}
            assert name in inside, f"{place} is not there"
            node = inside[name]
        assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)), place
        assert node.name.startswith("test_"), f"{place} is not run"
