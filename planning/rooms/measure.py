"""How strong two sides are. Pure and exact: ratings count in billionths, as whole numbers.

Whole numbers, because a sum of floats depends on the order of its parts, and the same people must
make the same teams in whatever order they are named.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Label = Literal["A", "B"]

UNIT = 10**9
POINTS = 1000
# What the unrated count as where nobody is rated.
NOBODY_RATED = 1.0


@dataclass(frozen=True)
class Player:
    """Somebody to place. `rating` is None for whoever has none; only its differences count."""

    key: int
    rating: float | None = None


@dataclass(frozen=True)
class Strengths:
    """What everybody counts as, in billionths of the rating."""

    of: Mapping[int, int]
    unrated: frozenset[int]
    # The mean of the rated, which the unrated count as.
    stand_in: int


@dataclass(frozen=True)
class Standing:
    """Two sides compared, in units of the rating.

    Sides of equal size are compared by their sums, others by what a player has on average: with
    one player more the larger side nearly always has the larger sum, which says nothing.
    """

    sums: tuple[float, float]
    # 0.0 for a side without players.
    averages: tuple[float, float]
    per_player: bool
    gap: float
    # Who is stronger by that measure, and who has more players; None: neither.
    ahead: Label | None
    larger: Label | None
    # How many players more the larger side has.
    more: int = 0


def strengths(players: Iterable[Player]) -> Strengths:
    """Return what each counts as; the unrated count as the mean of the rated, 1.0 without any.

    Raises ValueError for somebody named twice and for a rating that is not a finite number.
    """
    everybody = list(players)
    rated = {one.key: _exact(one) for one in everybody if one.rating is not None}
    unrated = frozenset(one.key for one in everybody if one.rating is None)
    if len(rated) + len(unrated) < len(everybody) or unrated & rated.keys():
        raise ValueError("somebody is named twice among the players")
    stand_in = _mean(sum(rated.values()), len(rated)) if rated else round(NOBODY_RATED * UNIT)
    return Strengths(rated | dict.fromkeys(unrated, stand_in), unrated, stand_in)


def standing(players: Iterable[Player], side_a: Iterable[int], side_b: Iterable[int]) -> Standing:
    """Compare two sides, complete or half picked; `players` is everybody of the evening.

    An unrated player counts as the mean of all rated of the evening, picked or not. Raises
    KeyError for somebody who is not among the players, ValueError as `strengths` does.
    """
    return compared(strengths(players), list(side_a), list(side_b))


def compared(worth: Strengths, side_a: Iterable[int], side_b: Iterable[int]) -> Standing:
    """Compare two sides of people whose strengths are known."""
    a, b = ([worth.of[key] for key in side] for side in (side_a, side_b))
    more = len(a) - len(b)
    both = bool(a) and bool(b)
    # How far A is ahead per player, times both sizes; of equal sizes it has the sums' sign.
    lead = sum(a) * len(b) - sum(b) * len(a) if both else 0
    scale = UNIT * (len(a) * len(b) if more else len(a)) if both else UNIT
    return Standing(
        sums=(sum(a) / UNIT, sum(b) / UNIT),
        averages=(_average(a), _average(b)),
        per_player=more != 0,
        gap=abs(lead) / scale,
        ahead=_who(lead),
        larger=_who(more),
        more=abs(more),
    )


def points(rating: float) -> int:
    """Return a rating, a sum or a gap as it is shown: a rating of 0.902 is 902 points."""
    return round(rating * POINTS)


def _exact(player: Player) -> int:
    assert player.rating is not None
    if not math.isfinite(player.rating):
        raise ValueError(f"the rating of player {player.key} is not a finite number")
    return round(player.rating * UNIT)


def _mean(total: int, number: int) -> int:
    return (2 * total + number) // (2 * number)


def _average(side: list[int]) -> float:
    return sum(side) / len(side) / UNIT if side else 0.0


def _who(lead: int) -> Label | None:
    if lead == 0:
        return None
    return "A" if lead > 0 else "B"
