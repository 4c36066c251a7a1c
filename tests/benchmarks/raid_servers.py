"""Twenty servers with a raid each, and what their channels should say once everybody has voted."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.models import DiscordAccount, User
from planning.raids import actions
from planning.raids.models import Kind, Option, Raid, Vote
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.management import community
from tests import make
from tests.benchmarks import club

# A slot stands from so many on; so slots come to stand, and roles are made, in the middle of it.
MINIMUM = 10
TIMES = ("20:00", "21:00")
SEED = 20261120


@dataclass
class Server:
    """One server: its channels, its raid, its members and the time each of them votes for."""

    number: int
    members: Sequence[User]
    raid: Raid
    chosen: dict[int, str]
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def planner(self) -> int:
        return self.number + 1

    @property
    def slots(self) -> int:
        return self.number + 2

    @property
    def raidlist(self) -> int:
        return self.number + 3

    def right(self, said: dict[int, list[str]]) -> bool:
        """Say whether what stands in its channels shows every vote; `said` by channel."""
        vote, slots, listed = (
            "\n".join(said.get(one, [])) for one in (self.planner, self.slots, self.raidlist)
        )
        standing = [n for n in self.tally.values() if n >= self.raid.min_players]
        stands = f"{len(standing)} slot{'s stand' if len(standing) != 1 else ' stands'}"
        return (
            all(f"{time}: {n} vote" in vote for time, n in self.tally.items())
            and all(f" {n} of {self.raid.min_players}." in slots for n in standing)
            and stands in listed
        )


@transaction.atomic
def planned(servers: int, members: int) -> list[Server]:
    """Make people and their servers; every second one of them wants to hear of raids.

    The day was said before: each vote for a time then puts somebody into a slot.
    """
    dice = random.Random(SEED)  # noqa: S311  the same evening each time
    admin = Actor(make.person("Upravnik"), guild_admin=True)
    return [_server(number, members, admin, dice) for number in range(servers)]


def _server(number: int, members: int, admin: Actor, dice: random.Random) -> Server:
    people = [make.person(allow_raids=bool(one % 2)) for one in range(members)]
    discord_id, at = community.GUILD_ID + 10_000 + number * 100, clock.now()
    guild = actions.guild_joined(discord_id=discord_id, name=f"Server {number}", at=at)
    wishes: dict[str, Any] = {
        "planner_channel_id": discord_id + 1,
        "participants_channel_id": discord_id + 2,
        "raidlist_channel_id": discord_id + 3,
    }
    actions.set_settings(guild=guild, actor=admin, at=at, **wishes)
    days = [(at + timedelta(days=n)).date().isoformat() for n in (7, 8, 9)]
    raid = actions.plan(
        guild=guild,
        actor=admin,
        dungeon="Nanos",
        days=", ".join(days),
        times=", ".join(TIMES),
        min_players=min(MINIMUM, members),
        at=at,
    ).raid
    day = Option.objects.get(raid=raid, kind=Kind.DAY, label=days[0])
    Vote.objects.bulk_create(Vote(option=day, person=who, at=at) for who in people)
    # They were met yesterday.
    ids = [who.pk for who in people]
    DiscordAccount.objects.filter(user__in=ids).update(refreshed_at=at - timedelta(days=1))
    chosen = {who.discord.discord_id: dice.choice(TIMES) for who in people}
    return Server(discord_id, people, raid, chosen, Counter(chosen.values()))


def world(servers: Sequence[Server]) -> dict[str, Any]:
    """Describe the club's server and these beside it to a local Discord."""
    told = club.describe([])
    people = [one.discord for server in servers for one in server.members]
    return told | {
        "people": [
            {
                "id": str(one.discord_id),
                "username": one.username,
                "global_name": one.display_name,
                "in_guild": False,
            }
            for one in people
        ],
        "others": [_described(server) for server in servers],
    }


def _described(server: Server) -> dict[str, Any]:
    ids = [str(who.discord.discord_id) for who in server.members]
    channels = [{"id": str(server.number + n), "name": f"c{n}"} for n in (1, 2, 3)]
    return {
        "id": str(server.number),
        "name": f"Server {server.number}",
        "channels": channels,
        "members": ids,
        "owner": ids[0],
    }
