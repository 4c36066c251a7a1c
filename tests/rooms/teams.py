"""People for the tests of fair teams, and the slow way to the fairest split."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random

from planning.rooms.balance import Player, Split, Wish


def players(*ratings: float | None) -> list[Player]:
    """Number people from 1 on."""
    return [Player(number, rating) for number, rating in enumerate(ratings, 1)]


def club(number: int, seed: int, *, digits: int = 3) -> list[Player]:
    """Rate people as our game's ratings are: around one, hardly anybody below 0.4 or above 1.7."""
    dice = Random(seed)  # noqa: S311  repeatable, not secret
    return players(*(round(max(0.2, dice.gauss(1.0, 0.25)), digits) for _one in range(number)))


def some_pairs(number: int, seed: int, wished: int) -> list[tuple[int, int]]:
    """Choose pairs of the people 1 … number; the same one may come twice."""
    dice = Random(seed)  # noqa: S311  repeatable, not secret
    pairs = list(combinations(range(1, number + 1), 2))
    return [dice.choice(pairs) for _one in range(wished)]


@dataclass(frozen=True, order=True)
class Tried:
    """A split that was tried by brute force; the smaller is the better one."""

    broken: int
    gap: Fraction


def every_split(people: Sequence[Player], wishes: Sequence[Wish] = ()) -> Iterator[Tried]:
    """Try every choice of half the people (rounded up), each split of equal halves twice."""
    worth = {one.key: Fraction(str(one.rating)) for one in people}
    larger = (len(people) + 1) // 2
    for side in map(set, combinations(worth, larger)):
        rest = worth.keys() - side
        ours, theirs = (sum(worth[key] for key in half) for half in (side, rest))
        gap = ours / len(side) - theirs / len(rest) if len(people) % 2 else ours - theirs
        broken = sum(((one.first in side) == (one.second in side)) == one.apart for one in wishes)
        yield Tried(broken, abs(Fraction(gap)))


def tried(split: Split) -> Tried:
    """Judge what was found by the same measure; of six digits a float tells every gap."""
    return Tried(len(split.unkept), Fraction(split.gap).limit_denominator(10**8))
