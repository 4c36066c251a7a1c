"""One gateway leader among bots that share a PostgreSQL, whatever happens to the lock's connection."""

import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from botworker import locks
from tests.whole.bots import Bots, Gateway, stage, wait

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]
NAMES = {"one", "other"}


class Database:
    """A database of our own, and what an operator may do to its sessions."""

    def __init__(self) -> None:
        self.name = f"slomix_bots_{secrets.token_hex(4)}"
        self.url = urlsplit(settings.MAKER_URL)._replace(path=f"/{self.name}").geturl()

    @contextmanager
    def made(self) -> Iterator["Database"]:
        self._do("CREATE DATABASE {}")
        try:
            yield self
        finally:
            self._do("DROP DATABASE {} WITH (FORCE)")

    def _do(self, words: str) -> None:
        with psycopg.connect(settings.MAKER_URL, autocommit=True) as line:
            line.execute(sql.SQL(words).format(sql.Identifier(self.name)))

    def drop_the_lock(self) -> None:
        """End the session that holds the leader's lock."""
        words = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND classid = %s AND objid = %s AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with psycopg.connect(self.url, autocommit=True) as line:
            assert line.execute(words, (locks.SPACE, locks.NUMBER)).fetchall() == [(True,)]


@pytest.fixture
def database() -> Iterator[Database]:
    with Database().made() as made:
        yield made


@pytest.fixture
def night(tmp_path: Path, database: Database) -> Iterator[tuple[Bots, Gateway]]:
    with stage(tmp_path, database.url) as (bots, gateway):
        bots.start(*NAMES)
        for name in NAMES:
            wait(lambda name=name: "standing for the gateway" in bots.said(name))  # type: ignore[misc]
        wait(lambda: gateway.connected)
        yield bots, gateway


def other_than(leader: str) -> str:
    return (NAMES - {leader}).pop()


def test_two_bots_started_at_once_make_one_identify(night: tuple[Bots, Gateway]) -> None:
    bots, gateway = night

    time.sleep(3)

    assert [len(bots.terms(name)) for name in sorted(NAMES)].count(1) == 1
    assert (gateway.identifies, gateway.connected, gateway.most) == (1, 1, 1)


def test_the_other_identifies_within_35_seconds_of_a_kill(night: tuple[Bots, Gateway]) -> None:
    bots, gateway = night
    leader = bots.leader()

    bots.kill(leader)

    # Its session ends at once, but that could be a cut line as well: the old heartbeat must age.
    assert 9 < wait(lambda: gateway.identifies == 2) < 35
    assert (bots.leader(), gateway.most) == (other_than(leader), 1)


def test_a_leader_that_is_asked_to_stop_hands_over(night: tuple[Bots, Gateway]) -> None:
    bots, gateway = night
    leader = bots.leader()

    bots.kill(leader, signal.SIGTERM)

    assert wait(lambda: gateway.identifies == 2) < 6
    assert bots.running[leader].wait(15) == 0
    assert (bots.leader(), gateway.most) == (other_than(leader), 1)


def test_a_leader_without_its_lock_is_gone_before_the_next_one_comes(
    night: tuple[Bots, Gateway], database: Database
) -> None:
    bots, gateway = night
    leader = bots.leader()

    database.drop_the_lock()

    assert wait(lambda: not gateway.connected) < 5
    assert gateway.identifies == 1
    wait(lambda: gateway.identifies == 2)
    wait(lambda: gateway.connected)
    assert gateway.most == 1
    assert all(bots.running[name].poll() is None for name in NAMES)
    assert f"term {bots.terms(leader)[0]} is over" in bots.said(leader)


def test_a_stopped_leader_is_followed_and_leaves_when_it_wakes(
    night: tuple[Bots, Gateway],
) -> None:
    bots, gateway = night
    leader = bots.leader()

    bots.kill(leader, signal.SIGSTOP)
    wait(lambda: gateway.identifies == 2, within=50)
    bots.kill(leader, signal.SIGCONT)

    assert wait(lambda: gateway.connected == 1) < 5
    assert gateway.identifies == 2
    assert bots.leader() == other_than(leader)
    assert "is over" in bots.said(leader)
