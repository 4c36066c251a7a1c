"""Scheduled events and who is interested in them."""

from __future__ import annotations

from collections.abc import Iterator

from botworker.standin.world import Json

from .topic import Ledger, Topic

SCHEDULED, ACTIVE = 1, 2


class Events(Topic):
    """Scheduled events by id, as Discord's JSON has them."""

    DOES = {
        "event": "_do_event",
        "event gone": "_do_event_gone",
        "interest": "_do_interest",
        "interest gone": "_do_interest_gone",
    }

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.all: dict[int, Json] = {}
        self.interested: dict[int, list[int]] = {}

    def put(self, event: Json) -> None:
        self.write("event", event=event)

    def drop(self, event: int) -> None:
        self.write("event gone", event=event)

    def add_interest(self, event: int, user: int) -> None:
        self.write("interest", event=event, user=user)

    def drop_interest(self, event: int, user: int) -> None:
        self.write("interest gone", event=event, user=user)

    def open_in(self, guild: int) -> list[Json]:
        """Give the events of a guild that are to come or under way; others are not listed."""
        return [
            one
            for one in self.all.values()
            if int(one["guild_id"]) == guild and one["status"] in (SCHEDULED, ACTIVE)
        ]

    def told(self) -> Iterator[Json]:
        for event, one in self.all.items():
            yield {"do": "event", "event": one}
            for user in self.interested.get(event, ()):
                yield {"do": "interest", "event": event, "user": user}

    def _do_event(self, change: Json) -> None:
        one = change["event"]
        self.all[int(one["id"])] = one
        self.snowflakes.seen(int(one["id"]))

    def _do_event_gone(self, change: Json) -> None:
        self.all.pop(change["event"], None)
        self.interested.pop(change["event"], None)

    def _do_interest(self, change: Json) -> None:
        users = self.interested.setdefault(change["event"], [])
        if change["user"] not in users:
            users.append(change["user"])

    def _do_interest_gone(self, change: Json) -> None:
        users = self.interested.get(change["event"], [])
        if change["user"] in users:
            users.remove(change["user"])
