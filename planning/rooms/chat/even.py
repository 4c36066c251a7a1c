"""How far two teams are apart, and whether one exchange of two people would help. Pure."""

from collections.abc import Sequence

from accounts.models import User
from availability.board import Day
from availability.models import Status
from planning.rooms import measure
from planning.rooms.drafts import rating_of
from planning.rooms.measure import Player

# Nearer than that a game is open: of what the sides have on average.
FAIR = 0.05


def players(day: Day) -> list[Player]:
    """Return everybody of an evening as the balance counts them."""
    said = day.named(Status.LOOKING, Status.AVAILABLE, Status.MAYBE)
    return [Player(entry.person_id, rating_of(entry.person)) for entry in said]


def of(day: Day, sides: Sequence[Sequence[User]]) -> tuple[int, bool]:
    """Return the gap of two sides in points, and whether they are even.

    They are when the gap is small, or when no exchange of one for one makes it smaller.
    """
    everybody = players(day)
    a, b = ([one.pk for one in side] for side in sides)
    now = measure.standing(everybody, a, b)
    level = now.averages if now.per_player else now.sums
    if now.gap <= FAIR * sum(level) / 2:
        return measure.points(now.gap), True
    return measure.points(now.gap), not any(
        measure.standing(everybody, _swapped(a, out, into), _swapped(b, into, out)).gap < now.gap
        for out in a
        for into in b
    )


def _swapped(side: list[int], out: int, into: int) -> list[int]:
    return [into if one == out else one for one in side]
