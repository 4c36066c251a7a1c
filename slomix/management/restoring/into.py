"""Filling the configured database from a backup, and everything that has to be so afterwards."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from accounts.models import Erasure
from botworker import hold, pulse
from slomix.lib import clock
from slomix.lib.backup import BackupError, loading
from slomix.lib.backup.reading import Archive
from slomix.management.restoring import checks
from slomix.management.restoring.checks import Check
from slomix.operations.owner import as_owner

PARTS = ("bot", "worker", "telegram", "signal")
ALIVE = timedelta(seconds=20)
# Whoever has a row in one of these would be lost.
PRECIOUS = ("website_users", "notifications_ledger")


@dataclass
class Report:
    """What was restored, how long each step took, and whether what came of it holds."""

    file: Path
    taken_at: datetime
    version: str
    database: str
    rows: int
    tables: int
    into: str
    seconds: dict[str, float] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    erased: str = ""

    @property
    def holds(self) -> bool:
        """Say whether every check does."""
        return all(not check.faults for check in self.checks)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Measure a step."""
        began = time.monotonic()
        yield
        self.seconds[step] = round(time.monotonic() - began, 2)

    def to_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            **{name: getattr(self, name) for name in ("version", "database", "rows", "tables")},
            "file": str(self.file),
            "taken_at": self.taken_at.isoformat(),
            "into": self.into,
            "seconds": self.seconds,
            "erased": self.erased,
            "holds": self.holds,
            "checks": [check.to_json() for check in self.checks],
        }


def occupied() -> list[str]:
    """Name the tables of the configured database that hold what would be lost."""
    there = set(connection.introspection.table_names())
    return [name for name in PRECIOUS if name in there and _has_rows(name)]


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def running(at: datetime) -> list[str]:
    """Name the parts that showed a sign of life a moment ago."""
    if "botworker_pulses" not in connection.introspection.table_names():
        return []
    return [part for part in PARTS if (seen := pulse.last(part)) and at - seen < ALIVE]


def restore(file: Path, *, erased: Path | None = None, quiet: bool = True) -> Report:
    """Replace what the configured database holds by a backup, and put sending on hold.

    Who was erased since is erased again: by the list that is given, and by the one that the
    database had until now. Raises BackupError; the rows are loaded in one transaction.
    """
    with Archive(file) as archive, as_owner(lock_timeout="10s"):
        report = _report(archive)
        with report.timed("check the file"):
            archive.check()
        keys = _keys(erased)
        with report.timed("load"):
            loading.fill(archive, quiet=quiet, then=lambda: _hold(report))
    with report.timed("migrate"):
        call_command("migrate", verbosity=0, interactive=False, even_now=True)
    _hold(report)
    with report.timed("erase again"):
        report.erased = _erase(keys) if keys else ""
    with report.timed("checks"):
        report.checks = checks.every()
    return report


def _report(archive: Archive) -> Report:
    manifest = archive.manifest
    return Report(
        file=archive.file,
        taken_at=manifest.taken_at,
        version=manifest.version,
        database=manifest.database,
        rows=manifest.rows,
        tables=len(manifest.tables),
        into=connection.vendor,
    )


def _hold(report: Report) -> None:
    hold.after_restore(taken_at=report.taken_at, at=clock.now())


def _keys(file: Path | None) -> set[str]:
    try:
        given = set(file.read_text().split()) if file else set()
    except (OSError, UnicodeDecodeError) as unread:
        raise BackupError(f"the list of the erased cannot be read: {unread}") from unread
    if Erasure._meta.db_table not in connection.introspection.table_names():
        return given
    return given | set(Erasure.objects.values_list("key", flat=True))


def _erase(keys: set[str]) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".keys") as listed:
        listed.write("\n".join(sorted(keys)))
        listed.flush()
        said = StringIO()
        call_command("people", "erase_again", listed.name, stdout=said)
        return said.getvalue().strip()
