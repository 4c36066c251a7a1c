"""A slice of F11: what is told several times counts once."""

from pathlib import Path

import pytest

from tests.chaos.running import chaos

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_copies_at_once_and_late_change_nothing(tmp_path: Path, database: str) -> None:
    """F11, a slice."""
    words = ("--scenario", "F11", "--deliveries", "150", "--seed", "5", "--database", database)
    [run] = chaos(tmp_path, *words)

    assert run["holds"], run["invariants"]
    assert [one["trials"] > 0 for one in run["invariants"]] == [True] * 5
