"""What people do on servers: join voice, begin threads, come and go. Refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import acts, permissions
from .acts import CannotDo
from .gateway import orders, whole
from .guild_shapes import VOICES
from .life import channels, events, guilds, looks, members, roles, threads, voice
from .life.looks import PRIVATE_THREAD
from .parts import Parts
from .world import Json

if TYPE_CHECKING:
    from aiohttp import web

PUBLIC_THREAD = 11


class GuildLife:
    """The verbs of servers, for whoever has the stand-in at hand. Raises CannotDo."""

    parts: Parts

    # --- voice -------------------------------------------------------------------------------

    async def join_voice(self, person: int | str, channel: int | str, **own: bool) -> Json:
        """Join a voice channel or move to it; `own` are self_mute, self_deaf, self_video."""
        who, store = acts.person(self.parts, int(person)), self.parts.store
        found = self._entered(who.id, int(channel), permissions.CONNECT)
        if found["type"] not in VOICES:
            raise CannotDo(f"#{found['name']} is no voice channel.")
        inside = [one for one in store.voice.in_channel(int(channel)) if one != who.id]
        limit, may = found["user_limit"], self._bits(who.id, found)
        if limit and len(inside) >= limit and not may & permissions.MOVE_MEMBERS:
            raise CannotDo(f"{found['name']} is full.")
        guild = int(found["guild_id"])
        for other in whole_guilds(self.parts):
            if other != guild:
                # Nobody is in voice on two servers at once.
                voice.leave(self.parts, other, who.id)
        return voice.join(self.parts, guild, who.id, int(channel), **own)

    async def leave_voice(self, person: int | str) -> None:
        """Leave whatever voice channel somebody is in."""
        for guild in whole_guilds(self.parts):
            voice.leave(self.parts, guild, int(person))

    async def set_voice(self, person: int | str, **changed: bool) -> Json:
        """Set self_mute, self_deaf, self_video, or a moderator's mute and deaf."""
        guild = self._voice_guild(int(person))
        if strange := sorted({*changed} - {*voice.OWN, *voice.MODERATED}):
            raise CannotDo(f"A voice state has no {', '.join(strange)}.")
        return voice.change(self.parts, guild, int(person), **changed)

    async def idle_in_voice(self, person: int | str) -> Json:
        """Be silent so long that the server moves somebody to its AFK channel."""
        moved = voice.idle(self.parts, self._voice_guild(int(person)), int(person))
        if moved is None:
            raise CannotDo("This server has no AFK channel.")
        return moved

    def _voice_guild(self, person: int) -> int:
        for guild, user in self.parts.store.voice.states:
            if user == person:
                return guild
        raise CannotDo(f"{acts.person(self.parts, person).name} is in no voice channel.")

    # --- members and roles -------------------------------------------------------------------

    async def join_guild(self, person: int | str, guild: int | str | None = None) -> Json:
        """Come to a server."""
        return members.join(self.parts, self._guild(guild), acts.person(self.parts, int(person)).id)

    async def leave_guild(self, person: int | str, guild: int | str | None = None) -> None:
        """Leave a server."""
        members.leave(self.parts, self._guild(guild), int(person))

    async def set_nick(self, person: int | str, nick: str, guild: int | str | None = None) -> Json:
        """Call oneself something else on a server; empty for the own name."""
        where = self._member(int(person), guild)
        if len(nick) > 32:
            raise CannotDo("A nick has at most 32 characters.")
        return members.change(self.parts, where, int(person), {"nick": nick or None})

    async def make_role(self, name: str, guild: int | str | None = None, **more: Any) -> Json:
        """Make a role, as the server's owner would."""
        return roles.create(self.parts, self._guild(guild), {"name": name, **more})

    async def give_role(
        self, person: int | str, role: int | str, guild: int | str | None = None
    ) -> Json:
        """Give somebody a role, as the server's owner would."""
        where = self._member(int(person), guild)
        return roles.give(self.parts, where, int(person), self._role(where, int(role)))

    async def take_role(
        self, person: int | str, role: int | str, guild: int | str | None = None
    ) -> Json:
        """Take a role from somebody."""
        where = self._member(int(person), guild)
        return roles.take(self.parts, where, int(person), self._role(where, int(role)))

    def _role(self, guild: int, role: int) -> int:
        if role not in self.parts.store.guilds.roles[guild]:
            raise CannotDo(f"There is no role {role}.")
        return role

    # --- channels and threads ----------------------------------------------------------------

    async def make_channel(
        self, name: str, kind: int = 0, guild: int | str | None = None, **more: Any
    ) -> Json:
        """Make a channel, as the server's owner would."""
        return channels.create(
            self.parts, self._guild(guild), {"name": name, "type": int(kind), **more}
        )

    async def change_channel(self, channel: int | str, **changed: Any) -> Json:
        """Change a channel."""
        self._channel(int(channel))
        return channels.change(self.parts, int(channel), changed)

    async def delete_channel(self, channel: int | str) -> Json:
        """Delete a channel with its threads."""
        self._channel(int(channel))
        return channels.delete(self.parts, int(channel))

    async def begin_thread(
        self,
        person: int | str,
        channel: int | str,
        name: str,
        *,
        message: int | str | None = None,
        private: bool = False,
    ) -> Json:
        """Begin a thread as somebody, on a message or without one."""
        right = permissions.SEND_IN_THREADS
        parent = self._entered(int(person), int(channel), right)
        if message and int(message) in self.parts.store.channels.all:
            raise CannotDo("This message has a thread.")
        wanted = {"name": name, "type": PRIVATE_THREAD if private else PUBLIC_THREAD}
        on = (
            acts.visible_post(self.parts, acts.person(self.parts, int(person)), int(message)).id
            if message
            else None
        )
        return threads.begin(self.parts, parent, wanted, int(person), message=on)

    async def join_thread(self, person: int | str, thread: int | str) -> None:
        """Join a thread that somebody sees."""
        self._entered(int(person), int(thread), permissions.VIEW_CHANNEL)
        threads.add(self.parts, int(thread), int(person))

    async def leave_thread(self, person: int | str, thread: int | str) -> None:
        """Leave a thread."""
        self._channel(int(thread))
        threads.remove(self.parts, int(thread), int(person))

    async def archive_thread(self, thread: int | str, *, locked: bool = False) -> Json:
        """Let a thread fall asleep, as Discord does after its time; or lock it too."""
        found = self._channel(int(thread))
        changed = {"archived": True, "locked": locked or found["thread_metadata"]["locked"]}
        return threads.change(self.parts, int(thread), changed)

    # --- events and servers ------------------------------------------------------------------

    async def plan_event(
        self, person: int | str, guild: int | str | None = None, **event: Any
    ) -> Json:
        """Plan an event as somebody, with the fields of Discord's API."""
        return events.create(self.parts, self._member(int(person), guild), int(person), event)

    async def interested(self, person: int | str, event: int | str, *, off: bool = False) -> None:
        """Be interested in an event, or no more."""
        found = self.parts.store.events.all.get(int(event))
        if not found:
            raise CannotDo(f"There is no event {event}.")
        self._member(int(person), found["guild_id"])
        change = events.lose_interest if off else events.show_interest
        change(self.parts, int(event), int(person))

    async def bot_joins(self, guild: int | str) -> None:
        """Invite the bot to a server."""
        guilds.bot_joins(self.parts, self._guild(guild))

    async def bot_leaves(self, guild: int | str) -> None:
        """Throw the bot off a server."""
        guilds.bot_leaves(self.parts, self._guild(guild))

    async def set_status(self, person: int | str, status: str) -> None:
        """Be online, idle, dnd or offline on every server."""
        if status not in ("online", "idle", "dnd", "offline"):
            raise CannotDo(f"Nobody is {status}.")
        for guild in whole_guilds(self.parts):
            if int(person) in self.parts.store.guilds.members[guild]:
                told = {"user": {"id": str(person)}, "guild_id": str(guild), "status": status}
                more = {"activities": list[Json](), "client_status": dict[str, str]()}
                self.parts.hub.tell("PRESENCE_UPDATE", told | more)

    async def order(self, order: str, **more: Any) -> Json:
        """Order something of the gateway, see `gateway/orders.py`."""
        orders.carry_out(self.parts.hub, {"order": order, **more})
        return self.parts.hub.state()

    # --- finding things ----------------------------------------------------------------------

    def _guild(self, guild: int | str | None) -> int:
        found = self.parts.world.guild.id if guild is None else int(guild)
        if found not in self.parts.store.guilds.all:
            raise CannotDo(f"There is no server {guild}.")
        return found

    def _member(self, person: int, guild: int | str | None) -> int:
        where = self._guild(guild)
        if person not in self.parts.store.guilds.members[where]:
            raise CannotDo(f"{acts.person(self.parts, person).name} is not on this server.")
        return where

    def _channel(self, channel: int) -> Json:
        if channel not in self.parts.store.channels.all:
            raise CannotDo(f"There is no channel {channel}.")
        return self.parts.store.channels.all[channel]

    def _entered(self, person: int, channel: int, right: int) -> Json:
        found, who = self._channel(channel), acts.person(self.parts, person)
        seen = looks.sees(self.parts.store, person, channel)
        if not seen or not self._bits(person, found) & right:
            raise CannotDo(f"{who.name} cannot enter {found['name']}.")
        return found

    def _bits(self, person: int, channel: Json) -> int:
        return looks.may(self.parts.store, int(channel["guild_id"]), person, channel)


def whole_guilds(parts: Parts) -> list[int]:
    """Give every server's id."""
    return list(parts.store.guilds.all)


ACTS = tuple(name for name in vars(GuildLife) if not name.startswith("_") and name != "parts")


async def act(parts: Parts, request: web.Request, body: Json) -> Any:
    """Let somebody do something: `POST /standin/act {"act": "join_voice", "person": …}`."""
    name, more = str(body["act"]), {key: one for key, one in body.items() if key != "act"}
    if name not in ACTS:
        raise CannotDo(f"There is no act {name}; there are {', '.join(ACTS)}.")
    life = GuildLife()
    life.parts = parts
    verb: Callable[..., Any] = getattr(life, name)
    return await verb(**more) or {}


async def servers(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Give every server with its channels, threads, roles, members, voice and events."""
    store = parts.store
    return [
        {
            **whole.shown(store, one),
            "channels": [looks.shown(store, each) for each in store.channels.of_guild(one)],
            "threads": [looks.shown(store, each) for each in store.channels.threads_of(one)],
            "members": whole.members(store, one),
            "voice_states": store.voice.in_guild(one),
            "guild_scheduled_events": store.events.open_in(one),
        }
        for one in store.guilds.all
    ]
