"""The ledger against a plain oracle, in any order of events; `python -m tests.properties` goes on."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import SlomixTestCase
from tests.ledger.machine import Ledger

QUICK = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    database=None,
    suppress_health_check=list(HealthCheck),
)


class OracleTests(SlomixTestCase):
    def test_no_order_of_events_breaks_a_promise(self) -> None:
        run_state_machine_as_test(Ledger, settings=QUICK)

    @pytest.mark.slow
    def test_nor_does_a_long_one(self) -> None:
        longer = settings(QUICK, max_examples=30, stateful_step_count=40)
        run_state_machine_as_test(Ledger, settings=longer)
