"""Properties at length: `python -m tests.properties --steps 20000 --cases 50000 --seed 1`.

`--steps`: the ledger against its oracle (`tests.ledger.machine`), so many steps in any order, on a
test database of its own. `--cases`: local times, zones and quiet hours over the change nights
(`tests.ledger.nights`). `--sentences`: what people write about evenings. The shortest failing case
ends it with a traceback. The quick suite plays a slice of each.
"""

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable
from random import Random

import django
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

STEPS_A_RUN = 50


def _profile(runs: int) -> settings:
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS_A_RUN,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


def machine(steps: int, seed: int) -> str:
    """Play the ledger's machine at least so many steps, on an empty database; say what was played."""
    from django.test.runner import DiscoverRunner

    from tests.ledger.machine import Ledger

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    Ledger.steps = 0
    try:
        while (left := steps - Ledger.steps) > 0:
            seeded(seed)(Ledger)
            run_state_machine_as_test(Ledger, settings=_profile(left // STEPS_A_RUN + 1))
            seed += 1
    finally:
        runner.teardown_databases(databases)
    return f"{Ledger.steps} steps of the ledger's machine"


def nights(wanted: int, seed: int) -> str:
    """Play so many cases of wall times and quiet hours; say how many."""
    from tests.ledger.nights import Case, cases, check

    played = 0

    @seeded(seed)
    @_profile(wanted)
    @given(cases())
    def play(case: Case) -> None:
        nonlocal played
        played += 1
        check(case)

    play()
    return f"{played} cases of wall times, zones and quiet hours"


def sentences(wanted: int, seed: int) -> str:
    """Read so many mixtures of the words that people write; say how many."""
    from hypothesis import strategies as st

    from tests.availability.test_grammar import BITS, check, mixtures

    seeded(seed)(_profile(wanted)(given(mixtures(), st.dates(), BITS)(check)))()
    return f"{wanted} sentences about evenings"


def main() -> None:
    """Read what is wished for, play it, tell how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.properties", description=__doc__)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--sentences", type=int, default=0)
    parser.add_argument("--seed", type=int, default=Random().randrange(2**32))  # noqa: S311
    wishes = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slomix.settings")
    django.setup()
    logging.disable(logging.ERROR)
    plays = ((machine, wishes.steps), (nights, wishes.cases), (sentences, wishes.sentences))
    for play, number in plays:
        if number:
            _tell(play, number, wishes.seed)


def _tell(play: Callable[[int, int], str], number: int, seed: int) -> None:
    began = time.monotonic()
    words = play(number, seed)
    sys.stdout.write(f"{words}, seed {seed}: no fault, {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
