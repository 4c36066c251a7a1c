"""A change of a table that is in use gives up soon, lets people through, and comes again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection

from slomix.operations import migrating
from tests.outages.breaking import by_hand, somebody_else

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.slow,  # a lock is waited for two seconds, each time
    pytest.mark.django_db(transaction=True),
]


@contextmanager
def reading(table: str) -> Iterator[Callable[[], None]]:
    """Have somebody read a table in a transaction that stays open; they end it when called."""
    with somebody_else() as reader:
        reader.autocommit = False
        reader.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        yield reader.rollback


def widen() -> None:
    """Change a table's shape, as a migration does."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE players ADD COLUMN tomorrow int")


def test_it_waits_for_whoever_is_there_and_then_goes_on() -> None:
    said: list[str] = []
    with reading("players") as leave:
        migrating.patiently(widen, alias="default", say=said.append, pause=lambda _s: leave())

    by_hand("ALTER TABLE players DROP COLUMN tomorrow")
    assert said == ["A table is in use (try 1 of 10); once more in 1 s."]


def test_meanwhile_nobody_else_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "TRIES", 2)
    said: list[str] = []
    with reading("players"), pytest.raises(OperationalError) as refusal:
        migrating.patiently(widen, alias="default", say=said.append, pause=lambda _s: None)

    assert isinstance(refusal.value.__cause__, psycopg.errors.LockNotAvailable)
    assert len(said) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM players")


def test_what_no_waiting_helps_against_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "STATEMENT", "100ms")

    def endless() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

    said: list[str] = []
    with pytest.raises(OperationalError, match="statement timeout"):
        migrating.patiently(endless, alias="default", say=said.append)

    assert said == []
