"""One instant of the database, held still while it is copied, and one backup at a time."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from slomix.lib.backup import BackupError

# PostgreSQL's advisory locks have a number; one backup of a database at a time.
SPACE, NUMBER = 0x510, 2
LONGEST = 120.0
BUSY = "another backup is being made"


class Busy(BackupError):
    """Another process makes a backup now."""


@contextmanager
def snapshot(folder: Path) -> Iterator[None]:
    """Have this thread read a database that stands still.

    Nobody is kept from writing meanwhile. Raises Busy while another process makes a backup.
    """
    with _alone(settings.VAR_DIR / "backup.lock"):
        if connection.vendor == "postgresql":
            with _postgresql():
                yield
        else:
            with _sqlite(folder):
                yield


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    door = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy(BUSY) from None
    finally:
        os.close(door)


@contextmanager
def _postgresql() -> Iterator[None]:
    """Read in one transaction; the lock also keeps other machines out and ends with it."""
    with _instead({"CONN_MAX_AGE": 0}), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [SPACE, NUMBER])
            if not cursor.fetchone()[0]:
                raise Busy(BUSY)
        yield


@contextmanager
def _sqlite(folder: Path) -> Iterator[None]:
    """Read a copy that SQLite itself makes: its log of writes would grow below a long reader."""
    copy = folder / ".snapshot.partial"
    copy.unlink(missing_ok=True)
    try:
        copy.touch(mode=0o600)
        if connection.in_atomic_block:
            raise BackupError("inside a transaction that writes nothing can be copied")
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target, progress=_patience())
        # The copy is ours alone: it needs no log and no certainty.
        pragmas = {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"}
        with _instead({"NAME": str(copy), "OPTIONS": pragmas}):
            yield
    finally:
        for left in folder.glob(".snapshot.partial*"):
            left.unlink()


def _patience() -> Callable[[int, int, int], None]:
    """Return what SQLite asks at every try: while somebody writes it tries for ever."""
    end = time.monotonic() + LONGEST

    def asked(_status: int, _left: int, _of: int) -> None:
        if time.monotonic() > end:
            raise BackupError(f"the database could not be copied within {LONGEST:.0f} s")

    return asked


@contextmanager
def _instead(changes: dict[str, Any]) -> Iterator[None]:
    """Have this thread's queries asked on a connection of their own."""
    ours = connections[DEFAULT_DB_ALIAS]
    there = type(ours)({**deepcopy(ours.settings_dict), **changes}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = ours
        there.close()
