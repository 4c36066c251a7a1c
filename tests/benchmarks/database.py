"""An empty database of our own: a SQLite file, or a schema in somebody's PostgreSQL."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
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
def fresh(*, whole: bool = False) -> Iterator[Env]:
    """Give the environment of a process that works on an empty database; it is gone afterwards.

    A bot needs a `whole` one: who leads is a lock of the database, over a connection with options
    of its own.
    """
    with (
        tempfile.TemporaryDirectory(prefix="slomix-bench-") as folder,
        _place(Path(folder), whole=whole) as place,
    ):
        yield {
            **place,
            "DJANGO_SETTINGS_MODULE": "slomix.settings",
            "SLOMIX_ENV_FILE": os.devnull,
            "SLOMIX_VAR": folder,
            "REDIS_URL": "",
            "PYTHONUNBUFFERED": "1",
        }


def _place(folder: Path, *, whole: bool) -> AbstractContextManager[Env]:
    if not url():
        return _file(folder)
    return _database() if whole else _schema()


@contextmanager
def _file(folder: Path) -> Iterator[Env]:
    yield {"DATABASE_URL": f"sqlite:///{folder / 'slomix.sqlite3'}"}


@contextmanager
def _schema() -> Iterator[Env]:
    """Make a schema and lead every connection into it; the database's own tables are never seen."""
    name = f"slomix_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url(), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        try:
            # libpq reads it whenever a process connects, so our children go there as well.
            yield {
                "DATABASE_URL": url(),
                "DEV_DATABASE_URL": url(),
                "PGOPTIONS": f"-c search_path={name}",
            }
        finally:
            admin.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


@contextmanager
def _database() -> Iterator[Env]:
    """Make a database beside the one that we may use."""
    name = f"slomix_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url(), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": urlsplit(url())._replace(path=f"/{name}").geturl()}
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            admin.execute(drop.format(sql.Identifier(name)))
