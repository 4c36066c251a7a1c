"""The vote's message: several choices at once, and only whoever said both a day and a time named."""

import pytest

from tests.raids_bot.playing import RaidCase

pytestmark = pytest.mark.slow


class PlannerTests(RaidCase):
    async def test_several_are_chosen_and_taken_back_at_once(self) -> None:
        async with self.night():
            await self.planned()
            told = await self.choose_in(self.bor, "day", "Fri 27.11.", "Sat 28.11.")
            self.assertIn("Fri 27.11., Sat 28.11.", told)

            told = await self.choose_in(self.bor, "day", "Sat 28.11.", "Fri 27.11.")

            self.assertIn("You have no vote in this raid", told)

    async def test_only_whoever_said_both_is_named_and_nobody_pinged(self) -> None:
        async with self.night():
            await self.planned()
            await self.vote(self.ana)
            await self.choose_in(self.bor, "day", "Fri 27.11.")
            await self.until(lambda: "Ana Dinamit" in str(self.planner()["embeds"]))
            await self.until(
                lambda: "Fri 27.11.: 2" in str(self.planner()["embeds"]).replace("\\", "")
            )

            post = self.planner()

            self.assertNotIn("Bazooka Bor", str(post["embeds"]))
            self.assertNotIn("<@", str(post["embeds"]) + post["content"])
            self.assertEqual((post["mentions"], post["mention_everyone"]), ([], False))
