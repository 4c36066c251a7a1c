"""Two fair teams from the people of an evening: who plays where, how fair it is, and why.

Pure: no clock, no queries, no chance but a seed. The same people, wishes and seed make the same
teams, in whatever order they are named. docs/PLANNING_ROOM.md says it in the words of a player.

The measure: sides are equal in size; of an odd number of people one side has one more. What is made
as small as possible is the difference of the sides' ratings per player. (For equal sizes that is the
difference of their sums; for others a sum would only say that five are more than four.)
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from planning.rooms import bonds, search
from planning.rooms.bonds import Reason, Unkept, Wish
from planning.rooms.measure import (
    UNIT,
    Label,
    Player,
    Standing,
    Strengths,
    compared,
    points,
    standing,
    strengths,
)
from planning.rooms.order import captains, first_pick, order

__all__ = [
    "Label",
    "Player",
    "Reason",
    "Split",
    "Standing",
    "Unkept",
    "Wish",
    "captains",
    "first_pick",
    "order",
    "points",
    "split",
    "standing",
]

Pairs = Iterable[tuple[int, int]]
Sides = tuple[Collection[int], Collection[int]]


@dataclass(frozen=True)
class Split:
    """Two teams, and everything that explains them.

    `possible` counts the splits that are fair in size, keep the captains apart and the kept
    wishes; a split and its mirror image are one. `examined` of them were compared.
    """

    # Keys; a fixed captain first, then the highest rated.
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    standing: Standing
    seed: int
    possible: int
    examined: int
    # No split that is possible is fairer.
    proved: bool
    # How many are exactly as fair, this one included; None where not all were compared. With 1,
    # another seed changes nothing but which side is called A.
    equals: int | None
    kept: tuple[Wish, ...]
    unkept: tuple[Unkept, ...]
    # Who is not rated, and what they count as.
    unrated: tuple[int, ...]
    stand_in: float
    # Pairs of people who were team mates on an earlier evening and are again, evening by evening.
    repeats: int

    @property
    def gap(self) -> float:
        """How far apart the sides are: of equal sizes the sums, else the averages per player."""
        return self.standing.gap


def split(
    players: Iterable[Player],
    *,
    seed: int,
    together: Pairs = (),
    apart: Pairs = (),
    captains: tuple[int | None, int | None] = (None, None),
    earlier: Sequence[Sides] = (),
) -> Split:
    """Make the fairest two teams.

    1. Fixed captains (of A, of B) stand where they stand.
    2. As many wishes are kept as can be; the others are in `unkept`, with the reason. Up to twelve
       people that number is the largest there is; above see `bonds.keep`.
    3. Of the splits that do so the fairest is taken: up to twelve people each is looked at, up to 25
       that may be moved freely all are compared half by half, above so many at a time.
    4. Of equally fair ones that with the fewest pairs of team mates of the `earlier` evenings.
    5. Of those, and for which side is called A, the seed decides.

    Raises ValueError for somebody named twice, a rating that is not a finite number, a captain
    who does not play or one captain for both sides. Wishes are never refused.
    """
    everybody = sorted(players, key=lambda one: one.key)
    worth = strengths(everybody)
    keys = [one.key for one in everybody]
    fixed = _fixed(keys, captains)
    wished = bonds.wishes(together, apart)
    sound = [one for one in wished if _strange(one, worth) is None]
    dice = Random(seed)  # noqa: S311  repeatable, not secret
    found = _search(worth, keys, sound, fixed, dice)
    bits = _choose(found, keys, earlier, dice)
    sides = _named(bits, keys, worth, captains, dice)
    kept = tuple(one for one in sound if _keeps(sides, one))
    return Split(
        sides=sides,
        standing=compared(worth, *sides),
        seed=seed,
        possible=found.possible,
        examined=found.examined,
        proved=found.proved,
        equals=found.equals,
        kept=kept,
        unkept=tuple(_unkept(one, worth, keys, kept, fixed) for one in wished if one not in kept),
        unrated=tuple(key for key in keys if key in worth.unrated),
        stand_in=worth.stand_in / UNIT,
        repeats=_repeats(bits, keys, earlier),
    )


def _fixed(keys: Sequence[int], leaders: tuple[int | None, int | None]) -> list[Wish]:
    """Return what fixed captains ask of a split; raises ValueError where they cannot be."""
    a, b = leaders
    for one in leaders:
        if one is not None and one not in keys:
            raise ValueError(f"captain {one} is not among the players")
    if a is None or b is None:
        return []
    if a == b:
        raise ValueError(f"{a} cannot be the captain of both sides")
    return list(bonds.wishes((), [(a, b)]))


def _search(
    worth: Strengths, keys: Sequence[int], wished: list[Wish], fixed: list[Wish], dice: Random
) -> search.Found:
    number, odd = len(keys), len(keys) % 2
    amounts = [worth.of[key] for key in keys]
    weights = [number * amount - sum(amounts) for amount in amounts]
    if number <= search.EACH:
        return search.each(weights, keys, wished, fixed)
    tied = bonds.blocks(keys, [*fixed, *bonds.keep(keys, wished, fixed, dice)])
    assert tied is not None
    parts = search.pieces(weights, tied)
    if len(parts) <= search.AT_A_TIME + 1:
        return search.by_halves(parts, odd, dice)
    return search.little_by_little(parts, odd, search.nearest_to_zero(amounts, odd), dice)


def _choose(
    found: search.Found, keys: Sequence[int], earlier: Sequence[Sides], dice: Random
) -> int:
    mixed = sorted((dice.random(), side) for side in found.sides)
    return min((side for _number, side in mixed), key=lambda one: _repeats(one, keys, earlier))


def _repeats(bits: int, keys: Sequence[int], earlier: Sequence[Sides]) -> int:
    """Count the pairs of team mates who were that on an earlier evening, too."""
    places = {key: 1 << place for place, key in enumerate(keys)}
    masks = [
        sum(places.get(key, 0) for key in set(side)) for evening in earlier for side in evening
    ]
    here = [(mask & bits).bit_count() for mask in masks]
    there = [(mask & ~bits).bit_count() for mask in masks]
    return sum(number * (number - 1) // 2 for number in (*here, *there))


def _named(
    bits: int,
    keys: Sequence[int],
    worth: Strengths,
    leaders: tuple[int | None, int | None],
    dice: Random,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Say which side is A: as the captains have it, else the seed."""
    chosen = {key for place, key in enumerate(keys) if bits >> place & 1}
    rest = set(keys) - chosen
    a, b = leaders
    if a in rest or b in chosen or (a is None and b is None and dice.random() < 0.5):
        chosen, rest = rest, chosen

    def place(key: int) -> tuple[bool, int, int]:
        return key not in leaders, -worth.of[key], key

    return tuple(sorted(chosen, key=place)), tuple(sorted(rest, key=place))


def _keeps(sides: tuple[tuple[int, ...], tuple[int, ...]], wish: Wish) -> bool:
    return ((wish.first in sides[0]) == (wish.second in sides[0])) != wish.apart


def _strange(wish: Wish, worth: Strengths) -> Reason | None:
    """Say why a wish is about no pair of these players."""
    if wish.first == wish.second:
        return Reason.ONESELF
    return None if {wish.first, wish.second} <= worth.of.keys() else Reason.ABSENT


def _unkept(
    wish: Wish, worth: Strengths, keys: Sequence[int], kept: Sequence[Wish], fixed: Sequence[Wish]
) -> Unkept:
    if reason := _strange(wish, worth):
        return Unkept(wish, reason)
    return bonds.explained(keys, wish, kept, fixed)
