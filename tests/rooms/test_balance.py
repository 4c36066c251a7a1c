"""What everybody sees of a balanced split, small enough to count along."""

import pytest

from planning.rooms import balance
from planning.rooms.balance import Player
from tests.rooms.teams import club, players

# What seed 2011 makes of 12 and of 40; line-ups of seasons past name their seeds.
TWELVE = ((9, 12, 10, 8, 3, 6), (4, 7, 2, 5, 11, 1))
FORTY = (
    (19, 14, 9, 4, 22, 17, 40, 15, 38, 10, 33, 5, 28, 31, 26, 11, 34, 29, 1, 24),
    (37, 32, 27, 12, 35, 7, 30, 2, 25, 20, 23, 18, 13, 36, 8, 3, 21, 16, 39, 6),
)


def test_the_sides_are_equal_in_size_whatever_the_ratings_are() -> None:
    """W33: 10, 1, 1, 1 became one against three, for only the sums were looked at."""
    found = balance.split(players(10, 1, 1, 1), seed=1)

    assert [len(side) for side in found.sides] == [2, 2]
    assert found.gap == 9
    assert (found.possible, found.equals) == (3, 3)


def test_of_an_odd_number_one_side_has_one_more_and_both_are_compared_per_player() -> None:
    found = balance.split(players(3, 3, 2, 2, 2), seed=1)

    three, two = sorted(found.sides, key=len, reverse=True)
    assert (len(three), len(two)) == (3, 2)
    assert found.standing.per_player
    # 3, 2, 2 against 3, 2 per player, and not the nearest sums (2, 2, 2 against 3, 3).
    assert found.gap == pytest.approx(2.5 - 7 / 3)
    assert found.sides["AB".index(found.standing.larger or "")] == three


def test_of_each_side_the_highest_rated_comes_first() -> None:
    found = balance.split(players(1.0, 1.3, 0.7, 1.1, 0.9, 1.2), seed=1)

    worth = dict(enumerate((1.0, 1.3, 0.7, 1.1, 0.9, 1.2), 1))
    for side in found.sides:
        assert list(side) == sorted(side, key=lambda key: -worth[key])


def test_whoever_is_not_rated_counts_as_the_mean_of_the_others() -> None:
    found = balance.split(players(2.0, None, 1.0, None), seed=1)

    assert found.unrated == (2, 4)
    assert found.stand_in == 1.5
    # 2 + 1 against 1.5 + 1.5.
    assert found.gap == 0
    assert {frozenset(side) for side in found.sides} == {frozenset({1, 3}), frozenset({2, 4})}


def test_where_nobody_is_rated_all_are_equal() -> None:
    found = balance.split(players(None, None, None, None), seed=1)

    assert (found.stand_in, found.gap, found.equals) == (1.0, 0, 3)


def test_another_seed_chooses_another_of_the_equally_fair() -> None:
    people = club(12, 4, digits=1)

    found = [balance.split(people, seed=seed) for seed in range(60)]

    assert len({one.gap for one in found}) == 1
    different = {frozenset(map(frozenset, one.sides)) for one in found}
    assert len(different) > 10
    assert {one.equals for one in found} == {found[0].equals}
    assert len(different) <= (found[0].equals or 0)


def test_which_side_is_called_a_is_the_seeds_too() -> None:
    found = {balance.split(players(1.0, 2.0), seed=seed).sides for seed in range(20)}

    assert found == {((1,), (2,)), ((2,), (1,))}


def test_a_seed_makes_the_same_teams_next_year() -> None:
    for sides in (TWELVE, FORTY):
        ratings = (1 + place * 37 % 23 / 50 for place in range(2 * len(sides[0])))

        assert balance.split(players(*ratings), seed=2011).sides == sides


def test_above_what_can_be_compared_another_seed_is_as_fair_too() -> None:
    people = club(40, 4)

    found = [balance.split(people, seed=seed) for seed in range(5)]

    assert len({one.gap for one in found}) == 1
    assert len({frozenset(map(frozenset, one.sides)) for one in found}) == 5


def test_of_equally_fair_splits_one_with_new_team_mates_is_taken() -> None:
    people = players(*[1.0] * 8)
    yesterday = ([1, 2, 3, 4], [5, 6, 7, 8])

    found = [balance.split(people, seed=seed, earlier=[yesterday]) for seed in range(20)]

    # Two of each old side: two pairs of old team mates on each new side, which is the least.
    assert {one.repeats for one in found} == {4}
    assert all(len(set(one.sides[0]) & {1, 2, 3, 4}) == 2 for one in found)


def test_of_more_equals_than_can_be_weighed_many_are_weighed() -> None:
    people = players(*[1.0] * 14)
    yesterday = (range(1, 8), range(8, 15))

    found = balance.split(people, seed=1, earlier=[yesterday])

    # Three and four of an old side are the best mixture there is: 3 + 6 pairs on each side.
    assert found.equals == 1716
    assert found.repeats == 18


def test_but_never_a_less_fair_one() -> None:
    people = players(1.4, 1.0, 0.9, 0.5)
    yesterday = ([1, 4], [2, 3])

    found = balance.split(people, seed=1, earlier=[yesterday])

    assert found.gap == 0
    assert found.repeats == 2


def test_somebody_who_played_then_and_does_not_now_does_not_matter() -> None:
    people = players(*[1.0] * 4)

    found = balance.split(people, seed=1, earlier=[([1, 2, 77, 78], [3, 4, 79])])

    assert found.repeats == 0


@pytest.mark.parametrize("number", [0, 1, 2])
def test_hardly_anybody_is_split_too(number: int) -> None:
    found = balance.split(club(number, 1), seed=1)

    assert sorted(found.sides[0] + found.sides[1]) == list(range(1, number + 1))
    assert found.possible == found.examined == 1


def test_differences_that_nobody_sees_still_count() -> None:
    people = players(*(1 + place * 1e-8 for place in (0, 3, 5, 9)))

    found = balance.split(people, seed=1)

    assert {frozenset(side) for side in found.sides} == {frozenset({1, 4}), frozenset({2, 3})}


@pytest.mark.parametrize("rating", [float("nan"), float("inf"), float("-inf")])
def test_a_rating_that_is_no_number_is_refused(rating: float) -> None:
    with pytest.raises(ValueError, match="player 2 is not a finite number"):
        balance.split(players(1.0, rating), seed=1)


@pytest.mark.parametrize("again", [1.0, None])
def test_somebody_named_twice_is_refused(again: float | None) -> None:
    with pytest.raises(ValueError, match="named twice"):
        balance.split([Player(1, 1.0), Player(1, again)], seed=1)
