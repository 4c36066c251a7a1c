"""Fair teams: how long the search takes, and how it compares with as many random splits.

Ratings have six digits, so that nearly no two splits are equally fair: the slowest case. No database.
"""

import statistics
import time
from random import Random
from typing import Any

from planning.rooms import balance
from planning.rooms.balance import Player
from planning.rooms.measure import POINTS

# People, and within how many milliseconds they are to be split.
AT_MOST = {12: 100.0, 40: 1000.0}
SIZES = (12, 14, 20, 25, 40)
EVENINGS = {"toy": 2, "moderate": 20, "full": 60}
TRIES = {"toy": 500, "moderate": 20_000, "full": 200_000}


def measure(size: str) -> dict[str, Any]:
    """Split evenings of each size, with wishes and captains in every second one."""
    found = {str(number): _of(number, EVENINGS[size]) for number in SIZES}
    fast = all(found[str(number)]["worst_ms"] <= most for number, most in AT_MOST.items())
    return {
        "evenings_each": EVENINGS[size],
        "people": found,
        "random": _against_chance(TRIES[size]),
        "target": " and ".join(
            f"{number} people in {most:g} ms" for number, most in AT_MOST.items()
        ),
        "holds": fast,
    }


def _of(number: int, evenings: int) -> dict[str, Any]:
    spent, gaps, proved = [], [], 0
    for evening in range(evenings):
        people = _club(number, evening)
        wished: dict[str, Any] = {}
        if evening % 2:
            wished = {"together": [(3, 4)], "apart": [(5, 6)], "captains": (1, 2)}
        began = time.perf_counter()
        split = balance.split(people, seed=evening, **wished)
        spent.append((time.perf_counter() - began) * 1000)
        gaps.append(balance.points(split.gap))
        proved += split.proved
    return {
        "median_ms": round(statistics.median(spent), 1),
        "worst_ms": round(max(spent), 1),
        "median_gap_points": statistics.median(gaps),
        "proved": proved,
    }


def _against_chance(tries: int) -> dict[str, Any]:
    """Split forty people, and try as many random splits as named: gaps in points, and times."""
    people = _club(40, 1)
    began = time.perf_counter()
    gap = balance.split(people, seed=1).gap
    ours = time.perf_counter() - began
    dice, worth = Random(1), [one.rating or 0.0 for one in people]  # noqa: S311
    began = time.perf_counter()
    best = min(_gap_of_any(worth, dice) for _try in range(tries))
    theirs = time.perf_counter() - began
    return {
        "people": len(people),
        "tries": tries,
        "best_gap_points": round(best * POINTS, 4),
        "our_gap_points": round(gap * POINTS, 4),
        "times_as_long_as_ours": round(theirs / ours, 1),
    }


def _gap_of_any(worth: list[float], dice: Random) -> float:
    dice.shuffle(worth)
    half = len(worth) // 2
    return abs(sum(worth[:half]) - sum(worth[half:]))


def _club(number: int, evening: int) -> list[Player]:
    dice = Random(f"{number} {evening}")  # noqa: S311  repeatable, not secret
    ratings = [round(max(0.2, dice.gauss(1.0, 0.25)), 6) for _one in range(number)]
    return [Player(key, rating) for key, rating in enumerate(ratings, 1)]
