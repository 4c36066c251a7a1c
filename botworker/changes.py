"""Every change of a delivery's state is written down by the database itself.

A trigger and not our code: most changes are one UPDATE over many rows, from five modules and
perhaps an operator's own client, and none of them can forget it or lie about it.
"""

from collections.abc import Iterable
from typing import Any

from botworker.models import State

# Where a row stood is not known further back than this table.
EARLIER = "earlier"
# What may become of what; anything else is a fault of ours.
ALLOWED: dict[str, frozenset[str]] = {
    "": frozenset({State.PLANNED, State.SCHEDULED, State.SUPPRESSED}),
    State.PLANNED: frozenset(
        {State.SCHEDULED, State.WITHDRAWN, State.CANCELLED, State.EXPIRED, State.SUPPRESSED}
    ),
    State.SCHEDULED: frozenset(
        {State.LEASED, State.WITHDRAWN, State.CANCELLED, State.EXPIRED, State.SUPPRESSED}
    ),
    State.LEASED: frozenset(
        {
            State.SENDING,
            State.SCHEDULED,  # handed back, its drain died, or quiet hours end in time
            State.SUPPRESSED,
            State.EXPIRED,
            State.WITHDRAWN,
            State.CANCELLED,
        }
    ),
    State.SENDING: frozenset(
        {
            State.SENT,
            State.FAILED,
            State.SCHEDULED,  # on the next channel
            State.RETRY_WAIT,
            State.UNKNOWN,
            State.UNCONFIRMED,
            State.WITHDRAWN,
        }
    ),
    State.RETRY_WAIT: frozenset(
        {State.LEASED, State.WITHDRAWN, State.CANCELLED, State.EXPIRED, State.SUPPRESSED}
    ),
    State.UNKNOWN: frozenset(
        {State.SENT, State.RETRY_WAIT, State.EXPIRED, State.WITHDRAWN, State.UNCONFIRMED}
    ),
    State.WITHDRAWN: frozenset({State.PLANNED, State.SCHEDULED, State.CANCELLED}),
}

_INSERT = """
    INSERT INTO notifications_changes (delivery_id, n, "before", "after", reason, fence, at)
    SELECT NEW.id, COALESCE(MAX(n), 0) + 1, {before}, NEW.state, NEW.reason, NEW.fence, {now}
    FROM notifications_changes WHERE delivery_id = NEW.id;
"""
_BACKFILL = """
    INSERT INTO notifications_changes (delivery_id, n, "before", "after", reason, fence, at)
    SELECT id, 1, 'earlier', state, reason, fence, COALESCE(settled_at, created_at)
    FROM notifications_ledger
"""
_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
_SQLITE = (
    f"""
    CREATE TRIGGER delivery_begins AFTER INSERT ON notifications_ledger
    BEGIN {_INSERT.format(before="''", now=_SQLITE_NOW)} END
    """,
    f"""
    CREATE TRIGGER delivery_changes AFTER UPDATE OF state ON notifications_ledger
    WHEN OLD.state <> NEW.state
    BEGIN {_INSERT.format(before="OLD.state", now=_SQLITE_NOW)} END
    """,
)
_POSTGRESQL = (
    f"""
    CREATE FUNCTION write_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE old_state text := '';
    BEGIN
        IF TG_OP = 'UPDATE' THEN old_state := OLD.state; END IF;
        {_INSERT.format(before="old_state", now="clock_timestamp()")}
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER delivery_begins AFTER INSERT ON notifications_ledger
    FOR EACH ROW EXECUTE FUNCTION write_change()
    """,
    """
    CREATE TRIGGER delivery_changes AFTER UPDATE OF state ON notifications_ledger
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION write_change()
    """,
)
_DROP = (
    "DROP TRIGGER IF EXISTS delivery_begins{on}",
    "DROP TRIGGER IF EXISTS delivery_changes{on}",
)


def install(_apps: Any, schema_editor: Any) -> None:
    """Make the triggers (anew). For migrations: call it again after a change of the table, because
    on SQLite Django makes a new table then and its triggers are gone."""
    uninstall(_apps, schema_editor)
    vendor = schema_editor.connection.vendor
    _run(schema_editor, _POSTGRESQL if vendor == "postgresql" else _SQLITE)


def backfill(_apps: Any, schema_editor: Any) -> None:
    """Begin the list of rows that are older than it."""
    _run(schema_editor, [_BACKFILL])


def uninstall(_apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    _run(schema_editor, [one.format(on=" ON notifications_ledger" * postgresql) for one in _DROP])
    if postgresql:
        _run(schema_editor, ["DROP FUNCTION IF EXISTS write_change()"])


def _run(schema_editor: Any, statements: Iterable[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def faults(changes: Iterable[tuple[int, str, str]], state: str) -> list[str]:
    """Say what is wrong with a delivery's changes (n, before, after), in order, given its state."""
    found, last, expected = [], "", 1
    for n, before, after in changes:
        if n == expected == 1 and before == EARLIER:
            pass
        elif n != expected or before != last:
            found.append(f"change {n} from {before or 'nothing'} follows {last or 'nothing'}")
        elif after not in ALLOWED.get(before, frozenset()):
            found.append(f"from {before or 'nothing'} to {after}")
        last, expected = after, n + 1
    if last != state:
        found.append(f"its last change led to {last or 'nothing'}, it is {state}")
    return found
