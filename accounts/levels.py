"""From experience points to levels. Pure, in whole numbers.

The raid bot's formula: level L needs 25·L² + 75·L points in all, so 0, 100, 250, 450, 700, …
"""

from math import isqrt


def needed(level: int) -> int:
    """Return how many points a level takes in all. Raises ValueError below 0."""
    if level < 0:
        raise ValueError("there is no level below 0")
    return 25 * level * level + 75 * level


def of(xp: int) -> int:
    """Return the highest level that so many points reach; nobody has less than level 0."""
    # The greater root of 25·L² + 75·L - xp, rounded down: exact, also for points beyond what a
    # floating point number can hold.
    return (isqrt(5625 + 100 * max(0, xp)) - 75) // 50


def to_next(xp: int) -> int:
    """Return how many points are missing to the next level."""
    return needed(of(xp) + 1) - max(0, xp)
