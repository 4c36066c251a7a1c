"""The two searches agree with each other, and with what is known before any search."""

from random import Random

import pytest

from planning.rooms import search
from planning.rooms.bonds import blocks
from planning.rooms.measure import strengths
from tests.rooms.teams import club

DICE = Random(1)  # noqa: S311  repeatable, not secret


def weighed(number: int, seed: int) -> list[int]:
    worth = list(strengths(club(number, seed)).of.values())
    return [number * one - sum(worth) for one in worth]


def distance(weights: list[int], side: int) -> int:
    return abs(sum(weight for place, weight in enumerate(weights) if side >> place & 1))


@pytest.mark.parametrize("number", range(2, 13))
def test_halves_against_halves_find_what_looking_at_each_finds(number: int) -> None:
    for seed in range(6):
        weights, keys = weighed(number, seed), range(number)
        parts = search.pieces(weights, blocks(keys, []) or [])

        each = search.each(weights, keys, [], [])
        halves = search.by_halves(parts, number % 2, DICE)

        found = {distance(weights, side) for side in halves.sides}
        assert found == {distance(weights, side) for side in each.sides}
        assert (halves.possible, halves.equals) == (each.possible, each.equals)
        assert search.possible(parts, number % 2) == each.possible


@pytest.mark.parametrize("number", [14, 15, 20, 21])
def test_little_by_little_comes_to_the_same_where_it_ends(number: int) -> None:
    weights = weighed(number, 3)
    parts = search.pieces(weights, blocks(range(number), []) or [])
    best = search.by_halves(parts, number % 2, DICE)
    nearest = 2 * distance(weights, best.sides[0])

    found = search.little_by_little(parts, number % 2, nearest, DICE)

    assert found.proved
    assert 2 * distance(weights, found.sides[0]) == nearest


@pytest.mark.parametrize("number", range(2, 12))
def test_no_split_goes_below_what_is_called_the_nearest(number: int) -> None:
    for seed in range(30):
        worth = [7 * Random(seed * 100 + place).randrange(6) for place in range(number)]  # noqa: S311
        weights = [number * one - sum(worth) for one in worth]

        found = search.each(weights, range(number), [], [])

        nearest = search.nearest_to_zero(worth, number % 2)
        assert nearest <= 2 * distance(weights, found.sides[0])
        # Nor is it less than it has to be: people enough of many strengths come down to it.
        if number > 6 and len(set(worth)) > 3:
            assert nearest == 2 * distance(weights, found.sides[0])
