"""Captains and whose pick it is. Pure."""

from collections.abc import Collection, Iterable, Sequence

from planning.rooms.measure import Label, Player, strengths

PATTERN = "ABBA"
OTHER: dict[Label, Label] = {"A": "B", "B": "A"}


def captains(
    sides: tuple[Iterable[Player], Iterable[Player]], history: Sequence[Collection[int]]
) -> tuple[int | None, int | None]:
    """Choose a captain for each side, so that it is not the same one every time.

    `history` has the captains of earlier evenings, the latest last. Of a side it is whoever was
    captain never, else longest ago; of those the highest rated (the unrated come last, then the
    lower key is taken). None for a side without players.
    """
    last = {key: number for number, evening in enumerate(history) for key in evening}
    first, second = (_captain(list(side), last) for side in sides)
    return first, second


def _captain(side: Sequence[Player], last: dict[int, int]) -> int | None:
    def turn(one: Player) -> tuple[int, bool, float, int]:
        rating = one.rating or 0.0
        return last.get(one.key, -1), one.rating is None, -rating, one.key

    return min(side, key=turn).key if side else None


def first_pick(players: Iterable[Player], captain_a: int, captain_b: int) -> Label:
    """Say who picks first: the lower rated captain, A where they are equal.

    `players` is everybody of the evening, for an unrated captain counts as the mean of the rated.
    Raises KeyError for a captain who is not among them.
    """
    worth = strengths(players).of
    return "A" if worth[captain_a] <= worth[captain_b] else "B"


def order(n: int, first: Label = "A") -> str:
    """Return whose picks these are, one letter a pick: ABBAABBA… for n picks after the captains.

    Each pair of picks turns round, so nobody has the first choice twice in a row. An odd last pick
    goes on with the pattern: to `first` after 0, 4, 8 … picks, else to the other, who
    waited for it. That side then has one player more. Raises ValueError for a negative number.
    """
    if n < 0:
        raise ValueError("there cannot be fewer than no picks")
    turns = (PATTERN * (n // len(PATTERN) + 1))[:n]
    return turns if first == "A" else turns.translate(str.maketrans("AB", "BA"))
