import asyncio

from tests.bot.journey import JourneyCase


class LeavingTests(JourneyCase):
    async def test_everything_that_runs_beside_the_bot_has_ended_when_it_has_left(self) -> None:
        """W39: whatever is begun with the bot ends with it, its connections closed, not dropped."""
        ended = asyncio.Event()

        async def with_a_connection() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                # What closing a connection takes: a few turns of the loop, longer than the rest.
                await asyncio.sleep(1)
                ended.set()

        async with self.night():
            before = asyncio.all_tasks()
            mine = self.bot.start_loop(with_a_connection)
            await asyncio.sleep(0)

            await self.bot.close()

            self.assertTrue(ended.is_set())
            self.assertTrue(mine.done())
            loops = {task for task in before if "start_loop" in repr(task.get_coro())}
            self.assertGreater(len(loops), 3)
            self.assertEqual([task for task in loops if not task.done()], [])
