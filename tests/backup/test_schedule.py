"""Backups are made by themselves, never near the evening, and a failure is told and tried again."""

import tempfile
from datetime import timedelta
from pathlib import Path

from django.test import override_settings

from botworker import workers
from botworker.models import Worker
from slomix.lib import clock
from slomix.lib.backup import BackupError
from slomix.lib.backup.snapshot import Busy
from slomix.operations import backups
from tests import make
from tests.cast import SlomixTestCase

BOTH = [backups.BACKUP, backups.DRILL]


class ScheduleTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / "slomix-2026-11-19T03-00-00Z.zip").touch()
        self.enterContext(override_settings(BACKUP_DIR=folder))

    def note(self, name: str, wall: str, error: str = "") -> None:
        workers.note(name, seconds=1.0, error=error, at=make.at(wall))

    def test_the_hour_around_the_evening_is_left_alone(self) -> None:
        for wall, calm in (("20:14", True), ("20:15", False), ("21:29", False), ("21:30", True)):
            self.assertEqual(backups.due(make.at(wall)), BOTH if calm else [], wall)

    def test_it_is_time_again_when_the_interval_has_passed(self) -> None:
        self.note(backups.BACKUP, "08:00")
        self.note(backups.DRILL, "08:00")

        self.assertEqual(backups.due(make.at("13:59")), [])
        self.assertEqual(backups.due(make.at("14:00")), [backups.BACKUP])
        self.assertEqual(backups.due(make.at("08:00") + timedelta(days=7)), BOTH)

    def test_a_failure_is_tried_again_after_ten_minutes(self) -> None:
        self.note(backups.BACKUP, "02:00")
        self.note(backups.BACKUP, "08:00", error="the disk is full")

        self.assertNotIn(backups.BACKUP, backups.due(make.at("08:09")))
        self.assertIn(backups.BACKUP, backups.due(make.at("08:10")))

    def test_zero_means_never(self) -> None:
        with override_settings(BACKUP_INTERVAL=0, RESTORE_DRILL_INTERVAL=0):
            self.assertEqual(backups.due(make.at("08:00")), [])

    def test_nothing_can_be_tried_before_there_is_a_backup(self) -> None:
        with tempfile.TemporaryDirectory() as empty, override_settings(BACKUP_DIR=Path(empty)):
            self.assertEqual(backups.due(make.at("08:00")), [backups.BACKUP])
            with self.assertRaisesRegex(BackupError, "there is no backup"):
                backups.newest()

    def test_a_failure_stands_in_the_row_and_somebody_elses_turn_does_not(self) -> None:
        with self.assertRaises(BackupError), backups.noted(backups.BACKUP):
            raise BackupError("the disk is full")
        with self.assertRaises(Busy), backups.noted(backups.BACKUP):
            raise Busy("another")

        row = Worker.objects.get(name="backup")
        self.assertIn("the disk is full", row.last_error)
        self.assertEqual((row.runs, row.last_good_at), (1, None))
        self.assertEqual(row.last_run_at, clock.now())
