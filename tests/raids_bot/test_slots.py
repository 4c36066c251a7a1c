"""A slot's message: who is in it, whom it notifies, and when it goes."""

import pytest

from planning.raids import actions
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.raids_bot.playing import SLOTS, RaidCase

pytestmark = pytest.mark.slow


class SlotTests(RaidCase):
    async def test_its_first_post_notifies_its_people_and_nobody_else(self) -> None:
        async with self.night():
            await self.ready()
            await self.planned()
            await self.choose_in(self.cene, "day", "Fri 27.11.")
            await self.vote(self.ana)
            await self.vote(self.bor)
            await self.until(lambda: bool(self.posts(SLOTS)))

            [post] = self.posts(SLOTS)
            told = {int(one["id"]) for one in post["mentions"]}
            self.assertEqual(told, {one.discord.discord_id for one in (self.ana, self.bor)})
            self.assertIn("🎯 **Nanos: Friday 27 November, 20:00 CET (<t:", post["content"])
            self.assertIn("2 of 2", post["content"])

    async def test_a_later_change_names_and_notifies_nobody(self) -> None:
        async with self.night() as there:
            await self.ready()
            await self.stand()
            await self.vote(self.cene)
            await self.until(lambda: "3 of 2" in self.texts(SLOTS)[0])

            [text] = self.texts(SLOTS)
            self.assertIn("Ana Dinamit, Bazooka Bor, Cene", text)
            edits = [
                one["request_json"]
                for one in there.journal
                if one["method"] == "PATCH" and str(SLOTS) in one["path"]
            ]
            self.assertTrue(edits)
            for body in edits:
                self.assertFalse(body["allowed_mentions"].get("users"))

    async def test_one_that_stands_no_longer_says_so_and_may_stand_again(self) -> None:
        async with self.night():
            await self.ready()
            await self.stand()
            [post] = self.posts(SLOTS)

            out = await self.press_on(self.bor, post, "out")
            self.assertIn("You are out of Friday 27 November, 20:00 CET", out["content"])
            await self.until(lambda: "no longer stands" in self.texts(SLOTS)[0])
            self.assertIn("1 is needed", self.texts(SLOTS)[0])
            back = await self.press_below(self.bor, out, "I can come after all")
            self.assertIn("You are in Friday 27 November, 20:00 CET, again", back["content"])

            await self.until(lambda: "2 of 2" in self.texts(SLOTS)[0])
            self.assertEqual(len(self.posts(SLOTS)), 1)

    async def test_one_that_is_planned_no_more_goes(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.stand()
            ana = Actor(self.ana)

            def change() -> None:
                actions.edit(raid_id=raid.pk, actor=ana, at=clock.now(), days="Sat 28.11.")

            await call(change)

            await self.until(lambda: not self.posts(SLOTS))

    async def test_from_a_minimum_of_nothing_one_is_enough(self) -> None:
        async with self.night():
            await self.ready()
            await self.planned(least="0")
            await self.vote(self.bor)

            await self.until(lambda: bool(self.posts(SLOTS)))

            self.assertIn("1 of 1", self.texts(SLOTS)[0])

    async def test_free_labels_are_shown_as_they_are(self) -> None:
        async with self.night():
            await self.ready()
            evil = "@everyone **x** [a](http://evil)"
            await self.planned(days=evil, times="late", least="1")
            await self.vote(self.bor, evil, "late")
            await self.until(lambda: bool(self.posts(SLOTS)))

            for post in (*self.posts(SLOTS), self.planner()):
                self.assertFalse(post["mention_everyone"])
                for live in ("@everyone", "](http", "**x**"):
                    self.assertNotIn(live, f"{post['content']}{post['embeds']}")
