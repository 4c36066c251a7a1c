"""F3: everything is killed a second before the time and begins again at four moments."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from slomix.management.chaos import crowd, ledger

if TYPE_CHECKING:
    from slomix.management.chaos.play import Run

START_AFTER = 900.0  # from the reminder to the start, as from 20:45 to 21:00
START_LASTS = 600.0
WARM_UP = 3.0
# How long after 20:45 everything begins again, and what becomes of the reminder and of the start.
MOMENTS = {
    60.0: ("20:46", "sent", "sent"),
    690.0: ("20:56:30", "sent", "sent"),
    780.0: ("20:58", "expired", "sent"),
    1560.0: ("21:11", "expired", "expired"),
}


def play(run: "Run") -> None:
    """Promise the four evenings so that one and the same restart comes at all four moments."""
    plan = run.plan
    again_at = time.time() + WARM_UP + plan.seconds(max(MOMENTS) + 1)
    share = len(run.crowd) // (2 * len(MOMENTS))
    for down in MOMENTS:
        for kind in ("reminder", "start"):
            due = again_at - plan.seconds(down) + (kind == "start") * plan.seconds(START_AFTER)
            people = [run.waiting.popleft() for _n in range(share)]
            _promise(run, people, due, kind)
    run.waiting.clear()
    run.crowd = [one for wave in run.waves for one in wave.people]
    first = min(wave.event.due_at for wave in run.waves)
    _wait(run, first.timestamp() - plan.seconds(1))
    run.keeper.kill_all()
    _wait(run, again_at)
    run.keeper.go_on()


def _promise(run: "Run", people: list[crowd.Person], due: float, kind: str) -> None:
    at = datetime.fromtimestamp(round(due, 2), UTC)
    lasts = START_LASTS if kind == "start" else run.plan.window
    plan = replace(run.plan, window=lasts)
    run.waves.append(crowd.promise(plan, len(run.waves), people, at))


def _wait(run: "Run", until: float) -> None:
    while time.time() < until:
        run.keeper.tick()
        time.sleep(0.01)


def wrong(run: "Run") -> list[str]:
    """Return what did not become of an evening as it should."""
    found = []
    for place, wave in enumerate(run.waves):
        wall, *expected = list(MOMENTS.values())[place // 2]
        states = ledger.states(wave.key)
        if set(states) != {expected[place % 2]}:
            kind = ("reminder", "start")[place % 2]
            found.append(
                f"begun again at {wall}, the {kind} should be {expected[place % 2]}: {states}"
            )
    return found
