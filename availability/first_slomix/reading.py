"""Reading the first Slomix's tables, in one read-only snapshot.

Its TIMESTAMP columns have no zone and were written in the database's own, so that zone is asked.
A table that is not there (an older installation) is empty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
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
        "SELECT discord_id, player_guid AS guid, player_name AS name, discord_username AS username"
        " FROM player_links"
    ),
    "player_aliases": "SELECT guid, alias FROM player_aliases",
    "player_skill_ratings": "SELECT player_guid AS guid, et_rating AS rating FROM player_skill_ratings",
    "availability_entries": (
        "SELECT user_id AS discord_id, user_name AS name, entry_date AS day, status,"
        " updated_at AT TIME ZONE current_setting('TimeZone') AS since FROM availability_entries"
    ),
    "availability_user_settings": (
        "SELECT user_id AS discord_id, sound_enabled, sound_cooldown_seconds"
        " FROM availability_user_settings"
    ),
    "subscription_preferences": (
        "SELECT user_id AS discord_id, allow_promotions, preferred_channel, quiet_hours, timezone,"
        " telegram_handle_encrypted IS NOT NULL AS telegram,"
        " signal_handle_encrypted IS NOT NULL AS signal FROM subscription_preferences"
    ),
    "availability_channel_links": "SELECT channel_type FROM availability_channel_links",
}


def read(url: str) -> dict[str, Rows]:
    """Return each table's rows. Raises Unreadable."""
    with _snapshot(url) as connection:
        return {table: _table(connection, table) for table in QUERIES}


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
    there = connection.execute("SELECT to_regclass(%s) IS NOT NULL AS there", [table]).fetchone()
    if not there or not there["there"]:
        return []
    return connection.execute(QUERIES[table]).fetchall()
