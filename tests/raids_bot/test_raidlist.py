"""The list of open raids: any number of them, and never too long for Discord."""

from typing import Any

import pytest

from planning.raids.models import Kind, Option, Raid
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.commanding import labels
from tests.raids_bot.playing import LIST, PLANNER, RaidCase

pytestmark = pytest.mark.slow


class ListTests(RaidCase):
    def many(self, number: int, name: str = "Nanos") -> None:
        """Open so many raids."""
        at = clock.now()
        raids = Raid.objects.bulk_create(
            Raid(
                guild=self.guild,
                display_id=one,
                channel_id=PLANNER,
                creator=self.ana,
                dungeon_name=name,
                min_players=2,
                created_at=at,
                last_activity_at=at,
            )
            for one in range(1, number + 1)
        )
        Option.objects.bulk_create(
            Option(raid=raid, kind=kind, label=kind, folded=kind, position=0)
            for raid in raids
            for kind in (Kind.DAY, Kind.TIME)
        )

    async def leaf_through(self) -> list[str]:
        """Read page after page, as somebody does."""
        told: dict[str, Any] = await self.told(self.bor, "raidlist")
        read = [str(told["content"])]
        while "More raids" in labels(told):
            told = await self.press_below(self.bor, told, "More raids")
            read.append(str(told["content"]))
        return read

    async def reads_every(self, number: int, name: str = "Nanos") -> None:
        await call(self.many, number, name)
        async with self.night():
            await self.ready()
            await self.until(lambda: bool(self.posts(LIST)))
            self.assertIn(f"Open raids, {number}", self.list_text())

            read = await self.leaf_through()

            self.assertLess(max(map(len, read)), 1901)
            lines = [line for page in read for line in page.splitlines() if line.startswith("#")]
            wanted = [f"#{one}" for one in range(1, number + 1)]
            self.assertEqual([line.split()[0] for line in lines], wanted)
            self.assertEqual(len(self.posts(LIST)), 1)

    async def test_twenty_five_open_raids(self) -> None:
        """R6: from 22 raids on the list was too long and never changed again."""
        await self.reads_every(
            25, "Nanos, the northern gate, with all of its five wings and both of the towers"
        )

    async def test_sixty_open_raids(self) -> None:
        """R6: from 22 raids on the list was too long and never changed again."""
        await self.reads_every(60, "Nanos, the northern gate, with all of its five wings")

    async def test_two_hundred_open_raids_with_the_longest_names(self) -> None:
        """R6: from 22 raids on the list was too long and never changed again."""
        await self.reads_every(200, "*" * 100)

    async def test_labels_of_a_hundred_letters_can_be_voted_for(self) -> None:
        """R6: a label of more than a hundred letters broke the vote."""
        day = "d" * 99
        days = [f"{day}{one}" for one in "1234"]
        async with self.night():
            await self.ready()
            await self.planned(days="; ".join(days)[:400], times="*" * 100)
            await self.until(lambda: bool(self.posts(PLANNER)))

            told = await self.choose_in(self.bor, "day", *days[:3])
            await self.choose_in(self.bor, "time", "*" * 100)

            self.assertLess(len(told), 2000)
            await self.until(lambda: "Bazooka Bor" in self.fields().get("Both answered", ""))
            self.assertLess(len(self.fields()["Days"]), 1025)

    async def test_my_slots_are_told_to_me_alone(self) -> None:
        async with self.night():
            await self.ready()
            await self.stand()
            await self.until(lambda: "1 slot stands" in self.list_text())
            [post] = self.posts(LIST)

            mine = await self.press_on(self.bor, post, "mine")
            none = await self.press_on(self.cene, post, "mine")

            self.assertIn("#1 Nanos: Friday 27 November, 20:00 CET", mine["content"])
            self.assertIn("You are in no slot yet", none["content"])
            self.assertTrue(mine["ephemeral"])
