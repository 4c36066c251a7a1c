"""manage.py backup: the whole database in one file, while everything runs."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from slomix.lib import clock
from slomix.lib.backup import BackupError
from slomix.lib.backup.snapshot import Busy
from slomix.lib.backup.writing import Written
from slomix.operations import backups

# EX_TEMPFAIL of sysexits.h: nothing is wrong, come back later.
LATER = 75


class Command(BaseCommand):
    help = (
        "Back the database up into BACKUP_DIR, or another folder, and let go of old backups there as "
        "BACKUP_KEEP_DAYS and BACKUP_KEEP_WEEKS say (in BACKUP_DIR alone). The keys are not in it: keep "
        f"them apart. Exit codes: 0 done, 1 failed, {LATER} another process makes a backup just now."
    )
    # What migrations the database has is no matter: it is backed up as it is.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, metavar="DIR", help="another folder; nothing is deleted"
        )
        parser.add_argument("--dry-run", action="store_true", help="measure it, and keep nothing")
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--scheduled",
            action="store_true",
            help="as the worker begins it: gently, if it is time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        if options["scheduled"]:
            os.nice(10)
            if backups.BACKUP not in backups.due(at):
                return
        try:
            made = backups.make(
                at=at, folder=options["to"], rehearse=options["dry_run"], quiet=options["json"]
            )
        except Busy as busy:
            raise CommandError(f"Nothing was done: {busy}.", returncode=LATER) from busy
        except (BackupError, OSError) as fault:
            raise CommandError(f"No backup was made: {fault}.") from fault
        self.stdout.write(_json(made) if options["json"] else _words(made))


def _words(made: Written) -> str:
    manifest = made.manifest
    size = f"{manifest.rows} rows of {len(manifest.tables)} tables, {made.size / 1e6:.1f} MB"
    if made.file is None:
        return f"It would have {size}. Nothing was kept."
    return f"{made.file}: {size}, sha256 {made.sha256}. Keep the keys apart from it."


def _json(made: Written) -> str:
    manifest = made.manifest
    facts = {
        "file": made.file and str(made.file),
        "taken_at": manifest.taken_at.isoformat(),
        "rows": manifest.rows,
        "tables": len(manifest.tables),
        "bytes": made.size,
        "sha256": made.sha256,
        "folder": str(made.file.parent if made.file else settings.BACKUP_DIR),
    }
    return json.dumps(facts, indent=1)
