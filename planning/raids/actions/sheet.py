"""A raid's votes, read once by whoever holds the raid: who ticked what, who left which slot.

Everybody on twenty servers may vote in the same half minute, so the SQL is made once in a process.
"""

from dataclasses import dataclass

from accounts.models import User
from planning.raids import queries, slots
from planning.raids.actions.common import gone
from planning.raids.models import Option, Raid, StepOut, Vote
from slomix.lib.compiled import Compiled

HELD = Compiled(
    lambda: Raid.objects.select_for_update(of=("self",)).select_related("guild").filter(pk=0)
)
OPTIONS = Compiled(lambda: Option.objects.filter(raid=0).order_by("position", "pk"))
TICKS = Compiled(
    lambda: Vote.objects.filter(option__raid=0, person__isnull=False).values_list(
        "option", "person"
    )
)
OUTS = Compiled(lambda: StepOut.objects.filter(day__raid=0).values_list("day", "time", "person"))


@dataclass
class Sheet:
    """An open raid with its days and times and everybody's votes, as they are and as they become."""

    raid: Raid
    known: list[Option]
    # (option, person) and (day, time, person)
    ticks: set[tuple[int, int]]
    outs: set[tuple[int, int, int]]

    def of(self, person: User) -> set[int]:
        """Return the options that somebody ticked."""
        return {option for option, who in self.ticks if who == person.pk}

    def left_by(self, person: User, options: set[int]) -> set[tuple[int, int, int]]:
        """Return the slots made of one of these options that somebody left."""
        return {
            (day, time, who)
            for day, time, who in self.outs
            if who == person.pk and (day in options or time in options)
        }

    def board(self) -> queries.Board:
        """Return what everybody sees of it now, without names."""
        return queries.board_from(self.raid, self.known, slots.gather(self.ticks, self.outs))


def opened(raid_id: int) -> Sheet:
    """Hold an open raid until the transaction ends and read its votes; four queries.

    Raises RaidGone where there is none, and for one that ended.
    """
    raid: Raid | None = next(iter(HELD.all(raid_id)), None)
    if raid is None or not raid.is_open:
        raise gone()
    options = OPTIONS.all(raid_id)
    return Sheet(raid, options, set(TICKS.all(raid_id)), set(OUTS.all(raid_id)))
