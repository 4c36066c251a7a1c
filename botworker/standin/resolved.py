"""The objects behind the ids in an interaction's data.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
"""

from __future__ import annotations

from collections.abc import Iterable

from . import rights, shapes
from .posting import Posting
from .world import Channel, Json, Role

USER, ROLE, CHANNEL, MESSAGE = "user", "role", "channel", "message"


class Unknown(Exception):
    """There is nobody and nothing with this id; the text says what was looked for."""


class Resolved:
    """Looks things up and collects them for the event."""

    def __init__(self, posting: Posting) -> None:
        self.posting = posting
        self.store = posting.store
        self.maps: dict[str, Json] = {}

    def json(self) -> Json:
        """Give `{"resolved": …}`, or nothing when nothing was looked up."""
        return {"resolved": self.maps} if self.maps else {}

    def look_up(self, snowflake: int, kinds: Iterable[str]) -> None:
        """Find what has this id among these kinds of things."""
        finders = {USER: self._user, ROLE: self._role, CHANNEL: self._channel}
        finders[MESSAGE] = self._message
        if not any(finders[kind](snowflake) for kind in kinds):
            raise Unknown(f"There is no {' or '.join(kinds)} {snowflake}.")

    def attachment(self, about: Json) -> None:
        """Add a file that somebody sent along."""
        self._add("attachments", about)

    def channel_type(self, snowflake: int) -> int | None:
        """Give the type of a guild channel."""
        found = self._guild_channel(snowflake)
        return found.type if found else None

    def _add(self, name: str, thing: Json) -> bool:
        self.maps.setdefault(name, {})[thing["id"]] = thing
        return True

    def _user(self, snowflake: int) -> bool:
        if snowflake == self.store.world.application.id:
            return self._add("users", shapes.bot(self.store.world))
        who = self.store.people.get(snowflake)
        if not who:
            return False
        if who.in_guild:
            member = shapes.member({}, who.roles)
            member["permissions"] = str(rights.of(self.store, who))
            del member["user"]
            self.maps.setdefault("members", {})[str(snowflake)] = member
        return self._add("users", shapes.user(who))

    def _role(self, snowflake: int) -> bool:
        roles: tuple[Role, ...] = self.store.world.guild.roles
        found = [
            shapes.role(one, place) for place, one in enumerate(roles, 1) if one.id == snowflake
        ]
        return bool(found) and self._add("roles", found[0])

    def _channel(self, snowflake: int) -> bool:
        found = self._guild_channel(snowflake)
        if not found:
            return False
        bits = {"permissions": str(shapes.EVERYONE_MAY)}
        return self._add("channels", shapes.channel(found, self.store.world) | bits)

    def _guild_channel(self, snowflake: int) -> Channel | None:
        channels = self.store.world.guild.channels
        return next((one for one in channels if one.id == snowflake), None)

    def _message(self, snowflake: int) -> bool:
        post = self.store.posts.get(snowflake)
        return post is not None and self._add("messages", self.posting.told(post.message))
