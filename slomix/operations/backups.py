"""When a backup is made and a restore is tried, by whom, and what is written down of it."""

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from availability import queries
from botworker import workers
from botworker.workers import Line
from slomix.lib import clock
from slomix.lib.backup import BackupError, rotation, writing
from slomix.lib.backup.snapshot import Busy
from slomix.lib.backup.writing import Written

log = logging.getLogger(__name__)

BACKUP, DRILL = "backup", "restore drill"
# Nothing heavy is begun this long before the reminder, nor until this long after the start.
CALM = timedelta(minutes=30)
# After a failure, and where somebody else was at it.
AGAIN = timedelta(minutes=10)


def make(
    *, at: datetime, folder: Path | None = None, rehearse: bool = False, quiet: bool = True
) -> Written:
    """Back up, write down how that went, and let old backups go; raises BackupError.

    Only in the folder of BACKUP_DIR is anything deleted; a rehearsal leaves nothing.
    """
    where = folder or settings.BACKUP_DIR
    with noted(BACKUP, rehearse=rehearse):
        made = writing.write(where, at=at, rehearse=rehearse, quiet=quiet)
    if folder is None and not rehearse:
        keep = {"days": settings.BACKUP_KEEP_DAYS, "weeks": settings.BACKUP_KEEP_WEEKS}
        rotation.rotate(where, **keep)
    return made


@contextmanager
def noted(name: str, *, rehearse: bool = False) -> Iterator[None]:
    """Write a run down, unless somebody else is at it; what it raises is raised on."""
    began, error = time.monotonic(), ""
    try:
        yield
    except Busy:
        rehearse = True
        raise
    except Exception as fault:
        error = workers.said(fault)
        raise
    finally:
        if not rehearse:
            _note(name, time.monotonic() - began, error)


def _note(name: str, seconds: float, error: str) -> None:
    try:
        workers.note(name, seconds=seconds, error=error, at=clock.now())
    except DatabaseError as fault:
        # The backup is there, or its own error is on its way: both say more than this.
        log.error("the run of %s was not written down: %s", name, fault)


def newest() -> Path:
    """Return the newest backup; raises BackupError where there is none."""
    found = rotation.backups(settings.BACKUP_DIR)
    if not found:
        raise BackupError(f"there is no backup in {settings.BACKUP_DIR}")
    return found[0][1]


def due(at: datetime) -> list[str]:
    """Return which of the two is to be done now; nothing around the evening."""
    if near_the_evening(at):
        return []
    lines = {line.name: line for line in workers.lines()}
    wanted = {BACKUP: settings.BACKUP_INTERVAL, DRILL: settings.RESTORE_DRILL_INTERVAL}
    found = [name for name, every in wanted.items() if _is_time(lines.get(name), every, at)]
    if DRILL in found and not rotation.backups(settings.BACKUP_DIR):
        found.remove(DRILL)
    return found


def _is_time(line: Line | None, every: int, at: datetime) -> bool:
    if not every:
        return False
    if line is None or line.last_good_at is None:
        return line is None or at - line.last_run_at >= AGAIN
    if at - line.last_good_at < timedelta(seconds=every):
        return False
    return not line.error or at - line.last_run_at >= AGAIN


def near_the_evening(at: datetime) -> bool:
    """Say whether it is between half an hour before the reminder and half an hour after the start."""
    today = clock.today(at)
    # An evening that begins at midnight begins to be near the day before.
    for day in (today, today + timedelta(days=1)):
        times = queries.times(day)
        if times.reminder_at - CALM <= at < times.start_at + CALM:
            return True
    return False


COMMANDS = {
    BACKUP: ("backup", "--scheduled", "--json"),
    DRILL: ("restore", "--newest", "--verify", "--scheduled", "--json"),
}


def begin(name: str) -> subprocess.Popen[bytes]:
    """Begin one of the two in a process of its own: whoever wakes us has to be back in two seconds."""
    argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), *COMMANDS[name]]
    return subprocess.Popen(  # noqa: S603  our own words
        argv, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
