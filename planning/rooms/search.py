"""The search for the fairest split, over whole numbers and bits. Pure.

A side is a number whose bit n says that player n is in it; the other side is everybody else. What
is made small is the distance of a side's strengths from their mean, `weights`, whose sum is zero.
A split and its mirror image are one split.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations
from math import gcd
from random import Random

from planning.rooms.bonds import Block, Wish

# Up to so many players each split is looked at. Above, up to so many blocks can be turned freely and
# every split is still compared, half by half; of more blocks so many are turned at a time.
EACH = 12
AT_A_TIME = 24
TURNS = 24
# Of equally good splits so many are weighed against what was played before.
MOST_EQUALS = 256


@dataclass(frozen=True)
class Found:
    """The best splits: each is the bits of one of its sides."""

    sides: tuple[int, ...]
    # How many are as good as these; None where not all were looked at.
    equals: int | None
    examined: int
    possible: int
    proved: bool


@dataclass(frozen=True)
class Piece:
    """A block, or several turned as they stand, with what it does to the sides."""

    here: int
    there: int
    more: int
    weight: int

    def turned(self) -> "Piece":
        """Return it the other way round."""
        return Piece(self.there, self.here, -self.more, -self.weight)


def each(
    weights: Sequence[int], keys: Sequence[int], wished: Sequence[Wish], fixed: Sequence[Wish]
) -> Found:
    """Look at every split: first it keeps as many wishes as can be, then it is the fairest."""
    places = {key: 1 << place for place, key in enumerate(keys)}
    pairs = [(places[one.first] | places[one.second], one.apart) for one in wished]
    firm = [(places[one.first] | places[one.second], one.apart) for one in fixed]
    found = [
        (sum(_breaks(side, one) for one in pairs), abs(weight), side)
        for side, weight in _halves(weights)
        if not any(_breaks(side, one) for one in firm)
    ]
    fewest = min(broken for broken, _weight, _side in found)
    best = min(weight for broken, weight, _side in found if broken == fewest)
    sides = tuple(side for broken, weight, side in found if (broken, weight) == (fewest, best))
    possible = sum(broken == fewest for broken, _weight, _side in found)
    return Found(sides, len(sides), possible, possible, proved=True)


def _halves(weights: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every split once: the larger side, or of equal ones that of the first player."""
    number = len(weights)
    always = 1 if number and number % 2 == 0 else 0
    for chosen in combinations(range(always, number), (number + 1) // 2 - always):
        yield (
            sum(1 << place for place in chosen) | always,
            sum(weights[place] for place in chosen) + always * sum(weights[:always]),
        )


def _breaks(side: int, wish: tuple[int, bool]) -> bool:
    pair, apart = wish
    return ((side & pair).bit_count() == 1) != apart


def pieces(weights: Sequence[int], blocks: Iterable[Block]) -> list[Piece]:
    """Weigh blocks."""
    return [
        Piece(one.here, one.there, one.more, _weigh(weights, one.here) - _weigh(weights, one.there))
        for one in blocks
    ]


def _weigh(weights: Sequence[int], side: int) -> int:
    return sum(weight for place, weight in enumerate(weights) if side >> place & 1)


def by_halves(parts: Sequence[Piece], odd: int, dice: Random) -> Found:
    """Compare every way to turn the pieces after the first; some way must be fair in size.

    1. Of both halves of the pieces all turns are listed, by how many more one side has.
    2. Lists that even each other out are walked against each other for the sum nearest to zero.
    3. All pairs with that sum are counted; the dice choose among them if they are many.
    """
    middle = (len(parts) + 1) // 2
    left, right = _turns(parts[:1], parts[1:middle]), _turns((), parts[middle:])
    matches = [
        (left[wanted - more], ways)
        for wanted in sorted({odd, -odd})
        for more, ways in right.items()
        if wanted - more in left
    ]
    best = min(_nearest(here, there) for here, there in matches)
    sums = sorted({best, -best})
    found = [
        pair for here, there in matches for wanted in sums for pair in _pairs(here, there, wanted)
    ]
    ends = list(accumulate(last - first for _ways, first, last, _side in found))
    possible = sum(len(here) * len(there) for here, there in matches)
    chosen = _some(ends[-1], dice)
    sides = tuple(sorted(_side(found, ends, number) for number in chosen))
    return Found(sides, ends[-1], possible, possible, proved=True)


Ways = list[tuple[int, int]]


def _turns(firm: Sequence[Piece], free: Sequence[Piece]) -> dict[int, Ways]:
    """List all turns as (sum, side), ascending, by how many more the side has."""
    found = [(one.more, one.weight, one.here) for one in firm] or [(0, 0, 0)]
    for one in free:
        back = one.turned()
        found = [
            (more + way.more, weight + way.weight, side | way.here)
            for way in (one, back)
            for more, weight, side in found
        ]
    grouped: dict[int, Ways] = {}
    for more, weight, side in sorted(found):
        grouped.setdefault(more, []).append((weight, side))
    return grouped


def _nearest(here: Ways, there: Ways) -> int:
    """Return the smallest distance from zero that a way here and one there have together."""
    best = abs(here[0][0] + there[-1][0])
    low, high = 0, len(there) - 1
    while low < len(here) and high >= 0:
        total = here[low][0] + there[high][0]
        best = min(best, abs(total))
        if total < 0:
            low += 1
        else:
            high -= 1
    return best


def _pairs(here: Ways, there: Ways, wanted: int) -> Iterator[tuple[Ways, int, int, int]]:
    """Yield, for each way there, which part of the ways here makes the wanted sum with it."""
    sums = [weight for weight, _side in here]
    for weight, side in there:
        first = bisect_left(sums, wanted - weight)
        if first < len(sums) and sums[first] == wanted - weight:
            yield here, first, bisect_right(sums, wanted - weight, first), side


def _some(number: int, dice: Random) -> Iterable[int]:
    if number <= MOST_EQUALS:
        return range(number)
    return sorted({int(dice.random() * number) for _n in range(MOST_EQUALS)})


def _side(found: Sequence[tuple[Ways, int, int, int]], ends: Sequence[int], number: int) -> int:
    place = bisect_right(ends, number)
    ways, _first, last, side = found[place]
    return ways[last - (ends[place] - number)][1] | side


def little_by_little(parts: Sequence[Piece], odd: int, nearest: int, dice: Random) -> Found:
    """Begin anywhere fair in size and turn some pieces at a time, as well as they can be turned.

    It ends when the sum is `nearest`, below which none can be, or after a number of turns.
    """
    now = _anyhow(_mixed(parts, dice), odd)
    examined = 0
    for _turn in range(TURNS):
        now = _mixed(now, dice)
        free, rest = now[:AT_A_TIME], now[AT_A_TIME:]
        found = by_halves([_joined(rest), *free], odd, dice)
        examined += found.examined
        side = found.sides[int(dice.random() * len(found.sides))]
        now = [
            one if one.here & side == one.here and not one.there & side else one.turned()
            for one in now
        ]
        if abs(sum(one.weight for one in now)) == nearest:
            break
    proved = abs(sum(one.weight for one in now)) == nearest
    side = sum(one.here for one in now)
    number = possible(parts, odd)
    return Found((side,), None, min(examined, number), number, proved)


def _mixed(parts: Sequence[Piece], dice: Random) -> list[Piece]:
    numbered = sorted((dice.random(), number) for number in range(len(parts)))
    return [parts[number] for _random, number in numbered]


def _joined(parts: Sequence[Piece]) -> Piece:
    return Piece(
        sum(one.here for one in parts),
        sum(one.there for one in parts),
        sum(one.more for one in parts),
        sum(one.weight for one in parts),
    )


def _anyhow(parts: Sequence[Piece], odd: int) -> list[Piece]:
    """Turn the pieces so that the sides are equal in size, strong against weak as it comes."""
    ahead = [{0}]
    for one in reversed(parts):
        ahead.append({after + more for after in ahead[-1] for more in (one.more, -one.more)})
    turned: list[Piece] = []
    more = weight = 0
    for one, rest in zip(parts, reversed(ahead[:-1]), strict=True):
        ways = [
            way
            for way in (one, one.turned())
            if {odd - more - way.more, -odd - more - way.more} & rest
        ]
        best = min(ways, key=lambda way: abs(weight + way.weight))
        turned.append(best)
        more, weight = more + best.more, weight + best.weight
    return turned


def possible(parts: Sequence[Piece], odd: int) -> int:
    """Count the splits that are fair in size."""
    ways = {parts[0].more: 1}
    for one in parts[1:]:
        after: dict[int, int] = {}
        for more, number in ways.items():
            for step in (one.more, -one.more):
                after[more + step] = after.get(more + step, 0) + number
        ways = after
    return sum(ways.get(wanted, 0) for wanted in {odd, -odd})


def nearest_to_zero(worth: Sequence[int], odd: int) -> int:
    """Return a distance from zero that no split's sum goes below.

    All strengths are steps of one size above the least one, so the difference of two sides is
    a known remainder plus an even number of steps. Weights are strength times number less total.
    """
    least, number = min(worth), len(worth)
    above = [one - least for one in worth]
    total, step = sum(above), 2 * gcd(*above)
    if not step:
        return 0
    # Of the differences x = total + k * step the nearest to total * odd / number, on both sides.
    low = (total * odd - number * total) // (number * step)
    return min(abs(number * (total + k * step) - total * odd) for k in (low - 1, low, low + 1))
