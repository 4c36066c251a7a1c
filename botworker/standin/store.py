"""Everything that happened since the world began: messages, DMs, commands, who left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .log import Log
from .snowflakes import Snowflakes
from .world import Json, Person, World

TOO_MANY_LINES = 20_000


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


class Store:
    """Applies each change to memory and appends it to the log, so a restart replays them."""

    def __init__(self, world: World, log: Log) -> None:
        self.world = world
        self.people = {person.id: person for person in world.people}
        self.dms: dict[int, int] = {}
        self.owners: dict[int, int] = {}
        self.posts: dict[int, Post] = {}
        self.by_channel: dict[int, list[int]] = {}
        self.nonces: dict[str, int] = {}
        self.commands: dict[str, list[Json]] = {}
        self.snowflakes = Snowflakes()
        self.version = 0
        self._log = log
        self._doers: dict[str, Callable[[Json], None]] = {
            "post": self._do_post,
            "delete": self._do_delete,
            "dm": self._do_dm,
            "commands": self._do_commands,
            "person": self._do_person,
            "nonce": self._do_nonce,
        }
        self._replay()

    # --- changes ---------------------------------------------------------------------------

    def put(self, message: Json, *, only_for: int | None = None, nonce: str | None = None) -> None:
        """Add a message, or replace it by its new state."""
        self._write({"do": "post", "message": message, "for": only_for, "nonce": nonce})

    def delete(self, message_id: int) -> None:
        self._write({"do": "delete", "id": message_id})

    def dm_of(self, person: int) -> int:
        """Give the person's DM channel with the bot, opening it the first time."""
        if person not in self.dms:
            self._write({"do": "dm", "person": person, "channel": self.snowflakes.next()})
        return self.dms[person]

    def set_commands(self, scope: str, commands: list[Json]) -> None:
        self._write({"do": "commands", "scope": scope, "commands": commands})

    def set_person(self, person: int, *, dms_closed: bool, in_guild: bool) -> Person:
        flags = {"dms_closed": dms_closed, "in_guild": in_guild}
        self._write({"do": "person", "person": person, **flags})
        return self.people[person]

    # --- questions -------------------------------------------------------------------------

    def in_channel(self, channel: int) -> list[Post]:
        """Give the channel's messages, oldest first."""
        return [self.posts[one] for one in list(self.by_channel.get(channel, ()))]

    def members(self) -> list[Person]:
        return [person for person in self.people.values() if person.in_guild]

    def person_behind(self, channel: int) -> Person | None:
        """Give whose DM channel this is."""
        return self.people.get(self.owners.get(channel, 0))

    # --- replay ----------------------------------------------------------------------------

    def _replay(self) -> None:
        changes = self._log.read()
        for change in changes:
            self._doers[change["do"]](change)
        if len(changes) > TOO_MANY_LINES:
            self._log.rewrite(self._snapshot())
        self._log.open()

    def _snapshot(self) -> Iterator[Json]:
        for person, channel in self.dms.items():
            yield {"do": "dm", "person": person, "channel": channel}
        for scope, commands in self.commands.items():
            yield {"do": "commands", "scope": scope, "commands": commands}
        for one in self.people.values():
            flags = {"dms_closed": one.dms_closed, "in_guild": one.in_guild}
            yield {"do": "person", "person": one.id, **flags}
        for nonce, message in self.nonces.items():
            yield {"do": "nonce", "nonce": nonce, "message": message}
        for post in self.posts.values():
            yield {"do": "post", "message": post.message, "for": post.only_for, "nonce": None}

    def close(self) -> None:
        self._log.close()

    def _write(self, change: Json) -> None:
        self._log.write(change)
        self._doers[change["do"]](change)
        self.version += 1

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

    def _do_dm(self, change: Json) -> None:
        self.dms[change["person"]] = change["channel"]
        self.owners[change["channel"]] = change["person"]
        self.snowflakes.seen(change["channel"])

    def _do_commands(self, change: Json) -> None:
        self.commands[change["scope"]] = change["commands"]

    def _do_person(self, change: Json) -> None:
        person = self.people.get(change["person"])
        if person:
            flags = {"dms_closed": change["dms_closed"], "in_guild": change["in_guild"]}
            self.people[person.id] = replace(person, **flags)

    def _do_nonce(self, change: Json) -> None:
        self.nonces[change["nonce"]] = change["message"]
        self.snowflakes.seen(change["message"])
