"""The objects behind the ids in an interaction's data.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
"""

from __future__ import annotations

from collections.abc import Iterable

from . import permissions, rights, shapes
from .posting import Posting
from .world import Json

USER, ROLE, CHANNEL, MESSAGE = "user", "role", "channel", "message"


class Unknown(Exception):
    """There is nobody and nothing with this id; the text says what was looked for."""


class Resolved:
    """Looks things up around the channel of an interaction, and collects them for the event."""

    def __init__(self, posting: Posting, channel: int) -> None:
        self.posting = posting
        self.store = posting.store
        self.channel = channel
        direct = self.store.person_behind(channel)
        self.guild = None if direct else self.store.guild_of(channel)
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
        return int(found["type"]) if found else None

    def _add(self, name: str, thing: Json) -> bool:
        self.maps.setdefault(name, {})[thing["id"]] = thing
        return True

    def _user(self, snowflake: int) -> bool:
        if snowflake == self.store.world.application.id:
            return self._add("users", shapes.bot(self.store.world))
        who = self.store.people.get(snowflake)
        if not who:
            return False
        members = self.store.guilds.members[self.guild] if self.guild else {}
        if snowflake in members:
            bits = {"permissions": str(rights.of(self.store, who, self.channel))}
            self.maps.setdefault("members", {})[str(snowflake)] = members[snowflake] | bits
        return self._add("users", shapes.user(who))

    def _role(self, snowflake: int) -> bool:
        roles = self.store.guilds.roles[self.guild] if self.guild else {}
        found = roles.get(snowflake)
        return found is not None and self._add("roles", found)

    def _channel(self, snowflake: int) -> bool:
        found = self._guild_channel(snowflake)
        if not found:
            return False
        bits = {"permissions": str(permissions.EVERYONE)}
        return self._add("channels", found | bits)

    def _guild_channel(self, snowflake: int) -> Json | None:
        found = self.store.channels.all.get(snowflake)
        return found if found and int(found["guild_id"]) == self.guild else None

    def _message(self, snowflake: int) -> bool:
        post = self.store.posts.get(snowflake)
        return post is not None and self._add("messages", self.posting.told(post.message))
