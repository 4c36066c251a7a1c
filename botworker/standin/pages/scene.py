"""What one visitor of the playground looks at: as whom, where, and who sits beside them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from botworker.standin.kept.channels import THREADS
from botworker.standin.life.looks import sees
from botworker.standin.parts import PARTS, Parts
from botworker.standin.store import Post
from botworker.standin.world import ANNOUNCEMENT, TEXT, Json, Person

from .html import Markup, tag
from .places import CHANNEL, DIRECT, Place, number

NOTES = web.AppKey("notes", dict)
OPENED = web.AppKey("opened", dict)
NOTE_LIVES = 60.0
FEWEST_LANES, MOST_LANES = 3, 8


@dataclass(frozen=True, slots=True)
class Note:
    """What came of somebody's last deed, when the messages themselves do not show it."""

    text: str
    message: int = 0
    good: bool = False
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table, and where they look."""

    person: Person
    place: Place

    def __str__(self) -> str:
        return f"{self.person.id}.{self.place}"


@dataclass(frozen=True, slots=True)
class Scene:
    """The playground as one visitor sees it; its address says all of it."""

    parts: Parts
    seat: Seat
    beside: tuple[Seat, ...]
    notes: dict[int, Note]
    opened: dict[int, Json]

    @classmethod
    def of(cls, request: web.Request, address: str = "") -> Self:
        """Read the visitor's choices from the address, or from the last time; wrong ones fall.

        `address` is another one than the request's own, for a form that comes back to it.
        """
        parts = request.app[PARTS]
        query = dict(parse_qsl(urlsplit(address).query)) if address else dict(request.query)
        chosen = {**request.cookies, **query}
        people = parts.store.people
        who = people.get(number(chosen.get("as", ""))) or next(iter(people.values()))
        place = Place.read(query.get("at", ""))
        if place is None or not _exists(parts, place):
            place = Place(CHANNEL, first_channel(parts))
        seats = [_seat(parts, one) for one in chosen.get("beside", "").split("-")]
        beside = tuple(one for one in seats if one)[:MOST_LANES]
        return cls(parts, Seat(who, place), beside, request.app[NOTES], request.app[OPENED])

    # --- addresses ---------------------------------------------------------------------------

    def link(self, seat: Seat | None = None, beside: tuple[Seat, ...] | None = None) -> str:
        """Give the address of this table, or of one that differs a little."""
        sits = seat or self.seat
        others = self.beside if beside is None else beside
        wanted = {"as": sits.person.id, "at": str(sits.place)}
        if others:
            wanted["beside"] = "-".join(str(one) for one in others)
        return f"/?{urlencode(wanted)}"

    def going(self, place: Place) -> str:
        """Give the address of the same person somewhere else."""
        return self.link(replace(self.seat, place=place))

    def with_lane(self, seat: Seat) -> str:
        """Give the address with somebody beside you who looks there."""
        if any(one.person == seat.person for one in self.beside):
            kept = [seat if one.person == seat.person else one for one in self.beside]
        else:
            kept = [seat, *self.beside]
        return self.link(beside=tuple(kept[:MOST_LANES]))

    def hidden(self, name: str, value: object) -> Markup:
        """Say something in a form without showing it."""
        return tag("input", type="hidden", name=name, value=value)

    def back(self) -> Markup:
        """Say in a form which table to come back to."""
        return self.hidden("back", self.link())

    # --- who and what ------------------------------------------------------------------------

    @property
    def viewer(self) -> Person:
        return self.seat.person

    def lanes(self) -> list[Seat]:
        """Give who sits beside you: asked for, then yourself, then whom the bot wrote to last."""
        people, dms = self.parts.store.people, self.parts.store.dms
        talking = sorted(
            (one for one in people if self.parts.store.in_channel(dms.get(one, 0))),
            key=lambda one: -self.parts.store.in_channel(dms[one])[-1].id,
        )
        closed = [one.id for one in people.values() if one.dms_closed]
        chosen = {one.person.id: one for one in self.beside}
        shown = dict.fromkeys([*chosen, self.viewer.id, *talking, *closed])
        # Nobody has been written to yet: the first few, so that nobody plays alone.
        shown |= dict.fromkeys(list(people)[: max(0, FEWEST_LANES - len(shown) + 1)])
        return [chosen.get(one) or Seat(people[one], Place()) for one in shown][:MOST_LANES]

    def channel_of(self, seat: Seat) -> int:
        """Give the channel a seat looks at; 0 for a conversation that has not begun."""
        if seat.place.kind == DIRECT:
            return self.parts.store.dms.get(seat.person.id, 0)
        return seat.place.channel

    def posts(self, channel: int, viewer: int, latest: int) -> list[Post]:
        """Give the last posts somebody sees; of the private answers only the newest."""
        seen = [post for post in self.parts.store.in_channel(channel) if post.seen_by(viewer)]
        private = [post.id for post in seen if post.only_for]
        shown = [post for post in seen if not post.only_for or post.id == private[-1]]
        return shown[-latest:]

    def note(self, person: int) -> Note | None:
        """Give what somebody still has to be told of their last deed."""
        note = self.notes.get(person)
        return note if note and time.monotonic() - note.at < NOTE_LIVES else None


def _seat(parts: Parts, text: str) -> Seat | None:
    who, _dot, where = text.partition(".")
    person, place = parts.store.people.get(number(who)), Place.read(where or DIRECT)
    return Seat(person, place) if person and place and _exists(parts, place) else None


def _exists(parts: Parts, place: Place) -> bool:
    told = parts.store.channels.all.get(place.channel)
    return place.kind != CHANNEL or bool(told and told["type"] in WRITTEN)


WRITTEN = (TEXT, ANNOUNCEMENT, *THREADS)


def channels(parts: Parts, person: Person) -> list[Json]:
    """Give the channels somebody reads, in their order."""
    store, guild = parts.store, parts.world.guild.id
    texts = [one for one in store.channels.of_guild(guild) if one["type"] in WRITTEN]
    return [one for one in texts if sees(store, person.id, int(one["id"]))]


def threads(parts: Parts, person: Person, channel: str) -> list[Json]:
    """Give the threads of a channel that somebody sees, without those that are put away."""
    store = parts.store
    found = [
        one
        for one in store.channels.threads_of(parts.world.guild.id)
        if one["parent_id"] == channel
    ]
    open_ = [one for one in found if not one["thread_metadata"]["archived"]]
    return [one for one in open_ if sees(store, person.id, int(one["id"]))]


def first_channel(parts: Parts) -> int:
    """Give the channel in which everybody begins; 0 when there is none."""
    texts = parts.store.channels.of_guild(parts.world.guild.id)
    return next((int(one["id"]) for one in texts if one["type"] in WRITTEN), 0)
