"""Presses count once, after any restart, and what they change is shown soon."""

import asyncio
import time
from typing import Any

import pytest

from accounts.models import User
from availability.presses import Press, Presser
from botworker.keeper import Keeper
from planning.raids import actions, keys
from planning.raids.commands import common, voting
from planning.raids.models import Option, Raid, Vote
from planning.raids.posts.keeping import Keeping
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.raids_bot.playing import LIST, PLANNER, SLOTS, RaidCase

pytestmark = pytest.mark.slow


class PressTests(RaidCase):
    async def test_choosing_again_takes_a_vote_back(self) -> None:
        async with self.night():
            await self.ready()
            await self.planned()
            self.assertIn(
                "Sat 28.11", await self.choose_in(self.bor, "day", "Fri 27.11.", "Sat 28.11.")
            )

            told = await self.choose_in(self.bor, "day", "Sat 28.11.")

            self.assertIn("Your days: Fri 27.11.", told)
            self.assertNotIn("Sat", told)
            last = await self.choose_in(self.bor, "day", "Fri 27.11.")
            self.assertIn("You have no vote in this raid", last)

    async def test_everything_works_after_a_restart(self) -> None:
        async with self.night():
            await self.ready()
            await self.stand()
            await self.stop_bot()
            await self.start_bot()

            self.assertIn("Your days", await self.choose_in(self.cene, "day", "Fri 27.11."))
            [slot] = self.posts(SLOTS)
            self.assertIn("You are out", (await self.press_on(self.bor, slot, "out"))["content"])
            sure = await self.press_on(self.ana, self.planner(), "finish")
            await self.stop_bot()
            await self.start_bot()
            done = await self.press_below(self.ana, sure, "Finish")

            self.assertIn("Nanos is done", done["content"])
            for channel in (PLANNER, LIST):
                self.assertEqual(len(self.posts(channel)), 1)

    async def test_a_press_that_discord_tells_twice_counts_once(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.planned()
            twice = [await call(self.choose_with, raid, 77) for _each in range(2)]

            self.assertEqual(twice[0], twice[1])
        self.assertEqual(await call(Vote.objects.count), 1)

    def choose_with(self, raid: Raid, interaction: int) -> str:
        """Choose Friday, as one interaction."""
        option = Option.objects.get(raid=raid, label="Fri 27.11.")
        presser = Presser(self.bor.discord.discord_id, "bor", "Bor", "")
        press = Press(interaction, presser, clock.now())
        where = common.Where(self.guild.discord_id)
        given: dict[str, Any] = {"raid": str(raid.pk), "kind": "day", "chosen": [str(option.pk)]}
        return str(common.run(press, where, voting.choose, **given).text)

    async def test_a_choice_that_is_gone_and_a_raid_that_is_over_are_refused(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.planned()
            post = self.planner()
            lists = self.controls(post)
            await call(Option.objects.filter(label="Sat 28.11.").delete)
            gone = lists["day"]["options"][1]["value"]
            number = self.bor.discord.discord_id

            told = await self.standin.choose(
                number, int(post["id"]), lists["day"]["custom_id"], [gone]
            )

            self.assertIn("not among the choices any more", told["content"])
            sure = await self.press_on(self.ana, post, "finish")
            await self.press_below(self.ana, sure, "Finish")
            late = await self.standin.press(
                self.ana.discord.discord_id,
                int(post["id"]),
                lists["finish"]["custom_id"],
                forge=True,
            )
            self.assertIn("This raid is no longer there", late["content"])
            self.assertTrue(raid.pk)

    async def test_a_made_up_button_does_nothing(self) -> None:
        async with self.night() as there:
            await self.ready()
            raid = await self.planned()
            post, who = int(self.planner()["id"]), self.bor.discord.discord_id

            for made_up in (
                f"raid:{raid.pk}:explode",
                "raid:999999:finish:" + "x" * 22,
                f"raidlist:{self.guild.pk}:nope:0",
                "raidset:planner:1-2-3",
            ):
                told = await there.press(who, post, made_up, forge=True)
                self.assertTrue(told["ephemeral"], made_up)
        self.assertEqual(await call(Vote.objects.count), 0)

    async def test_votes_without_a_pause_are_shown_all_the_same(self) -> None:
        """R7: votes that never paused for a second and a half kept everything from being shown."""
        async with self.night():
            await self.ready()
            raid = await self.planned(least="1")
            await self.settled(keys.planner(raid.pk))
            began, days = time.monotonic(), ["Fri 27.11."]
            while time.monotonic() - began < 8 and not self.fields():
                days = ["Sat 28.11."] if days == ["Fri 27.11."] else ["Fri 27.11."]
                await call(self.vote_for, raid, days)
                await asyncio.sleep(0.3)

            self.assertTrue(self.fields())

    def vote_for(self, raid: Raid, days: list[str]) -> None:
        at = clock.now()
        actions.set_votes(raid_id=raid.pk, person=self.bor, days=days, times=["20:00"], at=at)

    async def test_fifty_votes_and_two_keepers_leave_one_of_each(self) -> None:
        crowd = await call(lambda: [make.person() for _each in range(25)])
        async with self.night() as there:
            await self.ready()
            raid = await self.planned()
            second, other = Keeping(), Keeper(self.bot)
            beside = asyncio.create_task(other.run())
            for who in crowd:
                await call(self.vote_by, raid, who)
                await call(second.look, clock.now())

            await self.until(lambda: "25 of 2" in " ".join(self.texts(SLOTS)))
            await self.until(lambda: "and 5 more" in self.fields().get("Both answered", ""))
            other.stop()
            await beside

            for channel in (PLANNER, SLOTS, LIST):
                self.assertEqual(len(self.posts(channel)), 1)
            edits = [one for one in there.journal if one["method"] == "PATCH"]
            self.assertLess(len(edits), 15)

    def vote_by(self, raid: Raid, who: User) -> None:
        actions.set_votes(
            raid_id=raid.pk, person=who, days=["Fri 27.11."], times=["20:00"], at=clock.now()
        )
