"""The votes for team names: which lead, and which are level. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planning.rooms.models import Name


@dataclass(frozen=True)
class Counted:
    """One name with its votes; `tie`: another one has as many."""

    name: Name
    votes: int
    tie: bool


def of(names: Sequence[Name]) -> tuple[Counted, ...]:
    """Return the names as they came, each with its votes. Names nobody voted for are no tie."""
    votes = {one.pk: int(getattr(one, "count", 0)) for one in names}
    level = Counter(votes.values())
    return tuple(
        Counted(one, votes[one.pk], tie=votes[one.pk] > 0 and level[votes[one.pk]] > 1)
        for one in names
    )


def winners(names: Sequence[Name]) -> tuple[str, str]:
    """Return what the teams are called: the two best names, A's first; empty for none yet.

    `names` is in the order of `reading.named`: the most votes first, then the older one.
    """
    best = [one.name.text for one in of(names) if one.votes][:2]
    return (*best, "", "")[:2]  # type: ignore[return-value]
