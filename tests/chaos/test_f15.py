"""A small rollout in the middle of a campaign: on Discord, and on Telegram, where nothing hides a
message said twice."""

import json
from pathlib import Path

import pytest

from tests.chaos.running import chaos

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


def test_new_versions_come_to_work_and_nobody_is_lost_or_told_twice(tmp_path: Path) -> None:
    runs = chaos(
        tmp_path,
        *("--scenario", "F15", "--deliveries", "30", "--seed", "3", "--scale", "5"),
        *("--database", "postgresql"),
    )

    for run in runs:
        assert run["right"], json.dumps([run["missed"], run["invariants"]])
        happened = run["beside"]
        assert happened["rollouts"] == 1
        assert happened["migrate"] == happened["rotate_keys"] == happened["tables changed"] == 1
        assert happened["web renewed"] == happened["worker renewed"] == 1
        assert (happened["deliver renewed"], happened["bot renewed"]) == (2, 1)
