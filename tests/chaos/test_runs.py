"""Small runs with a seed on both databases: real processes, really killed."""

import json
from typing import Any

import pytest

from slomix.management.chaos.plan import BOUNDARIES
from tests import fresh
from tests.chaos.running import chaos

pytestmark = pytest.mark.slow


def kept(run: dict[str, Any]) -> None:
    assert run["holds"], json.dumps([one for one in run["invariants"] if not one["holds"]])
    assert [one["trials"] for one in run["invariants"]][:5] == [run["deliveries"]] * 5
    assert set(BOUNDARIES) <= set(run["kills"])


def test_eight_boundaries_on_sqlite() -> None:
    [run] = chaos("--scenario", "F1", "--deliveries", "120", "--seed", "11")

    kept(run)


@pytest.mark.postgresql
def test_eight_boundaries_on_postgresql() -> None:
    [run] = chaos("--scenario", "F1", "--deliveries", "120", "--database", "postgresql")

    kept(run)


def test_without_the_nonce_it_turns_red() -> None:
    runs = chaos("--scenario", "F16", "--deliveries", "60", "--seed", "2")

    assert [run["right"] for run in runs] == [True] * 6
    assert [run["holds"] for run in runs] == [True, False] * 3


def test_nothing_is_left_over(tmp_path: Any) -> None:
    env = {"TMPDIR": str(tmp_path)}

    ended = fresh.manage("chaos", "--scenario", "F1", "--deliveries", "10", "--seed", "3", **env)

    assert list(tmp_path.iterdir()) == [], ended.stderr
