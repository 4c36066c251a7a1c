"""Everything that happened since the world began, one topic a module in `kept/`."""

from __future__ import annotations

from . import shapes
from .kept.channels import Channels
from .kept.commands import Commands
from .kept.events import Events
from .kept.guilds import Guilds
from .kept.messages import Messages, Post
from .kept.people import People
from .kept.pins import Pins
from .kept.reactions import Reactions
from .kept.topic import Topic
from .kept.voice import Voice
from .log import Log
from .snowflakes import Snowflakes
from .world import Json, Person, World

__all__ = ["Post", "Store"]

TOO_MANY_LINES = 20_000


class Store:
    """Applies each change to memory and appends it to the log, so a restart replays them.

    The facts are in the topics. What almost everybody asks has a short name here.
    """

    def __init__(self, world: World, log: Log) -> None:
        self.world = world
        self.snowflakes = Snowflakes()
        self.version = 0
        self._log = log
        self.persons = People(self)
        self.command_lists = Commands(self)
        self.messages = Messages(self)
        # A new topic is added here; told in this order when the log is written anew.
        self.reactions = Reactions(self, self.messages)
        self.pins = Pins(self, self.messages)
        self.guilds = Guilds(self)
        self.channels = Channels(self)
        self.voice = Voice(self)
        self.events = Events(self)
        self.topics: tuple[Topic, ...] = (
            self.persons,
            self.command_lists,
            self.messages,
            self.reactions,
            self.pins,
            self.guilds,
            self.channels,
            self.voice,
            self.events,
        )
        self._doers = {do: doer for topic in self.topics for do, doer in topic.doers().items()}
        self._replay()
        self.guilds.agree_with(self.persons.all.values())
        # The topics' own dictionaries, under the names that everybody uses.
        self.people = self.persons.all
        self.dms = self.persons.dms
        self.owners = self.persons.owners
        self.posts = self.messages.posts
        self.by_channel = self.messages.by_channel
        self.nonces = self.messages.nonces
        self.commands = self.command_lists.all

    # --- changes ---------------------------------------------------------------------------

    def put(self, message: Json, *, only_for: int | None = None, nonce: str | None = None) -> None:
        """Add a message, or replace it by its new state."""
        self.messages.put(message, only_for=only_for, nonce=nonce)

    def delete(self, message_id: int) -> None:
        self.messages.delete(message_id)

    def dm_of(self, person: int) -> int:
        """Give the person's DM channel with the bot, opening it the first time."""
        return self.persons.dm_of(person)

    def set_commands(self, scope: str, commands: list[Json]) -> None:
        self.command_lists.set(scope, commands)

    def set_person(self, person: int, *, dms_closed: bool, in_guild: bool) -> Person:
        """Open or close somebody's DMs, or say whether they are on the first server."""
        who = self.persons.set(person, dms_closed=dms_closed, in_guild=in_guild)
        self.guilds.agree_with([who])
        return who

    # --- questions -------------------------------------------------------------------------

    def in_channel(self, channel: int) -> list[Post]:
        """Give the channel's messages, oldest first."""
        return self.messages.in_channel(channel)

    def members(self) -> list[Person]:
        return [person for person in self.people.values() if person.in_guild]

    def person_behind(self, channel: int) -> Person | None:
        """Give whose DM channel this is."""
        return self.persons.behind(channel)

    def guild_of(self, channel: int) -> int:
        """Give which guild a channel or thread is in; KeyError for a DM or an unknown one."""
        return int(self.channels.all[channel]["guild_id"])

    def user(self, snowflake: int) -> Json:
        """Give the user object of a person or of the bot; KeyError when there is nobody."""
        if snowflake == self.world.application.id:
            return shapes.bot(self.world)
        return shapes.user(self.people[snowflake])

    def member(self, guild: int, user: int) -> Json:
        """Give a guild member with their user object; KeyError when they are not on the server."""
        return {"user": self.user(user), **self.guilds.members[guild][user]}

    # --- the log ---------------------------------------------------------------------------

    def write(self, change: Json) -> None:
        """Append a change to the log and apply it."""
        self._log.write(change)
        self._doers[change["do"]](change)
        self.version += 1

    def close(self) -> None:
        self._log.close()

    def _replay(self) -> None:
        changes = self._log.read()
        for change in changes:
            self._doers[change["do"]](change)
        if len(changes) > TOO_MANY_LINES:
            self._log.rewrite(one for topic in self.topics for one in topic.told())
        self._log.open()
