"""The role of a raid: by its id, for its slots' people, as long as the raid."""

from typing import Any

import pytest

from botworker.guild_roles import NOT_ALLOWED
from botworker.models import Tracked
from botworker.standin import permissions
from botworker.standin.faults import Fault
from planning.raids import actions
from planning.raids.models import Raid
from planning.raids.policy import Actor
from planning.raids.posts import names
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import GUILD
from tests.raids_bot.playing import PLANNER, RaidCase

pytestmark = pytest.mark.slow

NAME = "Raid #1: Nanos"


class Case(RaidCase):
    def roles(self) -> list[dict[str, Any]]:
        every = self.standin.parts.store.guilds.roles[GUILD].values()
        return [one for one in every if one["name"] == NAME]

    def holders(self, role: int | str) -> set[int]:
        members = self.standin.parts.store.guilds.members[GUILD]
        return {who for who, one in members.items() if str(role) in one["roles"]}

    def end(self, raid: Raid) -> None:
        actions.finish(raid_id=raid.pk, actor=Actor(self.ana), at=clock.now())

    async def held(self) -> None:
        """Wait until both have the one role."""
        wanted = {self.ana.discord.discord_id, self.bor.discord.discord_id}
        await self.until(
            lambda: len(self.roles()) == 1 and self.holders(self.roles()[0]["id"]) == wanted,
            within=30,
        )


class RoleTests(Case):
    async def test_it_is_made_with_the_first_slot_and_goes_with_the_raid(self) -> None:
        """R12: the role was made before anybody was in a slot, and nobody ever got it."""
        async with self.night():
            await self.ready()
            raid = await self.planned()
            await self.choose_in(self.ana, "day", "Fri 27.11.")
            self.assertEqual(self.roles(), [])
            await self.choose_in(self.ana, "time", "20:00")
            await self.vote(self.bor)
            await self.held()
            [role] = self.roles()

            self.assertTrue(role["mentionable"])
            self.assertEqual(role["permissions"], "0")
            self.assertEqual((await self.raid()).role_id, int(role["id"]))
            await call(self.end, raid)

            await self.until(lambda: not self.roles())
            self.assertIsNone((await self.raid()).role_id)

    async def test_whoever_leaves_the_slot_loses_it(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.stand()
            await self.held()
            await self.vote(self.cene)
            role = self.roles()[0]["id"]
            await self.until(lambda: len(self.holders(role)) == 3)

            await self.vote(self.cene)

            await self.until(lambda: len(self.holders(role)) == 2)
            self.assertTrue(raid.pk)

    async def test_a_role_of_the_servers_own_with_that_name_is_left_alone(self) -> None:
        """R12: a role was adopted by its name, taken from its members, and shared by two raids."""
        async with self.night() as there:
            await self.ready()
            own = await there.make_role(NAME)
            await there.give_role(self.cene.discord.discord_id, own["id"])
            raid = await self.stand()
            await self.until(lambda: len(self.roles()) == 2)
            await call(self.end, raid)

            await self.until(lambda: len(self.roles()) == 1)

            self.assertEqual(self.roles()[0]["id"], own["id"])
            self.assertEqual(self.holders(own["id"]), {self.cene.discord.discord_id})

    async def test_two_raids_of_one_dungeon_have_a_role_each(self) -> None:
        """R12: two raids of one dungeon destroyed each other's role."""
        async with self.night():
            await self.ready()
            raid = await self.stand()
            await self.held()
            other = await call(self.another)
            await self.until(lambda: "Raid #2: Nanos" in self.role_names())
            await call(self.end, raid)

            await self.until(lambda: not self.roles())

            self.assertIn("Raid #2: Nanos", self.role_names())
            self.assertNotEqual(other, raid.pk)

    def role_names(self) -> set[str]:
        return {one["name"] for one in self.standin.parts.store.guilds.roles[GUILD].values()}

    def another(self) -> int:
        at = clock.now()
        made = actions.plan(
            guild=self.guild,
            actor=Actor(self.ana),
            dungeon="Nanos",
            days="x",
            times="y",
            min_players=1,
            at=at,
        ).raid
        actions.set_votes(raid_id=made.pk, person=self.ana, days=["x"], times=["y"], at=at)
        return made.pk

    async def test_without_a_minimum_there_is_none(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.planned(least="0")
            await self.vote(self.bor)

            await self.until(lambda: "1 slot stands" in self.fields().get("Slots", ""))

            kept = Tracked.objects.filter(key=names.role(raid.pk))
            self.assertFalse(await call(kept.exists))

    async def test_a_crash_after_it_was_made_leaves_one(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.stand()
            await self.held()
            await self.stop_bot()

            def forget() -> None:
                Tracked.objects.filter(key=names.role(raid.pk)).update(
                    message_id=None, shown_hash="", look_at=clock.now()
                )
                Raid.objects.update(role_id=None, role_created=False)

            await call(forget)
            await self.start_bot()

            async def remembered() -> bool:
                return (await self.raid()).role_id is not None

            await self.until(remembered)
            self.assertEqual(len(self.roles()), 1)

    async def test_an_answer_that_was_lost_makes_no_second_role(self) -> None:
        async with self.night():
            await self.ready()
            self.standin.parts.faults.add(
                Fault(f"POST /guilds/{GUILD}/roles", "500_after", times=1)
            )
            with self.assertLogs("botworker.tracked_rows"):
                await self.stand()
                await self.until(lambda: len(self.roles()) == 1)
                await self.until(self.has_trouble)
            self.go_to("19:33")

            await self.held()

    async def has_trouble(self) -> bool:
        found = Tracked.objects.filter(kind="raid_role").exclude(error="")
        return await call(found.exists)

    async def test_one_that_somebody_deletes_is_made_anew(self) -> None:
        async with self.night() as there:
            await self.ready()
            await self.stand()
            await self.held()
            [old] = self.roles()
            await self.bot.http.delete_role(GUILD, int(old["id"]))
            with self.assertLogs("botworker.tracked_rows"):
                self.go_to("19:32")
                await self.until(
                    lambda: [one["id"] for one in self.roles()] not in ([], [old["id"]])
                )

            await self.held()
            self.assertTrue(there.bot_connected)


class WithoutRightsTests(Case):
    bot_may = permissions.BOT & ~permissions.MANAGE_ROLES

    async def test_without_the_right_the_raid_goes_on_and_is_told_once(self) -> None:
        """R11: what the bot might not do was found out by nobody."""
        async with self.night():
            await self.ready()
            with self.assertLogs("botworker.tracked_rows", "WARNING") as told:
                answer = await self.plan()
                self.assertIn("I may not make a role here", answer)
                await self.until(lambda: bool(self.posts(PLANNER)))
                await self.vote(self.ana)
                await self.vote(self.bor)
                await self.until(lambda: "1 slot stands" in self.fields().get("Slots", ""))
                await self.until(lambda: any(NOT_ALLOWED in one for one in told.output))
                self.go_to("19:50")
                await self.vote(self.cene)
                await self.until(lambda: "Cene" in self.fields().get("Both answered", ""))

            self.assertEqual(len([one for one in told.output if NOT_ALLOWED in one]), 1)
            self.assertEqual(self.roles(), [])
