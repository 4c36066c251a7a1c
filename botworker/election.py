"""One gateway leader among any number of bots: who holds the lock works, the others wait for it.

1. Whoever gets the lock begins a term: its number rises, and the one before can change nothing.
2. It shows a sign of life every 1.5 s. One that does not succeed within 2 s, or finds another term,
   ends the work: the gateway is closed 5 s after the last good one at the latest.
3. A leader that ends says so in the row and only then lets the lock go: the next one follows at once.
4. After one that did not say goodbye and was alive 10 s ago the next one waits those 10 s, unless the
   lock itself proves it dead (`locks.FileLock`).
"""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from botworker import leader, locks
from botworker.leader import Deposed, Term
from botworker.locks import FAULTS, Lock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
BEAT_EVERY = 1.5
GOODBYE_WITHIN = 3.0

Work = Callable[[Term], Awaitable[None]]


class Election:
    """Stands for the gateway, again and again, until it is told to stop."""

    def __init__(self, stopping: asyncio.Event, lock: Lock | None = None) -> None:
        self.stopping = stopping
        self.lock = lock or locks.of_database()
        self.owner = f"{socket.gethostname()[:48]}:{os.getpid()}:{secrets.token_hex(4)}"

    async def run(self, work: Work) -> None:
        """Run `work` whenever we lead and cancel it when we do not; raises what it raises."""
        log.info("standing for the gateway")
        try:
            while not self.stopping.is_set():
                await self._stand(work)
                await self._rest(LOOK_EVERY)
        finally:
            await self.lock.drop()

    async def _stand(self, work: Work) -> None:
        try:
            if not await self.lock.take():
                return
            await self._reign(await call(leader.begin, self.owner), work)
        except FAULTS as fault:
            log.warning("no gateway leader can be chosen: %s", fault)
        await self.lock.drop()

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _reign(self, term: Term, work: Work) -> None:
        log.info("leading the gateway, term %d", term.epoch)
        working = asyncio.create_task(self._work(term, work))
        watching = asyncio.create_task(self._watch(term))
        asked = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({working, watching, asked}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # When this is over, the gateway is closed.
            await _end([working, watching, asked])
            await self._say_goodbye(term)
        if not working.cancelled() and not isinstance(working.exception(), Deposed):
            working.result()

    async def _work(self, term: Term, work: Work) -> None:
        if term.hurried and not self.lock.certain:
            log.info("the leader before may still be connected; waiting for it")
            await asyncio.sleep(leader.GRACE.total_seconds())
        await work(term)

    async def _watch(self, term: Term) -> None:
        """Return when we must not lead any more."""
        try:
            while not self.stopping.is_set():
                if not await self.lock.beat(term):
                    log.warning("term %d is over: another leads the gateway", term.epoch)
                    return
                await self._rest(BEAT_EVERY)
        except FAULTS as fault:
            log.warning("term %d is over: %s", term.epoch, fault)

    async def _say_goodbye(self, term: Term) -> None:
        try:
            async with asyncio.timeout(GOODBYE_WITHIN):
                await call(leader.end, term, well=self.stopping.is_set())
        except FAULTS as fault:
            log.warning("the next leader has to wait: no goodbye was written (%s)", fault)


async def _end(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
