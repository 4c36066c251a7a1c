"""What only one process can hold: a lock in a session of PostgreSQL, or on a file."""

import asyncio
import fcntl
import logging
import os
import time
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import Error, connection

from botworker import leader
from botworker.leader import Term
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

ANSWER_WITHIN = 2.0
CONNECT_WITHIN = 5.0
# A holder that has shown no sign of life for so long is ended, if it lives at all.
SILENT_FOR = 20.0
# What pg_locks calls us by; advisory locks are of one database.
SPACE, NUMBER = 0x510, 1
Line = psycopg.AsyncConnection[Any]
FAULTS = (psycopg.Error, Error, OSError, TimeoutError)
# Both ends notice a cut network within 25 s; the server then lets the lock go.
KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
THEIR_KEEPALIVE = (
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 "
    "-c tcp_user_timeout=25000"
)
# What Django adds for its own, synchronous, cursors.
DJANGO_ONLY = ("context", "cursor_factory", "prepare_threshold")


class Lock(Protocol):
    """Held by one process at a time, from `take` until `drop` or its death."""

    # It cannot be lost by a living process, so whoever gets it knows the last holder to be dead.
    certain: bool

    async def take(self) -> bool:
        """Try once; raises one of FAULTS."""
        ...

    async def beat(self, term: Term) -> bool:
        """Write a sign of life; False when the term is over, one of FAULTS when that is unknown."""
        ...

    async def drop(self) -> None:
        """Let it go, if it is held."""
        ...


class FileLock:
    """`flock`: the kernel takes it back together with the sockets of a process that died, so the next
    leader need not wait for a silent heartbeat. A living process cannot lose it."""

    certain = True

    def __init__(self, file: Path) -> None:
        self.file = file
        self._door: int | None = None

    async def take(self) -> bool:
        door = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(door)
            return False
        self._door = door
        return True

    async def beat(self, term: Term) -> bool:
        try:
            return await call(leader.beat, term)
        except Error as fault:
            # A busy database endangers nothing while the file is ours.
            log.warning("no sign of life was written: %s", fault)
            return True

    async def drop(self) -> None:
        if self._door is not None:
            os.close(self._door)
        self._door = None


class SessionLock:
    """PostgreSQL's advisory lock on a connection of its own, over which the heartbeat goes as well:
    who loses the one loses the other. A pool that shares sessions between clients would break it."""

    certain = False

    def __init__(self) -> None:
        self._line: Line | None = None
        self._asking: asyncio.Task[Any] | None = None
        self._refused_since = 0.0

    async def take(self) -> bool:
        if self._line is None:
            async with asyncio.timeout(CONNECT_WITHIN):
                self._line = await _connect()
        if await self._ask(TAKE, SPACE, NUMBER):
            self._refused_since = 0.0
            return True
        await self._end_a_silent_holder()
        return False

    async def beat(self, term: Term) -> bool:
        return bool(await self._ask(BEAT, leader.NAME, term.epoch))

    async def drop(self) -> None:
        line, self._line = self._line, None
        if self._asking and not self._asking.done():
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        if line is not None:
            await line.close()

    async def _ask(self, words: Any, *values: Any) -> Any:
        if self._line is None:
            raise psycopg.OperationalError("the connection of the lock is closed")
        self._asking = asyncio.create_task(_first(self._line, words, values))
        # Not asyncio.timeout: psycopg answers a cancellation only when it has told the server,
        # which takes ten seconds on a line that hangs. `drop` has the time for that.
        done, _hanging = await asyncio.wait({self._asking}, timeout=ANSWER_WITHIN)
        if not done:
            raise TimeoutError("the database of the lock does not answer")
        return self._asking.result()

    async def _end_a_silent_holder(self) -> None:
        """End the session of a process that is stopped, or behind a line that hangs."""
        now = time.monotonic()
        self._refused_since = self._refused_since or now
        # Somebody who just took it needs a moment to write the first sign of life.
        if now - self._refused_since < SILENT_FOR:
            return
        if await self._ask(END_SILENT, SPACE, NUMBER, leader.NAME, SILENT_FOR):
            log.warning("ended the database session of a gateway leader that was silent")
            self._refused_since = now


TAKE = "SELECT pg_try_advisory_lock(%s, %s)"
BEAT = """
UPDATE botworker_gateway_leader SET at = now()
 WHERE name = %s AND epoch = %s AND NOT released RETURNING 1
"""
END_SILENT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_locks
 WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s AND objsubid = 2
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND NOT EXISTS (SELECT 1 FROM botworker_gateway_leader
                    WHERE name = %s AND at > now() - make_interval(secs => %s))
"""


async def _first(line: Line, words: Any, values: Any) -> Any:
    row = await (await line.execute(words, values)).fetchone()
    return row and row[0]


async def _connect() -> Line:
    wanted: dict[str, Any] = connection.get_connection_params()
    ours = {key: value for key, value in wanted.items() if key not in DJANGO_ONLY}
    theirs = f"{ours.pop('options', '')} {THEIR_KEEPALIVE}"
    return await psycopg.AsyncConnection.connect(
        **{**ours, **KEEPALIVE, "options": theirs}, autocommit=True
    )


def of_database() -> Lock:
    """Return the lock that suits the database."""
    if connection.vendor == "postgresql":
        return SessionLock()
    return FileLock(settings.VAR_DIR / "gateway.lock")
