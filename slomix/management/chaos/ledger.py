"""The ledger as it is in the database, read in SQL and not through the code that is on trial."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection

DELIVERIES = """
    SELECT id, event_key, recipient, state, reason, due_at, expires_at, marker, attempts,
           person_id, released_by
    FROM notifications_ledger WHERE event_key LIKE %s
"""
ATTEMPTS = """
    SELECT tries.delivery_id, tries.n, tries.outcome, tries.started_at, tries.provider_message_id,
           tries.provider_code, tries.http_status, tries.channel
    FROM availability_promotion_send_logs AS tries
    JOIN notifications_ledger AS ledger ON ledger.id = tries.delivery_id
    WHERE ledger.event_key LIKE %s ORDER BY tries.delivery_id, tries.n
"""
CHANGES = """
    SELECT changes.delivery_id, changes.n, changes."before", changes."after"
    FROM notifications_changes AS changes
    JOIN notifications_ledger AS ledger ON ledger.id = changes.delivery_id
    WHERE ledger.event_key LIKE %s ORDER BY changes.delivery_id, changes.n
"""
COUNT = "SELECT state, COUNT(*) FROM notifications_ledger WHERE event_key LIKE %s GROUP BY state"
FENCE = "SELECT fence FROM notifications_ledger WHERE id = %s"
OPEN = frozenset({"planned", "scheduled", "leased", "sending", "retry_wait", "unknown"})
KEYS = "CHAOS:%"


@dataclass(frozen=True)
class Try:
    """One attempt."""

    n: int
    outcome: str
    started_at: datetime
    message_id: int | None
    code: int | None
    http_status: int | None
    channel: str = "discord"


@dataclass(frozen=True)
class Row:
    """One delivery with its attempts."""

    id: int
    event_key: str
    recipient: str
    state: str
    reason: str
    due_at: datetime
    expires_at: datetime
    marker: str
    attempts: int
    person_id: int | None
    released_by: str
    tries: list[Try] = field(default_factory=list, compare=False)
    # n, before, after.
    changes: list[tuple[int, str, str]] = field(default_factory=list, compare=False)


def rows() -> list[Row]:
    """Return every delivery of the run with its tries and changes."""
    with connection.cursor() as cursor:
        cursor.execute(DELIVERIES, [KEYS])
        found = {one[0]: _row(one) for one in cursor.fetchall()}
        cursor.execute(ATTEMPTS, [KEYS])
        for delivery, n, outcome, started_at, message, code, status, channel in cursor.fetchall():
            tried = Try(n, outcome, _instant(started_at), message, code, status, channel)
            found[delivery].tries.append(tried)
        cursor.execute(CHANGES, [KEYS])
        for delivery, n, before, after in cursor.fetchall():
            found[delivery].changes.append((n, before, after))
    return list(found.values())


def _row(one: tuple[object, ...]) -> Row:
    values = [_instant(value) if place in (5, 6) else value for place, value in enumerate(one)]
    return Row(*values)  # type: ignore[arg-type]


def _instant(value: object) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def states(keys: str = KEYS) -> dict[str, int]:
    """Count the run's rows by state."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [keys])
        return dict(cursor.fetchall())


def still_open(keys: str = KEYS) -> int:
    """Count what is not settled."""
    return sum(number for state, number in states(keys).items() if state in OPEN)


def fence_of(delivery: int) -> int:
    """Return the fence that a row has now."""
    with connection.cursor() as cursor:
        cursor.execute(FENCE, [delivery])
        return int(cursor.fetchone()[0])
