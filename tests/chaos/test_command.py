"""What `manage.py chaos` takes and refuses, and the parts of it that need no processes."""

import random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from slomix.management.chaos import mix, nights, scenes, table
from slomix.management.chaos.keeper import Keeper, Life
from slomix.management.chaos.plan import BOUNDARIES, Plan
from slomix.management.chaos.scenes import NotBuilt, Wish

WISH = Wish(deliveries=200, seed=1, scale=10.0, database="sqlite")
DICE = random.Random(1)  # noqa: S311
NO_NEST: Any = None


@pytest.mark.parametrize("name", ["F0", "F17"])
def test_what_is_not_built_is_refused_by_name(name: str) -> None:
    with pytest.raises(CommandError, match=f"{name}: not built yet"):
        call_command("chaos", scenario=name)


@pytest.mark.parametrize("name", ["F4", "F14"])
def test_what_needs_postgresql_says_so(name: str) -> None:
    with pytest.raises(NotBuilt, match="--database postgresql"):
        scenes.named(name, WISH)


@pytest.mark.parametrize("scale", [0.5, 60.0])
def test_a_scale_that_means_nothing_is_refused(scale: float) -> None:
    with pytest.raises(CommandError, match="between 1 and 20"):
        call_command("chaos", scale=scale)


def test_a_plan_survives_being_written_down() -> None:
    for name in scenes.SCENES:
        wish = Wish(200, 1, 10.0, "postgresql")
        for plan in scenes.named(name, wish):
            assert Plan.from_json(plan.to_json()).to_json() == plan.to_json()


def test_every_boundary_is_met_once_before_any_is_met_twice() -> None:
    [plan] = scenes.named("F1", Wish(1000, 1, 10.0, "sqlite"))
    keeper = Keeper(plan, NO_NEST, DICE)

    assert {boundary for _action, boundary in list(keeper.fates)[:8]} == set(BOUNDARIES)
    assert len(keeper.fates) == plan.deaths == 85


def test_faults_are_as_often_as_asked_for() -> None:
    left = 1.0
    for fault in mix.mixed(10.0, 0.25):
        if fault["route"] == mix.SAYING:
            left *= 1 - fault["chance"]

    assert left == pytest.approx(0.75)


def test_a_drain_is_up_where_two_overlap() -> None:
    keeper = Keeper(scenes.named("F1", WISH)[0], NO_NEST, DICE)
    keeper.lives = {
        "one": Life("one", "deliver", lived=[(0.0, 4.0), (20.0, 22.0)]),
        "two": Life("two", "deliver", lived=[(3.0, 9.0)]),
    }

    assert keeper.up_for(1.0, 30.0) == 8.0


def test_the_change_nights() -> None:
    """F8, a slice of it."""
    found = nights.play(2000, seed=4)

    assert found.broken == []
    assert found.tried[nights.BY_THE_WALL] > 1000


def test_a_control_that_stays_green_is_called_wrong() -> None:
    report = {
        "name": "F16 without the nonce",
        "seed": 1,
        "scale": 10.0,
        "database": "sqlite",
        "deliveries": 60,
        "seconds": 5.0,
        "states": {},
        "tries": 0,
        "kills": {},
        "zombies": {},
        "requests": 0,
        "answers": {},
        "invariants": [],
        "missed": [],
        "holds": True,
        "must_break": True,
        "right": False,
    }

    assert "STAYED GREEN" in table.of([report])
