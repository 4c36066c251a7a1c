"""How often somebody was there is asked of what is written down: right after any restart."""

import functools

import pytest

from planning.raids import actions, looking
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.raids_bot.playing import PLANNER, RaidCase

pytestmark = pytest.mark.slow


class CountedTests(RaidCase):
    async def counter(self) -> int:
        found = await call(looking.standings, self.guild)
        return found.raids.get(self.bor.pk, 0)

    def there_are(self, votes: int) -> bool:
        return len(self.posts(PLANNER)) == votes

    async def test_the_counter_is_right_after_a_restart(self) -> None:
        """R1: after a restart numbers began anew, and who was counted once was not counted again."""
        async with self.night():
            await self.ready()
            self.assertEqual(await self.counter(), 0)
            for number in (1, 2):
                told = await self.plan(least="1")
                self.assertIn(f"Raid #{number}:", told)
                raid = await call(self.guild.raids.open().get)
                await self.until(functools.partial(self.there_are, number))
                await call(
                    actions.set_votes,
                    raid_id=raid.pk,
                    person=self.bor,
                    days=["Fri 27.11."],
                    times=["20:00"],
                    at=clock.now(),
                )
                await call(actions.finish, raid_id=raid.pk, actor=Actor(self.ana), at=clock.now())
                self.assertEqual(await self.counter(), number)
                await self.stop_bot()
                await self.start_bot()

            self.assertEqual(await self.counter(), 2)
