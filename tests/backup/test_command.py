"""/backup_db is for the owners of the bot alone, answers privately, and shows the file to nobody."""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from slomix.lib.backup import rotation
from tests.operating.test_owners import ONLY, OwnerCase

pytestmark = pytest.mark.slow


class BackupCommandTests(OwnerCase):
    def setUp(self) -> None:
        super().setUp()
        self.var = Path(self.enterContext(tempfile.TemporaryDirectory()))
        # The backup is made by a process of its own, which sees no transaction of a test.
        patch = pytest.MonkeyPatch()
        self.addCleanup(patch.undo)
        patch.setenv("SLOMIX_ENV_FILE", os.devnull)
        patch.setenv("SLOMIX_VAR", str(self.var))
        patch.setenv("DATABASE_URL", f"sqlite:///{self.var}/slomix.sqlite3")

    async def answer_to(self, who: User) -> dict[str, Any]:
        """Ask for a backup and wait for the words; the process takes its time."""
        desk, first = self.standin.parts.desk, await self.told(who, "backup_db")
        asked = next(one for one in desk.open.values() if str(one.id) == first["interaction"])
        await self.until(lambda: bool(desk.result(asked)["content"]), within=90)
        return desk.result(asked)

    async def test_a_servers_admin_is_refused_and_nothing_is_made(self) -> None:
        async with self.night():
            await self.ready()
            for who in (self.ana, self.cene):
                self.assertIn(ONLY, await self.run_as(who, "backup_db"))
        self.assertEqual(rotation.backups(self.var / "backups"), [])

    async def test_owners_are_told_its_name_and_size_privately(self) -> None:
        async with self.night():
            await self.ready()
            for who in (self.bor, self.dora):
                told = await self.answer_to(who)
                self.assertRegex(
                    told["content"], r"made:\*\* `slomix-[0-9TZ-]+\.zip`, \d+ rows?, [0-9.]+ MB"
                )
                self.assertTrue(told["ephemeral"])
                self.assertNotIn("attachments", str(told))
        self.assertEqual(len(rotation.backups(self.var / "backups")), 2)

    async def test_a_failure_is_told_without_its_secrets(self) -> None:
        (self.var / "backups").touch()  # where the folder should be
        async with self.night():
            await self.ready()
            told = await self.answer_to(self.bor)
        self.assertIn("The backup failed", told["content"])
        self.assertNotIn(str(self.var), str(told))
