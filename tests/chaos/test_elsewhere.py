"""How a run judges Telegram and Signal, and small runs of F12 and F13 with a seed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from slomix.management.chaos import elsewhere
from slomix.management.chaos.invariants import Invariant
from slomix.management.chaos.journal import Asked
from slomix.management.chaos.ledger import Try
from slomix.management.chaos.plan import FALLING_BACK
from slomix.management.chaos.scenes import Wish, named
from tests.chaos.facts import DUE, ROW, WHO, broken, judged, tried
from tests.chaos.running import chaos

BOR, ALEN = 5, 6
HIM = replace(WHO, discord_id=BOR)
UNCLEAR = {"state": "unconfirmed", "reason": "no clear answer"}


def heard(service: str = "telegram", person: int = BOR, number: int = 41) -> Asked:
    marker = frozenset({ROW.marker} if service == "telegram" else ())
    at = DUE + timedelta(seconds=1)
    return Asked(at, marker, 200, number, None, service, person, at)


def a_try(outcome: str, channel: str = "telegram", n: int = 1) -> Try:
    found = tried(outcome, n=n)
    return replace(found, channel=channel, message_id=41 if outcome == "sent" else None)


def on_telegram(requests: list[Asked], tries: list[Try], **row: Any) -> dict[str, Invariant]:
    return judged(requests, tries, HIM, **row)


@pytest.mark.parametrize("service", ["telegram", "signal"])
def test_a_message_there_is_found_by_its_marker_or_by_its_person(service: str) -> None:
    assert broken(on_telegram([heard(service)], [a_try("sent", service)])) == set()


def test_two_channels_are_two_messages() -> None:
    found = on_telegram([heard(), heard("signal", number=42)], [a_try("sent")])

    assert broken(found) == {"I2"}


def test_a_message_in_somebody_elses_chat_is_a_difference() -> None:
    assert broken(on_telegram([heard(person=ALEN)], [a_try("sent")])) == {"I4"}


def test_what_is_unconfirmed_is_counted_and_not_lost() -> None:
    found = on_telegram([heard()], [a_try("unknown")], **UNCLEAR)

    assert broken(found) == {"share"}  # nothing else could be sent
    assert found["share"].broken == ["nothing could be sent"]
    assert (found["unclear"].trials, found["unclear"].holds) == (1, True)


def test_an_unclear_answer_that_is_said_again_is_seen() -> None:
    tries = [a_try("unknown"), a_try("sent", "discord", n=2)]

    assert "unclear" in broken(on_telegram([heard()], tries))


def test_every_kind_of_fault_hits_somebody_and_every_second_person_is_spared() -> None:
    for plan in named("F12", Wish(deliveries=60, seed=1, scale=10.0, database="sqlite")):
        people = list(range(plan.deliveries))
        faults = elsewhere.each(plan, people)
        kinds = elsewhere.kinds(plan.channels[0], plan.scale)

        assert len(faults) == 60
        assert {one["fault"] for one in faults} == {one["fault"] for one in kinds}
        assert {int(one["person"]) % 2 for one in faults} == {1}


@pytest.mark.slow
def test_faulted_messages_arrive_once_at_most_and_the_others_arrive(tmp_path: Path) -> None:
    """F12, a slice; a tenth of the time-outs would be too short for a busy machine."""
    runs = chaos(tmp_path, "--scenario", "F12", "--deliveries", "20", "--scale", "4")

    for run in runs:
        assert run["holds"], [one for one in run["invariants"] if not one["holds"]]
        assert run["states"]["sent"] >= 20
        assert run["beside"]["unconfirmed and arrived"] > run["beside"]["unconfirmed and not"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_whoever_dies_between_a_refusal_and_the_next_channel_doubles_nothing(
    tmp_path: Path, database: str
) -> None:
    """F13, a slice."""
    words = ("--scenario", "F13", "--deliveries", "40", "--seed", "13", "--database", database)
    runs = chaos(tmp_path, *words)

    for run in runs:
        assert run["holds"], [one for one in run["invariants"] if not one["holds"]]
        assert set(FALLING_BACK) <= set(run["kills"])
