"""What one visitor of the playground looks at: as whom, which channel, whose messages."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from aiohttp import web

from botworker.standin.parts import PARTS, Parts
from botworker.standin.store import Post
from botworker.standin.world import TEXT, Channel, Person

from .html import Markup, tag

NOTES = web.AppKey("notes", dict)
NOTE_LIVES = 60.0
MOST_LANES = 8


@dataclass(frozen=True, slots=True)
class Note:
    """What came of somebody's last press, when the messages themselves do not show it."""

    text: str
    message: int = 0
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class Scene:
    """The playground as one visitor sees it."""

    parts: Parts
    viewer: Person
    channel: Channel
    extra_lanes: tuple[int, ...]
    notes: dict[int, Note]

    @classmethod
    def of(cls, request: web.Request) -> Scene:
        """Read the visitor's choices from query and cookies; wrong ones are ignored."""
        parts = request.app[PARTS]
        people = parts.store.people
        who = people.get(number(request.cookies.get("as", ""))) or next(iter(people.values()))
        lanes = [number(one) for one in request.cookies.get("lanes", "").split("-")]
        known = tuple(one for one in lanes if one in people)
        channel = _channel(parts, number(request.query.get("channel", "")))
        return cls(parts, who, channel, known, request.app[NOTES])

    def note(self, person: int) -> Note | None:
        note = self.notes.get(person)
        return note if note and time.monotonic() - note.at < NOTE_LIVES else None

    def lanes(self) -> list[Person]:
        """Give whose direct messages are shown: yours, asked for, then the latest."""
        people, dms = self.parts.store.people, self.parts.store.dms
        talking = sorted(
            (one for one in people if self.parts.store.in_channel(dms.get(one, 0))),
            key=lambda one: -self.parts.store.in_channel(dms[one])[-1].id,
        )
        closed = [one.id for one in people.values() if one.dms_closed]
        shown = dict.fromkeys([self.viewer.id, *self.extra_lanes, *talking, *closed])
        return [people[one] for one in shown][:MOST_LANES]

    def posts(self, channel: int, viewer: int, latest: int) -> list[Post]:
        """Give the last posts somebody sees; of the private answers only the newest."""
        seen = [post for post in self.parts.store.in_channel(channel) if post.seen_by(viewer)]
        private = [post.id for post in seen if post.only_for]
        shown = [post for post in seen if not post.only_for or post.id == private[-1]]
        return shown[-latest:]

    def hidden(self, name: str, value: object) -> Markup:
        return tag("input", type="hidden", name=name, value=value)

    def back(self) -> Markup:
        """Say in a form which channel to come back to."""
        return self.hidden("back", self.channel.id)


def _channel(parts: Parts, wanted: int) -> Channel:
    channels = [one for one in parts.world.guild.channels if one.type == TEXT]
    chosen = [one for one in channels if one.id == wanted]
    return (chosen or channels or [Channel(0, "nowhere")])[0]


def number(text: str) -> int:
    """Read an id; 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() else 0
