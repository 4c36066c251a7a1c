"""One gateway leader among the bots of one machine, where a file is the lock."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.bots import Bots, Gateway, stage, wait

pytestmark = pytest.mark.slow


@pytest.fixture
def night(tmp_path: Path) -> Iterator[tuple[Bots, Gateway]]:
    with stage(tmp_path) as (bots, gateway):
        bots.start("one", "other")
        wait(lambda: gateway.connected)
        wait(lambda: "standing for the gateway" in bots.said("one") + bots.said("other"))
        yield bots, gateway


def other_than(leader: str) -> str:
    return {"one": "other", "other": "one"}[leader]


def test_two_bots_started_at_once_make_one_identify(night: tuple[Bots, Gateway]) -> None:
    bots, gateway = night
    for name in ("one", "other"):
        wait(lambda name=name: "standing for the gateway" in bots.said(name))  # type: ignore[misc]
    leader = bots.leader()

    bots.kill(other_than(leader))
    bots.running[other_than(leader)].wait(5)

    assert (gateway.identifies, gateway.connected, gateway.most) == (1, 1, 1)


def test_the_other_follows_a_killed_leader_at_once(night: tuple[Bots, Gateway]) -> None:
    """The kernel proves the old one dead, so nobody waits for its heartbeat to grow old."""
    bots, gateway = night
    leader = bots.leader()

    bots.kill(leader)

    assert wait(lambda: gateway.identifies == 2) < 6
    wait(lambda: gateway.connected)
    assert bots.leader() == other_than(leader)
    assert gateway.most == 1


def test_a_leader_that_is_asked_to_stop_hands_over(night: tuple[Bots, Gateway]) -> None:
    bots, gateway = night
    leader = bots.leader()

    bots.kill(leader, signal.SIGTERM)

    assert wait(lambda: gateway.identifies == 2) < 6
    assert bots.running[leader].wait(15) == 0
    assert (bots.leader(), gateway.most) == (other_than(leader), 1)


def test_a_bot_that_crashes_again_and_again_identifies_ever_more_slowly(tmp_path: Path) -> None:
    with stage(tmp_path) as (bots, gateway):
        took = []
        for times in range(1, 6):
            bots.start("one")
            took.append(wait(lambda times=times: gateway.identifies == times))  # type: ignore[misc]
            bots.kill("one")
            bots.running["one"].wait(5)

    # After the fifth in a row 8 s lie between two; a start itself takes less than 4.
    assert took[-1] > 6
    assert took[-1] > took[0] + 3
    assert "identified often of late" in bots.said("one")
