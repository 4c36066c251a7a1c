"""Wishes and fixed captains: kept, or named with the reason."""

import pytest

from planning.rooms import balance
from planning.rooms.balance import Reason, Split, Wish
from planning.rooms.bonds import wishes
from tests.rooms.teams import club, every_split, players, some_pairs, tried

TWELVE = club(12, 1)
FOURTEEN = club(14, 1)


def side_of(found: Split, key: int) -> int:
    return 0 if key in found.sides[0] else 1


def reasons(found: Split) -> dict[tuple[int, int], Reason]:
    return {(one.wish.first, one.wish.second): one.reason for one in found.unkept}


@pytest.mark.parametrize("people", [TWELVE, FOURTEEN, club(40, 1)], ids=len)
def test_wishes_are_kept(people: list[balance.Player]) -> None:
    found = balance.split(people, seed=1, together=[(2, 1), (3, 4)], apart=[(1, 3), (5, 6)])

    assert side_of(found, 1) == side_of(found, 2) != side_of(found, 3) == side_of(found, 4)
    assert side_of(found, 5) != side_of(found, 6)
    assert (len(found.kept), found.unkept) == (4, ())


def test_the_splits_that_keep_two_together_are_counted() -> None:
    found = balance.split(TWELVE, seed=2011, together=[(1, 2)])

    assert found.possible == 210


def test_captains_stand_where_they_are_put_and_come_first() -> None:
    for people in (TWELVE, FOURTEEN, club(40, 1)):
        found = balance.split(people, seed=1, captains=(7, 3))

        assert (found.sides[0][0], found.sides[1][0]) == (7, 3)
        assert [len(side) for side in found.sides] == [len(people) // 2] * 2


@pytest.mark.parametrize("fixed", [(7, None), (None, 7)])
def test_one_captain_alone_may_be_fixed(fixed: tuple[int | None, int | None]) -> None:
    for seed in range(4):
        found = balance.split(TWELVE, seed=seed, captains=fixed)

        assert found.sides[fixed.index(7)][0] == 7
        assert found.possible == 462


def test_with_captains_the_fairest_of_what_is_left_is_taken() -> None:
    for seed in range(10):
        people = club(10, seed)

        found = balance.split(people, seed=seed, captains=(1, 2))

        best = min(every_split(people, [Wish(1, 2, apart=True)]))
        assert tried(found) == best


def test_a_wish_that_others_contradict_names_them() -> None:
    found = balance.split(TWELVE, seed=1, together=[(1, 2), (2, 3)], apart=[(1, 3)])

    [unkept] = found.unkept
    every = {Wish(1, 2, apart=False), Wish(2, 3, apart=False), Wish(1, 3, apart=True)}
    assert unkept.reason == Reason.CONTRADICTION
    assert set(unkept.against) == set(found.kept) == every - {unkept.wish}


def test_two_wishes_about_one_pair_contradict_each_other() -> None:
    found = balance.split(FOURTEEN, seed=1, together=[(1, 2)], apart=[(1, 2)])

    [unkept] = found.unkept
    assert unkept.against == found.kept


def test_captains_go_before_wishes() -> None:
    for people in (TWELVE, FOURTEEN):
        found = balance.split(people, seed=1, captains=(1, 2), together=[(1, 2), (3, 4)])

        assert reasons(found) == {(1, 2): Reason.CAPTAINS}
        assert found.unkept[0].against == ()


def test_a_wish_that_leads_from_one_captain_to_the_other_names_what_leads_on() -> None:
    found = balance.split(TWELVE, seed=1, captains=(1, 2), together=[(1, 3), (3, 2), (4, 5)])

    [unkept] = found.unkept
    assert unkept.reason == Reason.CAPTAINS
    assert {unkept.wish, *unkept.against} == {Wish(1, 3, apart=False), Wish(2, 3, apart=False)}


@pytest.mark.parametrize("people", [club(6, 1), FOURTEEN], ids=len)
def test_a_side_is_never_larger_because_of_wishes(people: list[balance.Player]) -> None:
    half = len(people) // 2
    too_many = [(1, other) for other in range(2, half + 2)]

    found = balance.split(people, seed=1, together=too_many)

    assert [len(side) for side in found.sides] == [half, half]
    assert [one.reason for one in found.unkept] == [Reason.SIZES]
    assert len(found.kept) == len(too_many) - 1


def test_three_pairs_do_not_make_two_threes() -> None:
    found = balance.split(club(6, 1), seed=1, together=[(1, 2), (3, 4), (5, 6)])

    assert set(reasons(found).values()) == {Reason.SIZES}
    assert len(found.kept) == 2


def test_wishes_about_strangers_or_oneself_change_nothing_and_are_named() -> None:
    found = balance.split(TWELVE, seed=1, together=[(1, 99), (98, 99)], apart=[(3, 3)])

    assert reasons(found) == {
        (1, 99): Reason.ABSENT,
        (98, 99): Reason.ABSENT,
        (3, 3): Reason.ONESELF,
    }
    assert found.sides == balance.split(TWELVE, seed=1).sides


@pytest.mark.parametrize("number", [13, 14])
def test_above_twelve_as_many_are_kept_as_can_be_while_two_at_most_go(number: int) -> None:
    seen = set()
    for seed in range(12):
        people, pairs = club(number, seed), some_pairs(number, seed, wished=9)
        together, apart = pairs[:6], pairs[6:]

        found = balance.split(people, seed=seed, together=together, apart=apart)

        fewest = min(every_split(people, wishes(together, apart))).broken
        assert len(found.unkept) == fewest or fewest > 2
        assert tried(found).gap == min(every_split(people, found.kept)).gap
        seen.add(fewest)
    assert {0, 1} <= seen


def test_wishes_of_everybody_against_everybody_are_let_go_one_by_one() -> None:
    everybody = range(1, 41)
    apart = [(one, two) for one in everybody for two in everybody if one < two]

    found = balance.split(club(40, 1), seed=1, apart=apart)

    # Of 780 pairs 400 stand on different sides, in any split.
    assert (len(found.kept), len(found.unkept)) == (400, 380)
    assert all(one.against for one in found.unkept)


@pytest.mark.parametrize("stranger", [99, 0])
def test_a_captain_who_does_not_play_is_refused(stranger: int) -> None:
    with pytest.raises(ValueError, match=f"captain {stranger} is not among the players"):
        balance.split(players(1, 1), seed=1, captains=(1, stranger))


def test_one_captain_for_both_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="both sides"):
        balance.split(players(1, 1), seed=1, captains=(1, 1))
