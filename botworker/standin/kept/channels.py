"""The guilds' channels and threads, and who is in which thread."""

from __future__ import annotations

from collections.abc import Iterator

from botworker.standin import guild_shapes
from botworker.standin.world import Json

from .topic import Ledger, Topic

THREADS = (10, 11, 12)


class Channels(Topic):
    """Every guild channel and thread by id, as Discord's JSON has it."""

    DOES = {
        "channel": "_do_channel",
        "channel gone": "_do_channel_gone",
        "thread member": "_do_thread_member",
        "thread member gone": "_do_thread_member_gone",
    }

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.all: dict[int, Json] = {}
        self.thread_members: dict[int, dict[int, Json]] = {}
        for guild in ledger.world.guilds:
            for place, one in enumerate(guild.channels):
                self.all[one.id] = guild_shapes.channel(one, guild, ledger.world, place)

    def put(self, channel: Json) -> None:
        """Add a channel or thread, or replace it by its new state."""
        self.write("channel", channel=channel)

    def drop(self, channel: int) -> None:
        self.write("channel gone", channel=channel)

    def put_thread_member(self, thread: int, user: int, member: Json) -> None:
        self.write("thread member", thread=thread, user=user, member=member)

    def drop_thread_member(self, thread: int, user: int) -> None:
        self.write("thread member gone", thread=thread, user=user)

    # --- questions -------------------------------------------------------------------------

    def of_guild(self, guild: int) -> list[Json]:
        """Give a guild's channels without its threads, in their order."""
        mine = [
            one
            for one in self.all.values()
            if int(one["guild_id"]) == guild and one["type"] not in THREADS
        ]
        return sorted(mine, key=lambda one: (one["position"], int(one["id"])))

    def threads_of(self, guild: int) -> list[Json]:
        """Give all threads of a guild, also archived ones."""
        return [
            one
            for one in self.all.values()
            if one["type"] in THREADS and int(one["guild_id"]) == guild
        ]

    # --- changes ---------------------------------------------------------------------------

    def told(self) -> Iterator[Json]:
        for gone in Channels(self.ledger).all.keys() - self.all.keys():
            yield {"do": "channel gone", "channel": gone}
        for one in self.all.values():
            yield {"do": "channel", "channel": one}
        for thread, members in self.thread_members.items():
            for user, member in members.items():
                yield {"do": "thread member", "thread": thread, "user": user, "member": member}

    def _do_channel(self, change: Json) -> None:
        one = change["channel"]
        self.all[int(one["id"])] = one
        self.snowflakes.seen(int(one["id"]))

    def _do_channel_gone(self, change: Json) -> None:
        self.all.pop(change["channel"], None)
        self.thread_members.pop(change["channel"], None)

    def _do_thread_member(self, change: Json) -> None:
        members = self.thread_members.setdefault(change["thread"], {})
        members[change["user"]] = change["member"]

    def _do_thread_member_gone(self, change: Json) -> None:
        self.thread_members.get(change["thread"], {}).pop(change["user"], None)
