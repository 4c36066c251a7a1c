"""A backup of 20:40, restored at 20:50: what was said at 20:45 is said to nobody again."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from botworker import catching_up, hold, outbox, reading_back
from botworker.catching_up import Fate
from botworker.models import Delivery, State
from botworker.timing import MachineTime
from promotions import actions, jobs
from slomix.lib import clock
from slomix.lib.backup import loading, writing
from slomix.lib.backup.reading import Archive
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import JourneyCase
from tests.cast import without_the_check

pytestmark = pytest.mark.slow


@without_the_check
class RestoredJourney(JourneyCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        make.entry(self.bor)
        make.entry(self.ana)
        self.go_to("20:40")
        actions.promote(
            promoter=self.ana,
            include_available=True,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )
        self.file = self.folder / "backup.zip"
        writing.pack(self.file, at=clock.now())

    def run_jobs(self) -> None:
        for job_id in jobs.due(clock.now()):
            jobs.run(job_id, at=clock.now())

    def restore(self) -> None:
        """As `manage.py restore` does it, into the one database that a test has."""
        with Archive(self.file) as archive:
            loading.fill(archive)
            taken = archive.manifest.taken_at
        hold.put_on(reason="restored", at=clock.now(), backup_at=taken)

    def heard(self) -> int:
        return len(self.standin.inbox(self.bor.discord.discord_id))

    async def look(self) -> list[Any]:
        held = await call(hold.row)
        assert held
        return await reading_back.findings(
            await call(catching_up.suspects, held), timing=MachineTime()
        )

    async def test_what_was_said_after_the_backup_is_found_and_the_rest_is_said_once(self) -> None:
        self.go_to("20:45")
        async with self.night():
            await call(self.run_jobs)
            await self.until(lambda: self.heard() == 1)
            await self.stop_bot()
            self.go_to("20:50")

            await call(self.restore)
            self.assertEqual(await call(Delivery.objects.filter(state=State.SENT).count), 0)
            await self.start_bot()
            await call(self.run_jobs)
            for _round in range(3):
                assert self.bot.drain
                self.assertFalse(await self.bot.drain.step())
            self.assertEqual(self.heard(), 1)

            found = await self.look()
            self.assertEqual([one.fate for one in found], [Fate.FOUND])
            done = await call(catching_up.settle, found, at=clock.now())
            self.assertEqual(done, {"sent": 1})
            await call(self.run_jobs)
            self.go_to("21:00")
            await call(self.run_jobs)
            await self.until(lambda: self.heard() == 2)

            texts = [one["content"] for one in self.standin.inbox(self.bor.discord.discord_id)]
        self.assertIn("It is 21:00 CET", texts[1])
        sent = await call(lambda: list(Delivery.objects.filter(state=State.SENT)))
        self.assertEqual(len(sent), 2)

    async def test_what_was_not_said_before_the_restore_is_said_in_time(self) -> None:
        self.go_to("20:50")
        async with self.night(bot=False):
            await call(self.restore)

            found = await self.look()
            done = await call(catching_up.settle, found, at=clock.now())
            await self.start_bot()
            await call(self.run_jobs)
            await self.until(lambda: self.heard() == 1)

        self.assertEqual([one.fate for one in found], [Fate.ABSENT])
        self.assertEqual(done, {"to be said": 1})

    async def test_a_discord_that_cannot_be_read_releases_nothing_by_itself(self) -> None:
        self.go_to("20:50")
        async with self.night(bot=False):
            await call(self.restore)
            with override_settings(DISCORD_BASE_URL="http://127.0.0.1:9"):
                found = await self.look()

        self.assertEqual([one.fate for one in found], [Fate.UNREADABLE])
        self.assertTrue(await call(hold.since))
        keys = {one.job.recipient for one in found}
        self.assertIn(outbox.recipient_of(self.bor.discord.discord_id), keys)
