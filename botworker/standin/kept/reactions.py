"""Who reacted to which message with which emoji."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from botworker.standin.world import Json

from .messages import Messages
from .topic import Ledger, Topic

NOBODY: dict[int, None] = {}


class Reactions(Topic):
    """People by message and emoji, the first first; a message carries the counts of them."""

    DOES = {"react": "_do_react", "unreact": "_do_unreact"}

    def __init__(self, ledger: Ledger, messages: Messages) -> None:
        super().__init__(ledger)
        self.messages = messages
        self.all: dict[int, dict[str, dict[int, None]]] = {}

    def add(self, message: int, emoji: str, person: int) -> None:
        self.write("react", message=message, emoji=emoji, person=person)

    def remove(self, message: int, *, emoji: str | None = None, person: int | None = None) -> None:
        """Take back one person's, everybody's with one emoji, or all of a message."""
        self.write("unreact", message=message, emoji=emoji, person=person)

    def of(self, message: int) -> dict[str, dict[int, None]]:
        """Give the emojis of a message and who used each."""
        return self.all.get(message, {})

    def who(self, message: int, emoji: str) -> list[int]:
        """Give who reacted with an emoji."""
        return list(self.of(message).get(emoji, NOBODY))

    def told(self) -> Iterator[Json]:
        for message, emojis in self.all.items():
            for emoji, people in emojis.items() if message in self.messages.posts else ():
                for person in people:
                    yield {"do": "react", "message": message, "emoji": emoji, "person": person}

    def _do_react(self, change: Json) -> None:
        emojis = self.all.setdefault(change["message"], {})
        emojis.setdefault(change["emoji"], {})[change["person"]] = None
        self._count(change["message"])

    def _do_unreact(self, change: Json) -> None:
        emojis = self.all.get(change["message"], {})
        for emoji in [change["emoji"]] if change["emoji"] else list(emojis):
            people = emojis.get(emoji, {})
            if change["person"]:
                people.pop(change["person"], None)
            if not people or not change["person"]:
                emojis.pop(emoji, None)
        self._count(change["message"])

    def _count(self, message: int) -> None:
        post = self.messages.posts.get(message)
        if not post:
            return
        bot = self.ledger.world.application.id
        counts = [_counted(emoji, who, bot) for emoji, who in self.of(message).items()]
        told = {key: value for key, value in post.message.items() if key != "reactions"}
        told |= {"reactions": counts} if counts else {}
        self.messages.posts[message] = replace(post, message=told)


def _counted(emoji: str, who: dict[int, None], bot: int) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(who),
        "count_details": {"burst": 0, "normal": len(who)},
        "burst_colors": [],
        "me": bot in who,
        "me_burst": False,
        "burst_me": False,
        "burst_count": 0,
    }
