"""Work that is done again and again: guarded, and written down with when, how long and what failed.

One that fails is logged and tried again at its next turn; it holds no other.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from botworker.models import Worker
from slomix.lib import clock
from slomix.lib.bridge import call
from slomix.lib.redact import redacted

log = logging.getLogger(__name__)

# What runs twice a second is not written down twice a second.
NOTED_EVERY = 15.0
LONGEST_ERROR = 300


@dataclass(frozen=True)
class Line:
    """One worker as /status shows it; `error` is empty while it works."""

    name: str
    last_run_at: datetime
    seconds: float
    runs: int
    error: str
    last_good_at: datetime | None


def note(name: str, *, seconds: float, error: str = "", runs: int = 1, at: datetime) -> None:
    """Write down what came of a worker's last run, and how many runs that were since."""
    facts = {"last_run_at": at, "seconds": seconds, "last_error": error[:LONGEST_ERROR]}
    good = {} if error else {"last_good_at": at}
    if not Worker.objects.filter(name=name).update(runs=F("runs") + runs, **facts, **good):
        Worker.objects.get_or_create(name=name, defaults={"runs": runs, **facts, **good})


def lines() -> list[Line]:
    """Return every worker that ever ran, by name; one query."""
    return [
        Line(one.name, one.last_run_at, one.seconds, one.runs, one.last_error, one.last_good_at)
        for one in Worker.objects.order_by("name")
    ]


def said(fault: BaseException) -> str:
    """Return what a fault is called and says, without secrets."""
    return redacted(f"{type(fault).__name__}: {fault}".removesuffix(": "))[:LONGEST_ERROR]


@contextmanager
def noted(name: str) -> Iterator[None]:
    """Write a run down that is done here, outside the bot; what it raises is raised on."""
    began, error = time.monotonic(), ""
    try:
        yield
    except Exception as fault:
        error = said(fault)
        raise
    finally:
        note(name, seconds=time.monotonic() - began, error=error, at=clock.now())


class Diary:
    """The runs of one loop in the bot, written down now and then; a fault at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._runs = 0
        self._noted: tuple[float, str] | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Write one run down; what it raises is raised on. One that is cancelled is none."""
        began = time.monotonic()
        try:
            yield
        except Exception as fault:
            await self._note(time.monotonic() - began, said(fault))
            raise
        await self._note(time.monotonic() - began, "")

    async def _note(self, seconds: float, error: str) -> None:
        self._runs += 1
        now = time.monotonic()
        if self._noted and error == self._noted[1] and now - self._noted[0] < NOTED_EVERY:
            return
        try:
            runs = self._runs
            await call(note, self.name, seconds=seconds, error=error, runs=runs, at=clock.now())
        except Exception:
            log.exception("the run of worker %s was not written down", self.name)
        else:
            self._runs, self._noted = 0, (now, error)


class Loop:
    """One worker in the bot, for `SlomixBot.start_loop(loop.run)`."""

    def __init__(self, name: str, step: Callable[[], Awaitable[object]], every: float) -> None:
        self.name, self.step, self.every = name, step, every
        self.__name__ = name
        self.diary = Diary(name)

    async def run(self) -> None:
        """Do it, write it down, rest; for ever."""
        while True:
            try:
                async with self.diary.turn():
                    await self.step()
            except Exception:
                log.exception("worker %s failed; tried again in %g s", self.name, self.every)
            await asyncio.sleep(self.every)
