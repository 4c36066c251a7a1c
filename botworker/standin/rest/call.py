"""One request to the API, as the verbs see it: no HTTP, only what is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from botworker.standin import shapes
from botworker.standin.errors import Problem, invalid_form, refusal
from botworker.standin.life.looks import sees
from botworker.standin.parts import Parts
from botworker.standin.posting import Posting
from botworker.standin.store import Post
from botworker.standin.uploads import Upload
from botworker.standin.world import Json, Person


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with a status of its own."""

    payload: Json
    status: int


Reply = Json | list[Json] | Answered | None


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked, and by whom: the bot, or a person with an access token."""

    parts: Parts
    method: str
    where: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Json
    host: str = ""
    authorization: str = ""
    person: int | None = None
    files: tuple[Upload, ...] = ()

    def id(self, name: str) -> int:
        return int(self.path[name])

    def number(self, name: str, default: int) -> int:
        """Read a number of the query."""
        text = self.query.get(name, str(default))
        if not text.isdecimal():
            problem = Problem(name, "NUMBER_TYPE_COERCE", f'Value "{text}" is not int.')
            raise invalid_form([problem])
        return int(text)

    @property
    def posting(self) -> Posting:
        return self.parts.desk.posting

    @property
    def gateway_url(self) -> str:
        return f"ws://{self.host}/gateway"

    @property
    def bot(self) -> Json:
        return shapes.bot(self.parts.world)

    def guild_channel(self) -> Json:
        """Give the path's channel or thread: 10003 when there is none, 50001 when it is hidden."""
        found = self.parts.store.channels.all.get(self.id("channel"))
        if found is None:
            raise refusal(10003)
        if not sees(self.parts.store, self.parts.world.application.id, self.id("channel")):
            raise refusal(50001)
        return found

    def owner(self) -> Person | None:
        """Give whose DM channel the path names."""
        return self.parts.store.person_behind(self.id("channel"))

    def channel(self) -> int:
        """Give the id of a channel that exists and that the bot may see."""
        return self.id("channel") if self.owner() else int(self.guild_channel()["id"])

    def post(self) -> Post:
        """Give the path's message, if it is in the path's channel and the bot may fetch it."""
        post = self.parts.store.posts.get(self.id("message"))
        if not post or post.only_for or int(post.message["channel_id"]) != self.channel():
            raise refusal(10008)
        return post

    def with_files(self, message: Json | None = None) -> Json:
        """Give the message asked for; files that no attachment describes are attachments too."""
        message = dict(self.body if message is None else message)
        if self.files and message.get("attachments") is None:
            message["attachments"] = [{"id": str(one.number)} for one in self.files]
        return message

    def attached(self, channel: int, body: Json, kept: Iterable[Json] = ()) -> Json:
        """Keep the files that came along and give the message's attachments."""
        return self.posting.attached(channel, body, list(self.files), kept)

    def notice(self, body: Json, known: Collection[str]) -> None:
        """Record fields that this route does not have; a test run fails on them."""
        for name in sorted(set(body) - set(known)):
            note_unknown(self.parts, {"field": name, "method": self.method, "path": self.where})


Verb = Callable[[Call], Reply]


def note_unknown(parts: Parts, what: Json) -> None:
    """Remember something the stand-in does not know, and say so."""
    parts.unknown.append(what)
    print("stand-in: unknown", what, file=sys.stderr)  # noqa: T201
