"""The ledger against a plain oracle, in any order of events; `python -m tests.properties` goes on."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import SlomixTestCase
from tests.ledger.machine import Ledger

QUICK = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    database=None,
    suppress_health_check=list(HealthCheck),
)


class OracleTests(SlomixTestCase):
    def test_no_order_of_events_breaks_a_promise(self) -> None:
        run_state_machine_as_test(Ledger, settings=QUICK)
