"""Messages, which channel they are in, and which nonce made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from botworker.standin.world import Json

from .topic import Ledger, Topic


@dataclass(frozen=True, slots=True)
class Post:
    """A message as Discord's JSON has it, and who alone may see it (None: everybody)."""

    message: Json
    only_for: int | None = None

    @property
    def id(self) -> int:
        return int(self.message["id"])

    def seen_by(self, person: int) -> bool:
        return self.only_for in (None, person)


class Messages(Topic):
    """Every message there is, by id and by channel."""

    DOES = {"post": "_do_post", "delete": "_do_delete", "nonce": "_do_nonce"}

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.posts: dict[int, Post] = {}
        self.by_channel: dict[int, list[int]] = {}
        self.nonces: dict[str, int] = {}

    def put(self, message: Json, *, only_for: int | None = None, nonce: str | None = None) -> None:
        """Add a message, or replace it by its new state."""
        self.ledger.write({"do": "post", "message": message, "for": only_for, "nonce": nonce})

    def delete(self, message_id: int) -> None:
        self.write("delete", id=message_id)

    def in_channel(self, channel: int) -> list[Post]:
        """Give the channel's messages, oldest first."""
        return [self.posts[one] for one in list(self.by_channel.get(channel, ()))]

    def told(self) -> Iterator[Json]:
        for nonce, message in self.nonces.items():
            yield {"do": "nonce", "nonce": nonce, "message": message}
        for post in self.posts.values():
            yield {"do": "post", "message": post.message, "for": post.only_for, "nonce": None}

    def _do_post(self, change: Json) -> None:
        post = Post(change["message"], change["for"])
        if post.id not in self.posts:
            self.by_channel.setdefault(int(post.message["channel_id"]), []).append(post.id)
        self.posts[post.id] = post
        self.snowflakes.seen(post.id)
        if change["nonce"]:
            self.nonces[change["nonce"]] = post.id

    def _do_delete(self, change: Json) -> None:
        post = self.posts.pop(change["id"], None)
        if post:
            self.by_channel[int(post.message["channel_id"])].remove(post.id)

    def _do_nonce(self, change: Json) -> None:
        self.nonces[change["nonce"]] = change["message"]
        self.snowflakes.seen(change["message"])
