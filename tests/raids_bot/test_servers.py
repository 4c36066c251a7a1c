"""Many servers on one bot: each has its own raids, and none waits for another."""

import time
from typing import Any

import pytest
from django.test import override_settings

from accounts.models import Guild as Server
from botworker import registering
from botworker.models import Tracked
from botworker.standin import Channel, Guild
from botworker.standin.faults import Fault
from planning.raids import actions, keys
from planning.raids.models import GuildSettings, Raid, Template
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import GUILD
from tests.raids_bot.playing import CHANNELS, PLANNER, RaidCase
from tests.raids_bot.test_commands import MINE

pytestmark = pytest.mark.slow

FAR = GUILD + 1000
FAR_CHANNELS: dict[str, Any] = {name: FAR + number for number, name in enumerate(CHANNELS, 1)}


class Case(RaidCase):
    """There is a second server, far away."""

    bot_in = True

    def others(self) -> tuple[Guild, ...]:
        channels = tuple(Channel(one, f"c{one}") for one in FAR_CHANNELS.values())
        return (Guild(FAR, "Drugje", channels, bot_in=self.bot_in),)

    def far(self) -> Server:
        """Know the other server, with its channels."""
        guild = actions.guild_joined(discord_id=FAR, name="Drugje", at=clock.now())
        admin = Actor(make.person("Skrbnik"), guild_admin=True)
        actions.set_settings(guild=guild, actor=admin, at=clock.now(), **FAR_CHANNELS)
        return Server.objects.get(pk=guild.pk)

    def plan_on(self, guild: Server) -> Raid:
        return actions.plan(
            guild=guild,
            actor=Actor(self.ana),
            dungeon="Nanos",
            days="x",
            times="y",
            min_players=1,
            at=clock.now(),
        ).raid

    def vote_on(self, raid: Raid) -> None:
        actions.set_votes(raid_id=raid.pk, person=self.bor, days=["x"], times=["y"], at=clock.now())

    def left_of(self, guild: Server) -> list[int]:
        return [
            Raid.objects.filter(guild_id=guild.pk).count(),
            Template.objects.filter(guild_id=guild.pk).count(),
            GuildSettings.objects.filter(guild_id=guild.pk).count(),
        ]

    def told_to(self, guild: int) -> set[str]:
        found = self.standin.parts.store.commands.get(str(guild), [])
        return {one["name"] for one in found}


class ServersTests(Case):
    async def test_raids_commands_are_told_to_every_server_and_evenings_to_home_alone(self) -> None:
        async with self.night():
            await self.until(lambda: bool(self.told_to(FAR)))

            self.assertEqual(MINE - self.told_to(FAR), set())
            self.assertFalse({"avail", "tonight", "link"} & self.told_to(FAR))
            self.assertIn("avail", self.told_to(GUILD))
            for guild in (GUILD, FAR):
                self.assertEqual(self.told_to(guild), registering.expected(self.bot, guild))

    async def test_a_raid_is_planned_on_another_server(self) -> None:
        await call(self.far)
        async with self.night() as there:
            await self.until(lambda: bool(self.told_to(FAR)))
            number, where = self.bor.discord.discord_id, FAR + 1
            opened = await there.run_command(number, where, "raidplan", {"dungeon": "Skull"})
            fields = {"days": "x", "times": "y", "least": "1"}

            told = await there.submit_modal(number, opened["interaction"], fields)

            self.assertIn("Raid #1: Skull is planned", told["content"])
            await self.until(lambda: bool(self.posts(FAR + 1)))
            self.assertEqual(self.posts(PLANNER), [])

    async def test_a_server_that_discord_is_slow_for_holds_no_other(self) -> None:
        """R8: one lock was held while Discord answered, so one slow server stopped all."""
        far = await call(self.far)
        async with self.night():
            await self.ready()
            slow, quick = await call(self.plan_on, far), await self.planned(days="x", times="y")
            for raid in (slow, quick):
                await self.settled(keys.planner(raid.pk))
            route = f"PATCH /channels/{FAR + 1}/messages/*"
            held = self.standin.parts.faults.add(Fault(route, "slow", seconds=9.0, times=None))
            await call(self.vote_on, slow)
            await self.until(lambda: bool(held.hits_so_far))
            began = time.monotonic()
            await self.choose_in(self.bor, "day", "x")
            self.assertLess(time.monotonic() - began, 2)
            await self.choose_in(self.bor, "time", "y")

            await self.until(lambda: "Bazooka Bor" in self.fields().get("Both answered", ""), 6)

    async def test_a_server_that_the_bot_leaves_is_forgotten_whole(self) -> None:
        """R3: whoever removed the bot came back with the next error, templates and all."""
        far = await call(self.far)
        async with self.night() as there:
            await self.ready()
            await call(self.plan_on, far)
            await self.until(lambda: bool(self.posts(FAR + 1)))
            await there.bot_leaves(FAR)

            async def gone() -> bool:
                return not await call(Server.objects.filter(pk=far.pk).exists)

            await self.until(gone)
            self.assertEqual(await call(self.left_of, far), [0, 0, 0])

            async def let_go() -> bool:
                alive = Tracked.objects.alive().filter(key__startswith="RAID:")
                return not await call(alive.exists)

            await self.until(let_go)


class ComingTests(Case):
    bot_in = False

    async def test_a_server_that_it_comes_to_has_its_commands_at_once(self) -> None:
        async with self.night() as there:
            await self.ready()
            await there.bot_joins(FAR)

            await self.until(lambda: self.told_to(FAR) >= MINE)

            async def known() -> bool:
                return await call(Server.objects.filter(discord_id=FAR).exists)

            await self.until(known)

    @override_settings(DISCORD_GUILD_ID=0)
    async def test_one_that_it_left_while_it_was_away_is_forgotten_after_asking_discord(
        self,
    ) -> None:
        """R3: servers that removed the bot while it was away were kept for ever."""
        far = await call(self.far)
        async with self.night():
            # discord.py loads extensions anew, so it is another class than ours by now.
            cog: Any = self.bot.get_cog("Guilds")
            await cog.compare_once()
            self.assertTrue(await call(Server.objects.filter(pk=far.pk).exists))
            self.standin.parts.faults.add(Fault(f"GET /guilds/{FAR}", "500_before", times=5))
            cog.missing_for = 0
            await cog.compare_once()
            self.assertTrue(await call(Server.objects.filter(pk=far.pk).exists))
            self.standin.parts.faults.clear()

            await cog.compare_once()

        self.assertFalse(await call(Server.objects.filter(pk=far.pk).exists))
        self.assertTrue(await call(Server.objects.filter(pk=self.guild.pk).exists))
