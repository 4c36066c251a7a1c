"""A database that is made for one restore and thrown away: a process of its own works in it."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from slomix.lib.backup import BackupError
from slomix.lib.redact import redacted

WITHIN = 3600


def verify(file: Path, server: str = "") -> dict[str, Any]:
    """Restore a backup beside everything and report; raises BackupError.

    In a file of SQLite, or in a database that is made on `server` and dropped again.
    """
    with _on(server) if server else _beside() as url:
        # What the process inherits names the real database: nothing of that may be left.
        env = {**os.environ, "DATABASE_URL": url, "MIGRATOR_DATABASE_URL": "", "REDIS_URL": ""}
        argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(file)]
        try:
            done = subprocess.run(  # noqa: S603  our own words
                [*argv, "--in-scratch", "--json"],
                cwd=settings.BASE_DIR,
                env=env,
                capture_output=True,
                text=True,
                timeout=WITHIN,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BackupError(f"the restore took more than {WITHIN} s") from None
    try:
        return cast(dict[str, Any], json.loads(done.stdout))
    except ValueError:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise BackupError(redacted(last[0])) from None


@contextmanager
def _beside() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="slomix-scratch-") as folder:
        yield f"sqlite:///{folder}/scratch.sqlite3"


@contextmanager
def _on(server: str) -> Iterator[str]:
    parts = urlsplit(server)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BackupError("write --scratch as postgresql://user:password@host/postgres")
    name = f"slomix_scratch_{secrets.token_hex(6)}"
    try:
        with psycopg.connect(server, autocommit=True) as line:
            line.execute(f'CREATE DATABASE "{name}"'.encode())
    except psycopg.Error as refused:
        raise BackupError(f"no scratch database was made: {type(refused).__name__}") from refused
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
