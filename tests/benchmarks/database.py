"""An empty database of our own: a SQLite file, or a database in somebody's PostgreSQL."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

Env = dict[str, str]


def url() -> str:
    """Return the address of the PostgreSQL that we may use; empty: SQLite."""
    return os.environ.get("DEV_DATABASE_URL", "")


def vendor() -> str:
    """Return what the figures are about."""
    return "postgresql" if url() else "sqlite"


@contextmanager
def fresh() -> Iterator[Env]:
    """Give the environment of a process that works on an empty database; it is gone afterwards.

    On PostgreSQL it is a whole one, no schema: who leads is a lock of the database, and migrating
    and backing up have connections with options of their own.
    """
    with (
        tempfile.TemporaryDirectory(prefix="slomix-bench-") as folder,
        _database() if url() else _file(Path(folder)) as place,
    ):
        yield {
            **place,
            "DJANGO_SETTINGS_MODULE": "slomix.settings",
            "SLOMIX_ENV_FILE": os.devnull,
            "SLOMIX_VAR": folder,
            "REDIS_URL": "",
            "PYTHONUNBUFFERED": "1",
        }


@contextmanager
def _file(folder: Path) -> Iterator[Env]:
    yield {"DATABASE_URL": f"sqlite:///{folder / 'slomix.sqlite3'}"}


@contextmanager
def _database() -> Iterator[Env]:
    """Make a database beside the one that we may use."""
    name = f"slomix_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url(), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            place = urlsplit(url())._replace(path=f"/{name}").geturl()
            yield {"DATABASE_URL": place, "DEV_DATABASE_URL": url()}
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            admin.execute(drop.format(sql.Identifier(name)))
