import pytest

from accounts import levels


def test_the_first_levels_take_what_the_raid_bot_took() -> None:
    assert [levels.needed(level) for level in range(11)] == [
        *(0, 100, 250, 450, 700, 1000),
        *(1350, 1750, 2200, 2700, 3250),
    ]


@pytest.mark.parametrize("level", [1, 2, 3, 10, 99, 1000, 10**9, 10**15 + 7])
def test_one_point_decides_however_many_there_are(level: int) -> None:
    edge = levels.needed(level)

    assert levels.of(edge) == level
    assert levels.of(edge - 1) == level - 1
    assert levels.of(edge + 1) == level


def test_nobody_is_below_level_zero() -> None:
    assert levels.of(0) == levels.of(-5) == 0
    with pytest.raises(ValueError, match="no level below 0"):
        levels.needed(-1)


def test_it_says_what_is_missing() -> None:
    assert [levels.to_next(xp) for xp in (0, 99, 100, 249)] == [100, 1, 150, 1]
