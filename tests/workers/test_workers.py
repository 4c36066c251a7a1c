"""Each run is written down; one worker that fails leaves the others running."""

from datetime import timedelta

import pytest

from botworker import self_test, workers
from botworker.models import Worker
from planning.raids import tasks
from slomix.lib.bridge import call
from tests.cast import TONIGHT, SlomixTestCase
from tests.raids_bot.playing import RaidCase

TOKEN = "386401234567:abcdefghijklmnopqrstuvwxyz0123456789"


# Every loop of the bot but the watch over its gateway, which must not wait for the database.
LOOPS = (
    *("levels", "keywords", "voice hours", "members", "raid messages", "servers", "self-test"),
    *("drain discord", "keeper", "presence", "pulse", "direct messages", "evening posts", "room"),
)


class WorkerTests(SlomixTestCase):
    def test_a_run_is_written_down_with_what_it_took(self) -> None:
        workers.note("voice", seconds=0.25, at=TONIGHT)
        workers.note("voice", seconds=0.5, runs=3, at=TONIGHT + timedelta(minutes=1))

        [line] = workers.lines()
        self.assertEqual((line.name, line.seconds, line.runs, line.error), ("voice", 0.5, 4, ""))
        self.assertEqual(line.last_good_at, TONIGHT + timedelta(minutes=1))

    def test_a_failure_is_written_down_and_when_it_last_worked_stays(self) -> None:
        workers.note("voice", seconds=0, at=TONIGHT)
        workers.note("voice", seconds=0, error="it broke", at=TONIGHT + timedelta(hours=1))

        [line] = workers.lines()
        self.assertEqual((line.error, line.last_good_at), ("it broke", TONIGHT))

    def test_what_failed_is_told_without_secrets(self) -> None:
        said = workers.said(RuntimeError(f"https://api/bot{TOKEN}/x"))

        self.assertNotIn("abcdefghij", said)
        self.assertIn("RuntimeError", said)

    def test_work_that_beat_wakes_is_written_down_and_raises_on(self) -> None:
        tasks.look()
        with pytest.raises(ZeroDivisionError), workers.noted("another"):
            raise ZeroDivisionError

        found = {line.name: line.error for line in workers.lines()}
        self.assertEqual(found, {"another": "ZeroDivisionError", "quiet raids": ""})


class LoopTests(RaidCase):
    async def row(self, name: str) -> Worker | None:
        return await call(Worker.objects.filter(name=name).first)

    async def test_every_loop_of_the_bot_writes_its_row(self) -> None:
        async with self.night():
            for name in LOOPS:

                async def there(name: str = name) -> bool:
                    return await self.row(name) is not None

                await self.until(there)
                row = await self.row(name)
                assert row is not None
                self.assertEqual(row.last_error, "", name)

    async def test_one_that_fails_leaves_the_others_running(self) -> None:
        """R15: a worker ended with its first exception, and nobody was told."""
        ran: list[str] = []

        async def breaks() -> None:
            ran.append("breaks")
            raise RuntimeError("broken for good")

        async def works() -> None:
            ran.append("works")

        async with self.night():
            with self.assertLogs("botworker.workers", "ERROR"):
                self.bot.start_loop(workers.Loop("breaks", breaks, 0.02).run)
                self.bot.start_loop(workers.Loop("works", works, 0.02).run)
                await self.until(lambda: ran.count("breaks") > 2 and ran.count("works") > 2)
            broken, fine = await self.row("breaks"), await self.row("works")

        assert broken is not None and fine is not None
        self.assertEqual(broken.last_error, "RuntimeError: broken for good")
        self.assertIsNone(broken.last_good_at)
        self.assertEqual(fine.last_error, "")

    async def test_a_gateway_that_begins_anew_begins_no_loop_twice(self) -> None:
        """Everything began with each ready event, so a lost line could leave two of a worker."""
        async with self.night() as there:
            before = sorted(task.get_name() for task in self.bot._loops)
            hub = there.parts.hub
            await self.until(lambda: self.bot.hears)
            welcomes = hub.welcomes
            await there.order("refuse_resumes", times=1)
            await there.order("close", code=4000)
            await self.until(lambda: hub.welcomes > welcomes and self.bot.hears)

            self.assertEqual(sorted(task.get_name() for task in self.bot._loops), before)


class SelfTestTests(RaidCase):
    async def own_look(self) -> None:
        """Wait for the bot's own first look, which would see what we change."""
        await self.ready()
        mine = Worker.objects.filter(name="self-test", last_run_at__isnull=False)

        async def looked() -> bool:
            return await call(mine.exists)

        await self.until(looked)

    async def test_a_command_that_is_missing_is_named_and_told_anew(self) -> None:
        async with self.night():
            await self.own_look()
            store = self.standin.parts.store
            [home] = [one for one in store.commands if one != "global"]
            there = store.commands[home]
            store.set_commands(home, [one for one in there if one["name"] != "raidplan"])

            with pytest.raises(self_test.NotAsExpected, match="did not know /raidplan"):
                await self_test.check(self.bot)
            await self_test.check(self.bot)

    async def test_a_command_too_much_is_a_warning(self) -> None:
        async with self.night():
            await self.own_look()
            store = self.standin.parts.store
            [home] = [one for one in store.commands if one != "global"]
            old = {**store.commands[home][0], "id": "123456", "name": "attendance_list"}
            store.set_commands(home, [*store.commands[home], old])

            with self.assertLogs("botworker.self_test", "WARNING") as logged:
                await self_test.check(self.bot)

            self.assertIn("/attendance_list", logged.output[0])
