"""Reading the first Slomix's tables, in one read-only snapshot.

Its TIMESTAMP columns have no zone and were written in the database's own, so that zone is asked.
A table that is not there (an older installation) is empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

Rows = list[dict[str, Any]]


class Unreadable(Exception):
    """The database cannot be read; the text says why, without the address."""


# By table: what is asked of it.
QUERIES: dict[str, LiteralString] = {
    "website_users": "SELECT id AS discord_id FROM website_users",
    "discord_accounts": (
        "SELECT discord_user_id AS discord_id, username, display_name, avatar FROM discord_accounts"
    ),
    "user_player_links": (
        "SELECT user_id AS discord_id, player_guid AS guid, player_name AS name"
        " FROM user_player_links"
    ),
    "player_links": (
        # Older installations have no names of one's own; as JSON a column may be absent.
        "SELECT discord_id, player_guid AS guid, player_name AS name, discord_username AS username,"
        " to_jsonb(one) ->> 'display_name' AS shown_as,"
        " to_jsonb(one) ->> 'display_name_source' AS shown_by FROM player_links AS one"
    ),
    "player_aliases": "SELECT guid, alias FROM player_aliases",
    "player_skill_ratings": "SELECT player_guid AS guid, et_rating AS rating FROM player_skill_ratings",
    "availability_entries": (
        "SELECT user_id AS discord_id, user_name AS name, entry_date AS day, status,"
        " updated_at AT TIME ZONE current_setting('TimeZone') AS since FROM availability_entries"
    ),
    "availability_user_settings": (
        "SELECT user_id AS discord_id, sound_enabled, sound_cooldown_seconds, timezone"
        " FROM availability_user_settings"
    ),
    "subscription_preferences": (
        "SELECT user_id AS discord_id, allow_promotions, preferred_channel, quiet_hours, timezone,"
        " telegram_handle_encrypted IS NOT NULL AS telegram,"
        " signal_handle_encrypted IS NOT NULL AS signal FROM subscription_preferences"
    ),
    "availability_channel_links": "SELECT channel_type FROM availability_channel_links",
    "user_permissions": "SELECT discord_id, tier FROM user_permissions",
}
# What stays behind: by table, why. Of these only the rows are counted.
LEFT = {
    "daily_polls": "the evening's post takes the place of the poll",
    "poll_responses": "the evening's post takes the place of the poll",
    "poll_reminder_preferences": "they were on for everybody, and nobody was asked",
    "availability_subscriptions": "addresses are linked anew, from the account itself",
    "notifications_ledger": "what was sent there is over",
    "account_link_audit_log": "it stays the other site's log",
    "availability_promotion_campaigns": "calls of evenings that are over",
    "availability_promotion_jobs": "calls of evenings that are over",
    "availability_promotion_send_logs": "calls of evenings that are over",
    "planning_sessions": "rooms of evenings that are over",
    "planning_team_names": "rooms of evenings that are over",
    "planning_votes": "rooms of evenings that are over",
    "planning_teams": "rooms of evenings that are over",
    "planning_team_members": "rooms of evenings that are over",
    "voice_members": "who is in voice is seen anew",
    "voice_status_history": "who is in voice is seen anew",
    "live_status": "who is in voice is seen anew",
}


def read(url: str) -> tuple[dict[str, Rows], dict[str, int]]:
    """Return each table's rows, and how many rows each of `LEFT` has. Raises Unreadable."""
    with _snapshot(url) as connection:
        rows = {table: _table(connection, table) for table in QUERIES}
        return rows, {table: _count(connection, table) for table in LEFT}


@contextmanager
def _snapshot(url: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    try:
        with psycopg.connect(url, row_factory=dict_row, connect_timeout=10) as connection:
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            yield connection
            connection.rollback()
    except (psycopg.Error, UnicodeError) as problem:
        raise Unreadable(f"The database cannot be read ({type(problem).__name__}).") from problem


def _table(connection: psycopg.Connection[dict[str, Any]], table: str) -> Rows:
    return connection.execute(QUERIES[table]).fetchall() if _there(connection, table) else []


def _count(connection: psycopg.Connection[dict[str, Any]], table: str) -> int:
    if not _there(connection, table):
        return 0
    counted = sql.SQL("SELECT count(*) AS n FROM {}").format(sql.Identifier(table))
    row = connection.execute(counted).fetchone()
    return int(row["n"]) if row else 0


def _there(connection: psycopg.Connection[dict[str, Any]], table: str) -> bool:
    found = connection.execute("SELECT to_regclass(%s) IS NOT NULL AS there", [table]).fetchone()
    return bool(found and found["there"])
