"""What every part of the import shares: the old rows, who is who here, and what was brought before."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Guild
from availability.first_slomix.report import Report
from planning.raids.models import Brought, Dungeon, Raid
from planning.raids.old_bot.cells import discord_id, whole
from planning.raids.old_bot.reading import Old, Rows

# What is being done, how many of them are done, and how many there are.
Show = Callable[[str, int, int], None]


@dataclass
class Load:
    """One run. `people` and `guilds` are ours by their Discord ids, people as numbers of users."""

    old: Old
    at: datetime
    show: Show
    report: Report = field(default_factory=Report)
    people: dict[int, int] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    # By the name without case.
    dungeons: dict[str, Dungeon] = field(default_factory=dict)
    brought: dict[str, Brought] = field(default_factory=dict)

    def person(self, value: object) -> int | None:
        """Return who somebody is here; None for nobody that we know or may know."""
        return self.people.get(discord_id(value) or 0)

    def guild(self, value: object) -> Guild | None:
        """Return a server by what the old bot called it."""
        return self.guilds.get(discord_id(value) or 0)

    def note(self, key: str, *, guild: Guild | None = None, raid: Raid | None = None) -> Brought:
        """Remember that something was brought."""
        made = Brought.objects.create(key=key, guild=guild, raid=raid, at=self.at)
        self.brought[key] = made
        return made

    def each(self, what: str, rows: Rows) -> Iterator[dict[str, object]]:
        """Go through rows, and show how far it is."""
        for done, row in enumerate(rows, start=1):
            yield row
            self.show(what, done, len(rows))


def in_order(rows: Iterable[dict[str, object]]) -> Rows:
    """Return rows as they were written: by number, those without one first."""
    return sorted(rows, key=lambda row: whole(row.get("id")) or 0)
