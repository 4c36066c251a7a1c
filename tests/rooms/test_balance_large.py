"""Above twelve people: chance finds nothing fairer in 200,000 tries, and mostly nobody could."""

from math import comb
from random import Random

import pytest

from planning.rooms import balance
from planning.rooms.balance import Player
from tests.rooms.teams import club

SEEDS = range(20)
TRIES = 200_000
MILLION = 10**6
CHUNK = 10


def best_by_chance(people: list[Player], seed: int, tries: int) -> int:
    """Return the smallest gap of so many equal splits, each as likely as any, in millionths.

    A split is a number with half of its bits set; sums are looked up ten people at a time.
    """
    dice = Random(seed)  # noqa: S311  repeatable, not secret
    worth = [round((one.rating or 0) * MILLION) for one in people]
    number, total, best = len(people), sum(worth), sum(worth)
    tables = [_sums(worth[first : first + CHUNK]) for first in range(0, number, CHUNK)]
    while tries:
        side = dice.getrandbits(number)
        if side.bit_count() * 2 != number:
            continue
        tries -= 1
        ours = 0
        for table in tables:
            ours += table[side & (1 << CHUNK) - 1]
            side >>= CHUNK
        best = min(best, abs(2 * ours - total))
    return best


def _sums(worth: list[int]) -> list[int]:
    found = [0]
    for one in worth:
        found += [other + one for other in found]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [14, 20, 40])
def test_chance_finds_nothing_fairer_in_200_000_tries(number: int) -> None:
    for seed in SEEDS:
        people = club(number, seed, digits=6)

        found = balance.split(people, seed=seed)

        assert round(found.gap * MILLION) <= best_by_chance(people, seed, TRIES), f"seed {seed}"


@pytest.mark.parametrize("number", [14, 20, 40])
def test_nor_in_a_few(number: int) -> None:
    people = club(number, 1, digits=6)

    found = balance.split(people, seed=1)

    assert round(found.gap * MILLION) <= best_by_chance(people, 1, 2000)


def test_nor_does_the_order_of_forty_people_matter() -> None:
    people = club(40, 2, digits=6)

    assert balance.split(people[::-1], seed=7) == balance.split(people, seed=7)


@pytest.mark.parametrize("number", [13, 19, 24, 25])
def test_up_to_25_people_the_split_is_proved(number: int) -> None:
    found = balance.split(club(number, 5, digits=6), seed=5)

    assert found.proved
    # Of an even number a split and its mirror image are one.
    splits = comb(number, number // 2) // (1 if number % 2 else 2)
    assert found.examined == found.possible == splits


@pytest.mark.parametrize("number", [26, 33, 40])
def test_of_more_it_is_where_ratings_are_whole_points(number: int) -> None:
    found = balance.split(club(number, 5), seed=5)

    assert found.proved
    assert found.examined < found.possible
    assert found.equals is None


@pytest.mark.parametrize("number", [40, 41])
def test_with_ratings_of_any_precision_nobody_could_see_a_gap(number: int) -> None:
    for seed in range(3):
        found = balance.split(club(number, seed, digits=12), seed=seed)

        assert found.gap < 1e-7


def test_what_was_compared_is_never_more_than_there_is() -> None:
    found = balance.split(club(26, 1, digits=12), seed=1)

    assert found.possible == comb(26, 13) // 2
    assert found.examined <= found.possible
