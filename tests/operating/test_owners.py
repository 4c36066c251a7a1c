"""Restart and other servers are the owners' alone; how the bot is everybody sees, and admins more."""

import asyncio
from dataclasses import replace
from typing import Any

from django.test import override_settings

from accounts.models import DiscordAccount, User
from botworker import workers
from botworker.client import SlomixBot
from botworker.management.commands import runbot
from botworker.models import Worker
from botworker.standin import World
from botworker.standin.acts import CannotDo
from planning.raids.models import Raid
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import labels
from tests.bot.journey import APPLICATION, CHANNEL, GUILD
from tests.raids_bot.test_servers import FAR, Case

OWNERS = ("restart", "remote_guilds", "remote_cancel_all_raids", "remote_raidlist")
NAMED = {"remote_cancel_all_raids", "remote_raidlist"}
ONLY = "Only the owner of this bot can do this"


class OwnerCase(Case):
    def setUp(self) -> None:
        super().setUp()
        # Ana owns the server, Bor is named, Dora owns the application, as the local Discord says.
        self.dora: User = make.person("Dora")
        DiscordAccount.objects.filter(user=self.dora).update(discord_id=APPLICATION + 1)
        self.dora = User.objects.with_identity().get(pk=self.dora.pk)
        self.enterContext(override_settings(PRIVILEGED_USER_ID=self.bor.discord.discord_id))

    def world(self) -> World:
        made = super().world()
        return replace(made, people=(*made.people, self.person_of(self.dora)))

    def options(self, name: str, guild: str = "Drugje") -> dict[str, str]:
        return {"guild_name": guild} if name in NAMED else {}


class OwnerTests(OwnerCase):
    async def test_a_servers_admin_is_refused(self) -> None:
        """R11: the one id in the code could do everything, and a refusal was no answer at all."""
        async with self.night():
            await self.ready()
            for name in OWNERS:
                for who in (self.ana, self.cene):
                    told = await self.run_as(who, name, **self.options(name))
                    self.assertIn(ONLY, told, name)
            self.assertEqual(await self.offered(self.ana, "remote_raidlist", "guild_name", ""), [])
            self.assertFalse(self.bot.is_closed())

    async def test_an_owner_is_no_admin_of_a_server(self) -> None:
        async with self.night():
            await self.ready()
            for name in ("purge", "cancel_all_raids"):
                with self.assertRaises(CannotDo):
                    await self.run_as(self.bor, name)

    async def test_owners_name_servers_and_act_on_one_from_outside(self) -> None:
        far = await call(self.far)
        await call(self.plan_on, far)
        async with self.night():
            await self.until(lambda: bool(self.told_to(FAR)))
            listed = await self.run_as(self.dora, "remote_guilds")
            self.assertEqual(listed, "• Drugje\n• Slomix")
            self.assertEqual(
                await self.offered(self.bor, "remote_raidlist", "guild_name", "dru"), ["Drugje"]
            )
            seen = await self.run_as(self.bor, "remote_raidlist", guild_name="drugje")
            self.assertIn("The list on Drugje is looked at again", seen)

            told = await self.run_as(self.bor, "remote_cancel_all_raids", guild_name="Drugje")

            self.assertIn("1 raid on Drugje is cancelled", told)
            wrong = await self.run_as(self.bor, "remote_raidlist", guild_name="Nikjer")
            self.assertIn("I am on no server “Nikjer”", wrong)
        self.assertFalse(await call(Raid.objects.filter(status=Raid.Status.OPEN).exists))

    async def test_restart_answers_and_begins_anew(self) -> None:
        """R13: a restart was an exit, which the supervisor counted as a failure."""
        async with self.night():
            await self.ready()

            told = await self.run_as(self.bor, "restart")

            self.assertIn("I begin anew", told)
            await asyncio.wait_for(self.bot.left.wait(), 10)
            await self.start_bot()
            self.assertIn("0 open raids", await self.run_as(self.ana, "status"))

    async def test_whoever_runs_the_bot_begins_another_one_after_it(self) -> None:
        """R13: the same, for the process around it: it ends neither itself nor with a fault."""
        async with self.night(bot=False):
            self.bot = SlomixBot(guild_ready_timeout=0.1)
            staying = asyncio.create_task(runbot.stay(self.bot))
            await self.until(self.bot.is_ready)

            self.bot.begin_anew()

            await asyncio.wait_for(staying, 15)
            self.assertTrue(self.bot.is_closed())


class StatusTests(Case):
    async def test_everybody_sees_how_many_raids_are_open_and_no_ids(self) -> None:
        async with self.night():
            await self.ready()
            await self.planned()

            told = await self.run_as(self.cene, "status")

        self.assertIn("**Slomix: 1 open raid.**", told)
        for id_ in (GUILD, CHANNEL, self.guild.pk + GUILD):
            self.assertNotIn(str(id_), told)
        self.assertNotIn("Votes", told)

    async def test_admins_see_channels_and_workers_and_that_one_failed(self) -> None:
        async with self.night():
            await self.ready()
            await self.bot.registered.wait()
            await self.until(self.was_checked)
            note: dict[str, Any] = {
                "seconds": 1.5,
                "error": f"server {FAR} broke",
                "at": clock.now(),
            }
            await call(workers.note, "a worker", **note)

            told = await self.run_as(self.ana, "status")

        self.assertIn("Votes: <#", told)
        self.assertIn("All commands are there", told)
        self.assertIn("• a worker: <t:", told)
        self.assertIn("it failed", told)
        self.assertNotIn(str(FAR), told)

    async def test_an_owner_reads_what_failed(self) -> None:
        async with self.night():
            await self.ready()
            note: dict[str, Any] = {"seconds": 1.5, "error": "it broke", "at": clock.now()}
            await call(workers.note, "a worker", **note)
            with override_settings(PRIVILEGED_USER_ID=self.bor.discord.discord_id):
                told = await self.told(self.bor, "status")

        self.assertIn("it broke", told["content"])
        self.assertEqual(labels(told), [])

    async def was_checked(self) -> bool:
        return await call(Worker.objects.filter(name="self-test", last_error="").exists)
