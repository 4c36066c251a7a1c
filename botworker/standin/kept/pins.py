"""Which messages are pinned in a channel, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from botworker.standin.world import Json

from .messages import Messages, Post
from .topic import Ledger, Topic


class Pins(Topic):
    """Pinned messages with the time of the pin."""

    DOES = {"pin": "_do_pin"}

    def __init__(self, ledger: Ledger, messages: Messages) -> None:
        super().__init__(ledger)
        self.messages = messages
        self.since: dict[int, str] = {}

    def set(self, message: int, at: str | None) -> None:
        """Pin a message at that time, or take the pin off."""
        self.write("pin", message=message, at=at)

    def of(self, channel: int) -> list[tuple[str, Post]]:
        """Give a channel's pinned messages with their times, the latest pin first."""
        found = [
            (at, self.messages.posts[one])
            for one, at in self.since.items()
            if one in self.messages.posts
        ]
        here = str(channel)
        return [pin for pin in reversed(found) if pin[1].message["channel_id"] == here]

    def told(self) -> Iterator[Json]:
        for message, at in self.since.items():
            if message in self.messages.posts:
                yield {"do": "pin", "message": message, "at": at}

    def _do_pin(self, change: Json) -> None:
        self.since.pop(change["message"], None)
        if change["at"]:
            self.since[change["message"]] = change["at"]
        if post := self.messages.posts.get(change["message"]):
            told = {**post.message, "pinned": bool(change["at"])}
            self.messages.posts[post.id] = replace(post, message=told)
