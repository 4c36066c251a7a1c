"""Small runs with a seed on both databases: real processes, really killed."""

import json
from pathlib import Path
from typing import Any

import pytest

from slomix.management.chaos.plan import BOUNDARIES
from tests.chaos.running import chaos

pytestmark = pytest.mark.slow


def kept(run: dict[str, Any]) -> None:
    assert run["holds"], json.dumps([one for one in run["invariants"] if not one["holds"]])
    assert [one["trials"] for one in run["invariants"]][:5] == [run["deliveries"]] * 5
    assert set(BOUNDARIES) <= set(run["kills"])


def test_eight_boundaries_on_sqlite_and_nothing_left_over(tmp_path: Path) -> None:
    [run] = chaos(tmp_path, "--scenario", "F1", "--deliveries", "120", "--seed", "11")

    kept(run)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgresql
def test_eight_boundaries_on_postgresql(tmp_path: Path) -> None:
    [run] = chaos(tmp_path, "--scenario", "F1", "--deliveries", "120", "--database", "postgresql")

    kept(run)


def test_nobody_in_voice_is_asked_while_drains_die(tmp_path: Path) -> None:
    runs = chaos(tmp_path, "--scenario", "ready", "--deliveries", "120", "--seed", "2")

    kept(runs[0])
    judged = {one["name"]: one for one in runs[0]["invariants"]}
    assert judged["voice"]["trials"] > 10
    # Without the look it turns red, by that sentence alone.
    assert [one["name"] for one in runs[1]["invariants"] if not one["holds"]] == ["voice"]
    assert runs[1]["right"]


def test_without_nonce_read_back_or_fence_it_turns_red(tmp_path: Path) -> None:
    runs = chaos(tmp_path, "--scenario", "F16", "--deliveries", "60", "--seed", "2")

    assert [run["right"] for run in runs] == [True] * 6
    assert [run["holds"] for run in runs] == [True, False] * 3
