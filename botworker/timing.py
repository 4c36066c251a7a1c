"""What time the ledger has: the database's, so that a machine with a wrong clock harms nobody.

Drains may run on several machines. A drain that goes by its own clock says things early when that
is ahead, and lets everything expire when it is far ahead. All of them share one database, so its
clock is the one that leases, due times and deadlines are compared with.
"""

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from django.db import connection

from botworker import wire
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

CHECK_EVERY = timedelta(seconds=1)
# From here on the operator is told (reliability plan, F7).
WRONG = timedelta(seconds=5)
TELL_EVERY = timedelta(seconds=60)
NOW = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


class Timing(Protocol):
    """A drain's clock."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
        ...

    async def check(self) -> None:
        """Set the clock again when that is due."""
        ...


class MachineTime:
    """This machine's own clock."""

    def now(self) -> datetime:
        return clock.now()

    async def check(self) -> None:
        return None


class DatabaseTime:
    """The database's clock, asked once a second and counted on in between.

    Between two questions it counts on a clock that nobody can set. Before the first one it is this
    machine's. Slow questions make it late and never early: what the database said is taken for the
    moment in which the answer was here.
    """

    def __init__(self) -> None:
        self._said: datetime | None = None
        self._here = 0.0
        self._told = -TELL_EVERY.total_seconds()

    def now(self) -> datetime:
        if self._said is None:
            return clock.now()
        return self._said + timedelta(seconds=_ticks() - self._here)

    async def check(self) -> None:
        """Ask the database when a second has passed; tell the operator of clocks that differ."""
        if self._said and _ticks() - self._here < CHECK_EVERY.total_seconds():
            return
        self._said, self._here = await call(_ask)
        self._compare()

    def _compare(self) -> None:
        found = {"the database's": clock.now() - self.now()}
        if seen := wire.provider_time():
            found["Discord's"] = clock.now() - seen
        wrong = {whose: by for whose, by in found.items() if abs(by) > WRONG}
        if wrong and _ticks() - self._told > TELL_EVERY.total_seconds():
            self._told = _ticks()
            for whose, by in wrong.items():
                log.error("this machine's clock is %+.1f s from %s", by.total_seconds(), whose)


def _ask() -> tuple[datetime, float]:
    with connection.cursor() as cursor:
        cursor.execute(NOW[connection.vendor])
        (said,) = cursor.fetchone()
    here = _ticks()
    if isinstance(said, str):
        said = datetime.fromisoformat(said).replace(tzinfo=UTC)
    return said.astimezone(UTC), here


def _ticks() -> float:
    """Return seconds that go on while the machine sleeps, where the system can count them."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)
