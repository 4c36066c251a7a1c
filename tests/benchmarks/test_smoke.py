"""The benchmarks run, in sizes that prove nothing: how long something takes is never asserted."""

import json
import os
import subprocess
import sys

import pytest

from tests.benchmarks.__main__ import SCENARIOS
from tests.fresh import BASE, KEPT

pytestmark = pytest.mark.slow


# One with more of the same processes: what it runs is what "load" runs.
MORE_OF_THE_SAME = {"grown"}


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one not in MORE_OF_THE_SAME])
def test_a_scenario_runs_and_says_whether_it_holds(scenario: str) -> None:
    argv = [sys.executable, "-m", "tests.benchmarks", scenario, "--toy"]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}

    ran = subprocess.run(  # noqa: S603  our own module
        argv, cwd=BASE, env=kept, capture_output=True, text=True, timeout=600, check=False
    )

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)[scenario]
    assert {"target", "holds"} <= found.keys()


def test_a_scenario_that_does_not_exist_is_refused_by_name() -> None:
    argv = [sys.executable, "-m", "tests.benchmarks", "moonlight"]

    ran = subprocess.run(  # noqa: S603  our own module
        argv, cwd=BASE, capture_output=True, text=True, timeout=60, check=False
    )

    assert ran.returncode == 2
    assert "there is no moonlight" in ran.stderr
