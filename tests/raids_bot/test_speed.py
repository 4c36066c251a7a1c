"""Twenty servers vote at once: every vote counts, what is shown is right, and votes that come
together are shown together."""

import asyncio
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from botworker.standin import Channel, Guild, Limits, World
from planning.raids import actions
from planning.raids.models import Option, Raid, Vote
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import GUILD
from tests.raids_bot.playing import RaidCase

pytestmark = pytest.mark.slow

SERVERS, MEMBERS, WITHIN = 20, 10, 4.0
SEED = 20261120


def first_of(server: int) -> int:
    """Return the id of a server; its channels follow."""
    return GUILD + 10_000 + server * 100


class SpeedTests(RaidCase):
    def setUp(self) -> None:
        self.crowd: list[User] = []
        super().setUp()
        self.crowd = [make.person() for _each in range(MEMBERS)]

    def world(self) -> World:
        made = super().world()
        everybody = (*made.people, *(self.person_of(who) for who in self.crowd))
        others = tuple(
            Guild(
                first_of(one),
                f"Server {one}",
                tuple(Channel(first_of(one) + n, f"c{n}") for n in (1, 2, 3)),
            )
            for one in range(SERVERS)
        )
        return replace(made, people=everybody, others=others)

    def plan_everywhere(self) -> list[Raid]:
        raids = []
        for one in range(SERVERS):
            number, at = first_of(one), clock.now()
            guild = actions.guild_joined(discord_id=number, name=f"Server {one}", at=at)
            wishes: dict[str, Any] = {
                "planner_channel_id": number + 1,
                "participants_channel_id": number + 2,
                "raidlist_channel_id": number + 3,
            }
            admin = Actor(self.ana, guild_admin=True)
            actions.set_settings(guild=guild, actor=admin, at=at, **wishes)
            raids.append(
                actions.plan(
                    guild=guild,
                    actor=admin,
                    dungeon="Nanos",
                    days="Fri, Sat, Sun",
                    times="20:00, 21:00",
                    min_players=MEMBERS,
                    at=at,
                ).raid
            )
        return raids

    def say_days(self) -> None:
        days = Option.objects.filter(label="Fri").values_list("pk", flat=True)
        Vote.objects.bulk_create(
            Vote(option_id=day, person=who, at=clock.now()) for day in days for who in self.crowd
        )

    def vote_of(self, server: int) -> dict[str, Any]:
        return self.posts(first_of(server) + 1)[0]

    async def votes(self, who: User, server: int, after: float) -> None:
        """Vote for a time after so many seconds; the day was said before."""
        await asyncio.sleep(after)
        post = self.vote_of(server)
        number = who.discord.discord_id
        select = self.controls(post)["time"]
        values = [select["options"][0]["value"]]
        await self.standin.choose(number, int(post["id"]), select["custom_id"], values)

    def right(self) -> bool:
        """Say whether every message of every server shows every vote."""
        return all(
            f"{MEMBERS} of {MEMBERS}" in " ".join(self.texts(first_of(one) + 2))
            and f"{MEMBERS} votes" in str(self.vote_of(one)["embeds"])
            and "1 slot stands" in " ".join(self.texts(first_of(one) + 3))
            for one in range(SERVERS)
        )

    async def everybody_votes(self) -> None:
        dice = random.Random(SEED)  # noqa: S311  the same evening each time
        await asyncio.gather(
            *(
                self.votes(who, server, dice.uniform(0, WITHIN))
                for who in self.crowd
                for server in range(SERVERS)
            )
        )

    async def test_people_on_each_of_twenty_servers_vote_at_once(self) -> None:
        """How fast is measured by `make bench SCENARIOS=raids`; here that it is right, and for how
        few requests."""
        async with self.night() as there:
            there.parts.limits = Limits()
            await self.until(lambda: len(self.bot.guilds) > SERVERS, 60)
            await call(self.plan_everywhere)
            await self.until(
                lambda: all(self.posts(first_of(one) + 1) for one in range(SERVERS)), 120
            )
            await call(self.say_days)
            began = len(there.journal)

            await self.everybody_votes()
            await self.until(self.right, 120)

            said = there.journal[began:]
            refused = [one for one in said if one["status"] == 429]
            self.assertEqual(await call(Vote.objects.count), SERVERS * MEMBERS * 2)
            self.assertLessEqual(len(refused), len(said) / 100)
            self.assertLess(self.most_edits(said), MEMBERS)

    def most_edits(self, said: list[dict[str, Any]]) -> int:
        """Return how often the most edited vote was edited."""
        votes = {str(self.vote_of(one)["id"]) for one in range(SERVERS)}
        edited = (one["path"].split("/")[-1] for one in said if one["method"] == "PATCH")
        return max(Counter(one for one in edited if one in votes).values())
