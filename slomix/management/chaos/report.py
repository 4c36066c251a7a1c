"""The report of a run without drains: trials, and what broke them."""

from collections.abc import Mapping
from typing import Any

from slomix.management.chaos.plan import Plan

MOST_SHOWN = 5


def of_trials(
    plan: Plan, tried: Mapping[str, int], broken: list[str], took: float
) -> dict[str, Any]:
    """Report sentences that were tried; what broke one begins with its words."""
    lines = [_line(place, says, tried[says], broken) for place, says in enumerate(tried, start=1)]
    return {
        "name": plan.name,
        "seed": plan.seed,
        "scale": plan.scale,
        "database": plan.database,
        "deliveries": plan.deliveries,
        "seconds": round(took, 1),
        "states": {},
        "tries": 0,
        "requests": 0,
        "answers": {},
        "kills": {},
        "zombies": {},
        "missed": [],
        "invariants": lines,
        "must_break": False,
        "holds": not broken,
        "right": not broken,
    }


def _line(place: int, says: str, trials: int, broken: list[str]) -> dict[str, Any]:
    mine = [one for one in broken if one.startswith(says)]
    return {
        "name": f"{place}",
        "says": says,
        "trials": trials,
        "broken": mine[:MOST_SHOWN],
        "number_broken": len(mine),
        "holds": not mine,
        "bound": 3 / trials if trials and not mine else None,
    }
