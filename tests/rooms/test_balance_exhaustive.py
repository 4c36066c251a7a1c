"""Up to twelve people no split is fairer than the one that is found: every other one is tried."""

import pytest

from planning.rooms import balance
from planning.rooms.bonds import wishes
from tests.rooms.teams import club, every_split, some_pairs, tried

SIZES = range(2, 13)
EVENINGS = range(12)
# Many equally fair splits, some, and hardly ever two.
DIGITS = (1, 3, 6)


@pytest.mark.parametrize("number", SIZES)
def test_no_split_is_fairer(number: int) -> None:
    for evening in EVENINGS:
        people = club(number, evening, digits=DIGITS[evening % 3])

        found = balance.split(people, seed=evening)

        every = list(every_split(people))
        assert tried(found) == min(every), f"evening {evening}"
        assert found.proved
        mirrored = 1 if number % 2 else 2
        assert found.possible == found.examined == len(every) // mirrored
        assert found.equals == every.count(min(every)) // mirrored


@pytest.mark.parametrize("number", SIZES)
def test_nor_any_that_keeps_as_many_wishes(number: int) -> None:
    for evening in EVENINGS:
        people = club(number, evening, digits=DIGITS[evening % 3])
        pairs = some_pairs(number, evening, wished=evening)
        together, apart = pairs[::2], pairs[1::2]

        found = balance.split(people, seed=evening, together=together, apart=apart)

        every = list(every_split(people, wishes(together, apart)))
        best = min(every)
        mirrored = 1 if number % 2 else 2
        assert tried(found) == best, f"evening {evening}"
        assert found.possible == sum(one.broken == best.broken for one in every) // mirrored
        assert found.equals == every.count(best) // mirrored
