"""What proves a step: rows of our database, in SQL, and the local Discord's journal."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.utils import ConnectionHandler

from slomix.management.community import MEMBERS
from slomix.settings import database

JOBS = """
    SELECT kind, run_at, done_at, attempts, outcome FROM availability_promotion_jobs
    WHERE campaign_id = %s ORDER BY run_at
"""
LEDGER = """
    SELECT account.discord_id, ledger.state, ledger.reason, ledger.due_at, ledger.expires_at,
           COUNT(attempt.id), ledger.marker
    FROM notifications_ledger AS ledger
    JOIN discord_accounts AS account ON account.user_id = ledger.person_id
    LEFT JOIN availability_promotion_send_logs AS attempt ON attempt.delivery_id = ledger.id
    WHERE ledger.event_key = %s
    GROUP BY ledger.id, account.discord_id, ledger.state, ledger.reason, ledger.due_at,
             ledger.expires_at, ledger.marker
"""
OPEN = frozenset({"planned", "scheduled", "leased", "sending", "retry_wait", "unknown"})


@dataclass(frozen=True)
class Row:
    """One person's row in the ledger for one event."""

    discord_id: int
    state: str
    reason: str
    due_at: datetime
    expires_at: datetime
    tries: int
    # What the message carries in the ids of its buttons.
    marker: str = ""


@dataclass(frozen=True)
class Job:
    """One job of the campaign."""

    kind: str
    run_at: datetime
    done_at: datetime | None
    attempts: int
    outcome: str


@dataclass(frozen=True)
class Sent:
    """One message that the local Discord took for somebody's direct messages."""

    discord_id: int
    message_id: str
    at: datetime
    text: str = ""
    # The ids of its buttons.
    ids: str = ""

    def answers(self, rows: list[Row]) -> bool:
        """Say whether it is one of what these rows are about."""
        return any(row.marker in self.ids for row in rows)


class Database:
    """The rehearsed system's own database, read from outside."""

    def __init__(self, url: str) -> None:
        self._connection = ConnectionHandler({"default": database(url)})["default"]

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def jobs(self, campaign_id: int) -> list[Job]:
        """Return the campaign's jobs, the earliest first."""
        return [
            Job(kind, _instant(run_at), done_at and _instant(done_at), attempts, outcome)
            for kind, run_at, done_at, attempts, outcome in self._rows(JOBS, [campaign_id])
        ]

    def ledger(self, event_key: str) -> list[Row]:
        """Return what became of an event, one row a person."""
        return [
            Row(discord_id, state, reason, _instant(due_at), _instant(expires_at), tries, marker)
            for discord_id, state, reason, due_at, expires_at, tries, marker in self._rows(
                LEDGER, [event_key]
            )
        ]

    def _rows(self, sql: str, values: Sequence[str | int]) -> list[Any]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())


def _instant(value: str | datetime) -> datetime:
    """Read an instant: PostgreSQL gives one, SQLite the text of it in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def direct_messages(journal: list[dict[str, Any]]) -> list[Sent]:
    """Return every direct message in the journal, once each: a repeated nonce makes no second."""
    rooms: dict[str, int] = {}
    found: dict[str, Sent] = {}
    for record in journal:
        path, answer = record["path"], record.get("response_json")
        if record["method"] != "POST" or not _took_effect(record) or not isinstance(answer, dict):
            continue
        if path.endswith("/users/@me/channels"):
            rooms[answer["id"]] = int(answer["recipients"][0]["id"])
        elif path.endswith("/messages") and answer["channel_id"] in rooms:
            at = _instant(record.get("asked", record["at"]))
            text, ids = answer.get("content", ""), " ".join(button_ids(answer))
            sent = Sent(rooms[answer["channel_id"]], answer["id"], at, text, ids)
            found.setdefault(answer["id"], sent)
    return list(found.values())


def button_ids(message: dict[str, Any]) -> list[str]:
    """Return the ids of a message's buttons."""
    rows = message.get("components") or []
    return [button.get("custom_id", "") for row in rows for button in row.get("components", [])]


def posts(journal: list[dict[str, Any]], channel: int) -> list[str]:
    """Return the texts that were posted in a channel, once each."""
    path = f"/channels/{channel}/messages"
    found = {
        record["response_json"]["id"]: record["response_json"].get("content", "")
        for record in journal
        if record["method"] == "POST"
        and record["path"].endswith(path)
        and _took_effect(record)
        and isinstance(record.get("response_json"), dict)
    }
    return list(found.values())


def _took_effect(record: dict[str, Any]) -> bool:
    """Say whether it was done; status 0 means done, and nobody was there to hear the answer."""
    return record["status"] in (200, 0)


def name_of(discord_id: int) -> str:
    """Return what the club calls somebody."""
    return next((one.name for one in MEMBERS if one.discord_id == discord_id), str(discord_id))


def counted(rows: list[Row]) -> str:
    """Write how many rows are in which state: 8 sent, 1 failed (direct messages are closed)."""
    kinds = Counter(f"{row.state} ({row.reason})" if row.reason else row.state for row in rows)
    return ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()) or "no rows"
