"""What is really in the database: its own word, in a few questions however many tables there are."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

_POSTGRESQL = {
    "columns": """
        SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped
    """,
    # A number of 0 is an expression. One that is not valid was given up while it was being made.
    "indexes": """
        SELECT c.relname, i.relname, x.indisunique, x.indpred IS NOT NULL, ARRAY(
            SELECT COALESCE(a.attname, '') FROM unnest(x.indkey) WITH ORDINALITY k(number, place)
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
            ORDER BY k.place)
        FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid
        JOIN pg_class i ON i.oid = x.indexrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND x.indisvalid
    """,
    "checks": """
        SELECT c.relname, k.conname FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND k.contype = 'c'
    """,
    "foreign": """
        SELECT c.relname, a.attname FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND k.contype = 'f'
    """,
    # One that is switched off is as good as gone.
    "triggers": """
        SELECT c.relname, t.tgname FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
    """,
}
_TABLES = "FROM sqlite_master m"
_SQLITE = {
    "columns": f"SELECT m.name, p.name {_TABLES}, pragma_table_info(m.name) p WHERE m.type = 'table'",
    "keys": f"""
        SELECT m.name, p.name {_TABLES}, pragma_table_info(m.name) p
        WHERE m.type = 'table' AND p.pk > 0
    """,
    "indexes": f"""
        SELECT m.name, l.name, l."unique", l.partial, COALESCE(i.name, '')
        {_TABLES}, pragma_index_list(m.name) l, pragma_index_info(l.name) i
        WHERE m.type = 'table' ORDER BY m.name, l.name, i.seqno
    """,
    "foreign": f"""
        SELECT m.name, f."from" {_TABLES}, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
    """,
    "triggers": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "tables": "SELECT name, sql FROM sqlite_master WHERE type = 'table'",
}
_CHECK = re.compile(r'CONSTRAINT "([^"]+)" CHECK')


@dataclass(frozen=True)
class Index:
    """An index: an empty name among the columns is an expression."""

    name: str
    unique: bool
    partial: bool
    columns: tuple[str, ...]


@dataclass
class Table:
    """What a table has; of checks, triggers and foreign keys the names or columns."""

    columns: set[str] = field(default_factory=set)
    indexes: list[Index] = field(default_factory=list)
    checks: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    triggers: set[str] = field(default_factory=set)


Catalog = dict[str, Table]


def read() -> Catalog:
    """Return every table that is there, by name."""
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _postgresql() -> Catalog:
    found: Catalog = defaultdict(Table)
    _add(found, "columns", _all(_POSTGRESQL["columns"]))
    for table, name, unique, partial, columns in _all(_POSTGRESQL["indexes"]):
        found[table].indexes.append(Index(name, unique, partial, tuple(columns)))
    for kind in ("checks", "foreign", "triggers"):
        _add(found, kind, _all(_POSTGRESQL[kind]))
    return found


def _sqlite() -> Catalog:
    found: Catalog = defaultdict(Table)
    for kind in ("columns", "foreign", "triggers"):
        _add(found, kind, _all(_SQLITE[kind]))
    for table, words in _all(_SQLITE["tables"]):
        found[table].checks.update(_CHECK.findall(words))
    for table, key in _all(_SQLITE["keys"]):
        found[table].indexes.append(Index("", True, False, (key,)))
    columns: dict[tuple[str, str, bool, bool], list[str]] = defaultdict(list)
    for table, name, unique, partial, column in _all(_SQLITE["indexes"]):
        columns[table, name, bool(unique), bool(partial)].append(column)
    for (table, name, unique, partial), its in columns.items():
        found[table].indexes.append(Index(name, unique, partial, tuple(its)))
    return found


def _add(found: Catalog, kind: str, pairs: Iterable[tuple[str, str]]) -> None:
    for table, name in pairs:
        getattr(found[table], kind).add(name)


def _all(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
