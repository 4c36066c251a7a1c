"""Wishes: who should play together, who apart, and which of them can be kept. Pure."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import comb
from random import Random

# So many sets of wishes are tried before the longest that was found has to do.
MOST_TRIES = 1500
ORDERS = 12


class Reason(StrEnum):
    """Why a wish could not be kept."""

    ABSENT = "absent"  # one of the two is not among the players
    ONESELF = "oneself"  # it is about one person
    CONTRADICTION = "contradiction"  # the wishes in `against` say the opposite
    CAPTAINS = "captains"  # the captains are fixed, and (with `against`) it says otherwise
    SIZES = "sizes"  # the sides could not be equal in size


@dataclass(frozen=True, order=True)
class Wish:
    """Two people who should play together, or apart; the lower key is `first`."""

    first: int
    second: int
    apart: bool


@dataclass(frozen=True)
class Unkept:
    """A wish that these teams do not keep, and why; `against` are the kept wishes in its way."""

    wish: Wish
    reason: Reason
    against: tuple[Wish, ...] = ()


@dataclass(frozen=True)
class Block:
    """People whose wishes tie them: `here` on one side, `there` on the other, as bits."""

    here: int
    there: int

    @property
    def more(self) -> int:
        """How many more stand here than there."""
        return self.here.bit_count() - self.there.bit_count()


def wishes(
    together: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]
) -> tuple[Wish, ...]:
    """Return the wishes, each once and in an order of their own."""
    found = {Wish(min(pair), max(pair), apart=False) for pair in together}
    found |= {Wish(min(pair), max(pair), apart=True) for pair in apart}
    return tuple(sorted(found))


def blocks(keys: Sequence[int], kept: Iterable[Wish]) -> list[Block] | None:
    """Tie the players (bit n is `keys[n]`) by wishes; None when these contradict each other."""
    places = {key: place for place, key in enumerate(keys)}
    tied = {place: Block(1 << place, 0) for place in range(len(keys))}
    for wish in kept:
        one, two = tied[places[wish.first]], tied[places[wish.second]]
        bit_one, bit_two = (1 << places[key] for key in (wish.first, wish.second))
        if one is two:
            same = bool(one.here & bit_one) == bool(one.here & bit_two)
            if same == wish.apart:
                return None
            continue
        if (bool(one.here & bit_one) == bool(two.here & bit_two)) == wish.apart:
            two = Block(two.there, two.here)
        both = Block(one.here | two.here, one.there | two.there)
        for place in range(len(keys)):
            if (both.here | both.there) >> place & 1:
                tied[place] = both
    return list(dict.fromkeys(tied.values()))


def fits(tied: Sequence[Block], odd: int) -> bool:
    """Say whether blocks can be turned so that the sides are equal, or differ by one if odd."""
    middle = sum(abs(one.more) for one in tied)
    reached = 1 << middle
    for one in tied:
        more = abs(one.more)
        reached = (reached << more) | (reached >> more)
    return bool(reached >> (middle + odd) & 1)


def keepable(keys: Sequence[int], kept: Iterable[Wish]) -> bool:
    """Say whether some fair split keeps all of these wishes."""
    tied = blocks(keys, kept)
    return tied is not None and fits(tied, len(keys) % 2)


def keep(
    keys: Sequence[int], wished: Sequence[Wish], fixed: Sequence[Wish], dice: Random
) -> list[Wish]:
    """Choose wishes that can be kept together with the fixed ones, as many as can be found.

    All; else all but one or two, whose choice is the seed's where several would do; else the
    longest of a dozen lists, each made by adding wish by wish what still goes. None can be added.
    """
    if keepable(keys, [*fixed, *wished]):
        return list(wished)
    mixed = shuffled(wished, dice)
    for number in (1, 2):
        if comb(len(mixed), number) > MOST_TRIES:
            break
        for dropped in combinations(mixed, number):
            rest = [one for one in wished if one not in dropped]
            if keepable(keys, [*fixed, *rest]):
                return rest
    orders = max(1, min(ORDERS, MOST_TRIES // len(mixed)))
    lists = [_one_by_one(keys, shuffled(wished, dice), fixed) for _n in range(orders)]
    return max(lists, key=len)


def _one_by_one(keys: Sequence[int], wished: Sequence[Wish], fixed: Sequence[Wish]) -> list[Wish]:
    kept: list[Wish] = []
    for one in wished:
        if keepable(keys, [*fixed, *kept, one]):
            kept.append(one)
    return kept


def shuffled(wished: Sequence[Wish], dice: Random) -> list[Wish]:
    """Mix; by `random()` alone, the one part of the generator that Python promises to keep."""
    return [one for _number, one in sorted((dice.random(), one) for one in wished)]


def explained(
    keys: Sequence[int], wish: Wish, kept: Sequence[Wish], fixed: Sequence[Wish]
) -> Unkept:
    """Say why a wish cannot be kept beside those that are."""
    if blocks(keys, [*kept, wish]) is None:
        return Unkept(wish, Reason.CONTRADICTION, _chain(wish, kept))
    if blocks(keys, [*kept, *fixed, wish]) is None:
        chain = _chain(wish, [*kept, *fixed])
        return Unkept(wish, Reason.CAPTAINS, tuple(one for one in chain if one not in fixed))
    return Unkept(wish, Reason.SIZES)


def _chain(wish: Wish, kept: Iterable[Wish]) -> tuple[Wish, ...]:
    """Return the shortest way from one person of a wish to the other, over other wishes."""
    others = sorted(kept)
    ways: dict[int, tuple[Wish, ...]] = {wish.first: ()}
    ahead = deque([wish.first])
    while ahead and wish.second not in ways:
        here = ahead.popleft()
        for one in others:
            if here in (one.first, one.second):
                there = one.second if here == one.first else one.first
                if there not in ways:
                    ways[there] = (*ways[here], one)
                    ahead.append(there)
    return ways[wish.second]
