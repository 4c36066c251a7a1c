"""Reading the old bot's ten tables, in one read-only snapshot of PostgreSQL or an SQLite file.

Rows are read whole, whatever columns they have: its databases differ in them. A table that is not
there is empty.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import psycopg
from psycopg.rows import dict_row

Rows = list[dict[str, Any]]
Ask = Callable[[LiteralString], Rows]

# By table: what is asked of it.
QUERIES: dict[str, LiteralString] = {
    "guild_settings": "SELECT * FROM guild_settings",
    "dungeons": "SELECT * FROM dungeons",
    "raids": "SELECT * FROM raids",
    "raid_options": "SELECT * FROM raid_options",
    "raid_votes": "SELECT * FROM raid_votes",
    "raid_templates": "SELECT * FROM raid_templates",
    "raid_attendance": "SELECT * FROM raid_attendance",
    "user_levels": "SELECT * FROM user_levels",
    # Of these two the rows are counted and nothing more.
    "raid_posted_slots": "SELECT 1 AS one FROM raid_posted_slots",
    "debug_mirror_cache": "SELECT 1 AS one FROM debug_mirror_cache",
}
# It has all its tables of these, or it is no old bot's database.
TELLING = ("guild_settings", "raids", "raid_attendance")
NAMES: dict[str, LiteralString] = {
    # What a name means without a schema before it.
    "postgresql": (
        "SELECT relname AS name FROM pg_class"
        " WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(oid)"
    ),
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')",
}
# SQLAlchemy writes its driver into the address; asyncpg calls `sslmode` `ssl`.
DRIVER = re.compile(r"^(postgres(?:ql)?|sqlite)(?:\+[a-z0-9_]+)?(?=:)")


class Unreadable(Exception):
    """The database cannot be read; the text says why, without the address."""


@dataclass(frozen=True)
class Old:
    """The rows by table, and the tables that are not there."""

    tables: dict[str, Rows]
    absent: tuple[str, ...] = ()

    def __getitem__(self, table: str) -> Rows:
        return self.tables[table]


def read(url: str) -> Old:
    """Return everything that the old bot kept.

    Raises Unreadable for an address that is none, a database that does not answer, our own, and one
    that is no raid bot's.
    """
    found = DRIVER.match(url)
    if found is None:
        raise Unreadable("Write the address as postgresql://… or sqlite:///….")
    kind = "sqlite" if found[1] == "sqlite" else "postgresql"
    address = found[1] + url[found.end() :]
    try:
        with _sqlite(address) if kind == "sqlite" else _postgresql(address) as ask:
            return _everything(ask, kind)
    except (psycopg.Error, sqlite3.Error, OSError, ValueError) as problem:
        raise Unreadable(f"The database cannot be read ({type(problem).__name__}).") from problem


def _everything(ask: Ask, kind: str) -> Old:
    there = {str(row["name"]) for row in ask(NAMES[kind])}
    if "django_migrations" in there:
        raise Unreadable("This is a Slomix database. Write the old bot's address.")
    if not there.intersection(TELLING):
        raise Unreadable(f"This is no raid bot's database: it has none of {', '.join(TELLING)}.")
    tables = {name: ask(query) if name in there else [] for name, query in QUERIES.items()}
    return Old(tables, tuple(name for name in QUERIES if name not in there))


@contextmanager
def _postgresql(address: str) -> Iterator[Ask]:
    with psycopg.connect(_for_psycopg(address), row_factory=dict_row, connect_timeout=10) as there:
        there.read_only = True
        there.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield lambda query: there.execute(query).fetchall()
        there.rollback()


def _for_psycopg(address: str) -> str:
    parts = urlsplit(address)
    given = {
        {"ssl": "sslmode"}.get(name, name): "require" if value in ("true", "True") else value
        for name, value in parse_qsl(parts.query)
    }
    return parts._replace(query=urlencode(given, quote_via=quote)).geturl()


@contextmanager
def _sqlite(address: str) -> Iterator[Ask]:
    path = Path(unquote(urlsplit(address).path.removeprefix("/")))
    # Only read, and never made where it is not.
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as there:
        there.isolation_level = None
        there.row_factory = _by_name
        there.execute("PRAGMA query_only = ON")
        there.execute("BEGIN")
        yield lambda query: there.execute(query).fetchall()
        there.execute("ROLLBACK")


def _by_name(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
