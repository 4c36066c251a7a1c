"""Who is there, who takes messages, and whose DM channel is which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from botworker.standin.world import Json, Person

from .topic import Ledger, Topic


class People(Topic):
    """Everybody with an account, and their DM channels with the bot."""

    DOES = {"dm": "_do_dm", "person": "_do_person"}

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.all = {person.id: person for person in ledger.world.people}
        self.dms: dict[int, int] = {}
        self.owners: dict[int, int] = {}

    def dm_of(self, person: int) -> int:
        """Give the person's DM channel with the bot, opening it the first time."""
        if person not in self.dms:
            self.write("dm", person=person, channel=self.snowflakes.next())
        return self.dms[person]

    def set(self, person: int, *, dms_closed: bool, in_guild: bool) -> Person:
        self.write("person", person=person, dms_closed=dms_closed, in_guild=in_guild)
        return self.all[person]

    def behind(self, channel: int) -> Person | None:
        """Give whose DM channel this is."""
        return self.all.get(self.owners.get(channel, 0))

    def told(self) -> Iterator[Json]:
        for person, channel in self.dms.items():
            yield {"do": "dm", "person": person, "channel": channel}
        for one in self.all.values():
            flags = {"dms_closed": one.dms_closed, "in_guild": one.in_guild}
            yield {"do": "person", "person": one.id, **flags}

    def _do_dm(self, change: Json) -> None:
        self.dms[change["person"]] = change["channel"]
        self.owners[change["channel"]] = change["person"]
        self.snowflakes.seen(change["channel"])

    def _do_person(self, change: Json) -> None:
        person = self.all.get(change["person"])
        if person:
            flags = {"dms_closed": change["dms_closed"], "in_guild": change["in_guild"]}
            self.all[person.id] = replace(person, **flags)
