"""The facts of a split, kept with the line-up in 300 characters."""

import pytest

from planning.rooms import why
from planning.rooms.balance import split
from tests.rooms.teams import club, some_pairs


def test_what_is_packed_is_unpacked_without_the_teams_themselves() -> None:
    made = split(club(10, 1), seed=3, together=[(1, 2)], apart=[(3, 4), (1, 99)])

    found = why.unpack(why.pack(made))

    assert found is not None
    assert (found.seed, found.possible, found.examined) == (3, made.possible, made.examined)
    assert (found.proved, found.equals, found.repeats) == (made.proved, made.equals, made.repeats)
    assert (found.kept, found.unkept) == (made.kept, made.unkept)
    assert found.unrated == made.unrated


@pytest.mark.parametrize("seed", range(5))
def test_of_too_many_wishes_it_keeps_what_fits(seed: int) -> None:
    people = club(40, seed)
    made = split(people, seed=seed, together=some_pairs(40, seed, 30), apart=some_pairs(40, 9, 30))

    packed = why.pack(made)

    assert len(packed) <= why.LONGEST
    found = why.unpack(packed)
    assert found is not None
    assert made.kept[: len(found.kept)] == found.kept


@pytest.mark.parametrize("text", ["", "by hand", "{}", "[]", "1", '{"s":1}', '{"k":[[1]]}', "null"])
def test_what_was_not_packed_here_explains_nothing(text: str) -> None:
    assert why.unpack(text) is None
