"""Adding to the database what it lacks; nothing is ever dropped, and no row is changed."""

import copy
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import DatabaseError, IntegrityError, connection, models

from botworker import changes
from slomix.operations import shape
from slomix.operations.wanted import TRIGGERS, Kind, Want

# What their columns hold decides what is said to whom. Filled with a default, a call that was
# cancelled would live again, and a message that was said would be said once more.
DECIDING = frozenset(
    {
        *("notifications_ledger", "availability_promotion_send_logs"),
        *("availability_promotion_campaigns", "availability_promotion_jobs"),
        *("availability_promotion_recipients", "subscription_preferences"),
        *("availability_channel_links", "botworker_hold"),
    }
)


class Impossible(Exception):
    """The gap cannot be closed without knowing what was there."""


def close_all(*, fill: bool = False, told: Callable[[str], Any] = len) -> dict[Want, str]:
    """Add what is missing, round by round, since some of it needs the rest; call as the owner.

    `told` hears of each thing that was added. With `fill` also columns of filled tables that
    decide what is said get their defaults. Returns what could not be added, with the reason.
    """
    while True:
        gaps = shape.look().gaps
        refused: dict[Want, str] = {}
        for gap in gaps:
            try:
                _close(gap, fill)
                told(f"added: {str(gap).removesuffix(' is missing')}")
            except Impossible as reason:
                refused[gap] = str(reason)
        if len(refused) == len(gaps):
            return refused


def _close(gap: Want, fill: bool) -> None:
    if gap.kind is Kind.COLUMN:
        _check_column(gap, fill)
    try:
        with connection.schema_editor() as editor:
            ADD[gap.kind](editor, gap)
            if connection.vendor == "sqlite" and gap.table in TRIGGERS:
                # Where SQLite made the table anew, its triggers went with the old one.
                changes.install(None, editor)
    except IntegrityError as refusal:
        raise Impossible(f"rows that break it are there already{_where(gap)}") from refusal
    except DatabaseError as refusal:
        if isinstance(refusal.__cause__, psycopg.errors.InsufficientPrivilege):
            text = "only the owner of the table may: give this command MIGRATOR_DATABASE_URL"
            raise Impossible(text) from refusal
        # The first line alone: what follows may show what is in a row.
        first = str(refusal).partition("\n")[0]
        raise Impossible(f"the database says: {first}") from refusal


def _check_column(gap: Want, fill: bool) -> None:
    field = gap.source
    if not _filled(gap):
        return
    if gap.table in DECIDING and not fill:
        raise Impossible(
            "the table has rows, and what they held there decides what is said to whom: restore a "
            "backup, or say --fill to go on with the default"
        )
    with connection.schema_editor() as editor:
        default: Any = editor.effective_default(field)
    known = default is not None or field.has_db_default()
    if field.unique or not (field.null or known):
        raise Impossible("the table has rows, and no value is right for them: restore a backup")


def _filled(gap: Want) -> bool:
    # Not through the model: it would ask for the column that is missing.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(gap.table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _where(gap: Want) -> str:
    if gap.kind is not Kind.UNIQUE or not gap.columns:
        return ""
    columns = ", ".join(gap.columns)
    return f"; find them: group {gap.table} by {columns} and look for more than one, or restore a backup"


def _table(editor: Any, gap: Want) -> None:
    # Without its indexes: they are gaps of their own in the next round.
    sql, params = editor.table_sql(gap.model)
    editor.execute(sql, params or None)


def _column(editor: Any, gap: Want) -> None:
    if connection.vendor == "postgresql":
        editor.add_field(gap.model, gap.source)
        return
    # Django would make the table anew and copy every other column, of which one may be missing too.
    plain = copy.copy(gap.source)
    plain._unique = False
    words, params = editor.column_sql(gap.model, plain, include_default=True)
    words %= tuple(editor.quote_value(one) for one in params or ())
    table, column = map(connection.ops.quote_name, (gap.table, plain.column))
    editor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {words}", None)


def _unique(editor: Any, gap: Want) -> None:
    if isinstance(gap.source, models.BaseConstraint):
        editor.add_constraint(gap.model, gap.source)
    elif gap.source is None:
        editor.alter_unique_together(gap.model, [], [gap.name.split(" and ")])
    elif gap.source.primary_key:
        raise Impossible("it is the primary key: restore a backup")
    else:
        _alter(editor, gap, _unique=False)


def _check(editor: Any, gap: Want) -> None:
    editor.add_constraint(gap.model, gap.source)


def _foreign(editor: Any, gap: Want) -> None:
    _alter(editor, gap, db_constraint=False)


def _index(editor: Any, gap: Want) -> None:
    if isinstance(gap.source, models.Index):
        editor.add_index(gap.model, gap.source)
    else:
        _alter(editor, gap, db_index=False)


def _alter(editor: Any, gap: Want, **before: bool) -> None:
    """Let Django bring a field from what it is now to what it should be."""
    now = copy.copy(gap.source)
    vars(now).update(before)
    editor.alter_field(gap.model, now, gap.source)


def _trigger(editor: Any, gap: Want) -> None:
    changes.install(None, editor)


ADD: dict[Kind, Callable[[Any, Want], None]] = {
    Kind.TABLE: _table,
    Kind.COLUMN: _column,
    Kind.UNIQUE: _unique,
    Kind.CHECK: _check,
    Kind.FOREIGN: _foreign,
    Kind.INDEX: _index,
    Kind.TRIGGER: _trigger,
}
