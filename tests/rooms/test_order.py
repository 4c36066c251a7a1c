"""Whose pick it is, and who is captain."""

import pytest

from planning.rooms import balance
from planning.rooms.balance import Player
from tests.rooms.teams import players


def test_picks_go_to_one_to_the_other_twice_and_back() -> None:
    assert balance.order(10) == "ABBAABBAAB"
    assert balance.order(10, "B") == "BAABBAABBA"


@pytest.mark.parametrize("picks", range(0, 40, 2))
def test_of_an_even_number_both_have_as_many(picks: int) -> None:
    turns = balance.order(picks)

    assert len(turns) == picks
    assert turns.count("A") == turns.count("B")


@pytest.mark.parametrize(("picks", "last"), [(1, "A"), (3, "B"), (5, "A"), (7, "B"), (9, "A")])
def test_an_odd_last_pick_goes_on_with_the_pattern(picks: int, last: str) -> None:
    turns = balance.order(picks)

    assert turns[-1] == last
    assert turns.count(last) == picks // 2 + 1


def test_fewer_than_no_picks_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than no picks"):
        balance.order(-1)


def test_the_lower_rated_captain_picks_first() -> None:
    assert balance.first_pick(players(0.9, 1.1), 1, 2) == "A"
    assert balance.first_pick(players(1.1, 0.9), 1, 2) == "B"
    assert balance.first_pick(players(1.0, 1.0), 1, 2) == "A"


def test_an_unrated_captain_counts_as_the_mean_of_the_evening() -> None:
    people = players(None, 1.1, 1.4)

    assert balance.first_pick(people, 1, 2) == "B"
    assert balance.first_pick(people, 1, 3) == "A"


def test_a_captain_who_is_not_there_cannot_pick() -> None:
    with pytest.raises(KeyError):
        balance.first_pick(players(1.0), 1, 2)


A_SIDE, B_SIDE = players(1.5, 1.2, 0.9), [Player(11, 1.3), Player(12, 1.1), Player(13, None)]


def test_at_first_the_highest_rated_are_captains() -> None:
    assert balance.captains((A_SIDE, B_SIDE), []) == (1, 11)


def test_whoever_was_captain_waits_until_all_the_others_were() -> None:
    history: list[tuple[int | None, int | None]] = []
    for _evening in range(6):
        chosen = balance.captains(
            (A_SIDE, B_SIDE), [[one for one in two if one] for two in history]
        )
        history.append(chosen)

    assert history == [(1, 11), (2, 12), (3, 13)] * 2


def test_of_those_who_were_it_longest_ago_the_highest_rated_is() -> None:
    history = [{1, 2}, {3}, {11, 12}, {13}]

    assert balance.captains((A_SIDE, B_SIDE), history) == (1, 11)


def test_only_the_last_time_counts() -> None:
    history = [{2}, {1}, {3}, {2}]

    assert balance.captains((A_SIDE, []), history) == (1, None)


def test_people_who_are_not_there_tonight_do_not_matter() -> None:
    assert balance.captains((A_SIDE, B_SIDE), [{99}, {1, 98}]) == (2, 11)


def test_a_rating_of_nothing_is_a_rating() -> None:
    assert balance.captains(([Player(1, None), Player(2, 0.0)], []), []) == (2, None)
