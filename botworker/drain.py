"""The loop that sends: claim, begin, send, settle, as many as the pace allows."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from botworker import claims, sweep
from botworker.channels import ChannelError, Refusal, Said, Verdict
from botworker.claims import Job
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

IDLE = 0.25  # seconds between two looks when nothing waits
PACED = 0.03  # when the pace is what we wait for: a little more than one token
SWEEP_EVERY = timedelta(seconds=1)
SEND_WITHIN = 10.0
# A re-check of quiet hours and opt-outs older than this is no re-check.
FRESH = timedelta(seconds=2)


class Channel(Protocol):
    """A provider, as a drain sees it."""

    name: str

    async def send(self, job: Job) -> Said:
        """Say it once; raises ChannelError."""
        ...

    async def find(self, job: Job) -> Said | None:
        """Look for it at the provider; None: certainly not there. Raises ChannelError."""
        ...


class Drain:
    """Sends the deliveries of one channel until it is told to stop."""

    def __init__(self, channel: Channel, stopping: asyncio.Event | None = None) -> None:
        self.channel = channel
        self.stopping = stopping or asyncio.Event()
        self._swept = clock.now() - SWEEP_EVERY
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"[:64]

    def stop(self) -> None:
        """Claim no more; what is in flight is finished and settled."""
        self.stopping.set()

    async def run(self) -> None:
        """Send until stopped. A fault of the database or of ours is logged and survived."""
        while not self.stopping.is_set():
            try:
                worked = await self.step()
            except Exception:
                log.exception("a round of the drain failed; the next one begins in a second")
                worked = False
                await self._rest(1.0)
            await self._rest(PACED if worked else IDLE)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    async def step(self) -> bool:
        """Do one round; True when there was something to do."""
        at = clock.now()
        if at - self._swept >= SWEEP_EVERY:
            self._swept = at
            await call(sweep.sweep, at)
            await self._read_back()
        claimed = await call(claims.claim, self.channel.name, at=at, owner=self.owner)
        if not claimed:
            return False
        jobs = await call(claims.begin, claimed, at=clock.now())
        results = await asyncio.gather(*(self._send(job) for job in jobs))
        await call(claims.settle, list(zip(jobs, results, strict=True)), at=clock.now())
        return True

    async def _send(self, job: Job) -> Said | Refusal:
        assert job.started_at is not None
        now = clock.now()
        if now - job.started_at > FRESH:
            return Refusal("the re-check was too old", Verdict.TRANSIENT, wait=0.1)
        left = (job.deadline_at - now).total_seconds()
        try:
            async with asyncio.timeout(max(0.1, min(SEND_WITHIN, left + 2))):
                return await self.channel.send(job)
        except ChannelError as refused:
            return refused.refusal
        except TimeoutError:
            return Refusal("no answer in time", Verdict.UNKNOWN)
        except Exception:
            # Whatever it was, the request may be on its way: only reading back can tell.
            log.exception("delivery %s: the channel failed", job.delivery_id)
            return Refusal("the channel failed", Verdict.UNKNOWN)

    async def _read_back(self) -> None:
        jobs = await call(sweep.to_read_back, self.channel.name, at=clock.now())
        for job in jobs:
            await self._look_for(job)

    async def _look_for(self, job: Job) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                said = await self.channel.find(job)
        except (ChannelError, TimeoutError):
            await call(sweep.unreadable, job, at=clock.now())
            return
        if said:
            await call(sweep.found, job, said, at=clock.now())
        else:
            await call(sweep.absent, job, at=clock.now())


async def run_all(drains: Sequence[Drain]) -> None:
    """Run several drains until each has stopped."""
    await asyncio.gather(*(drain.run() for drain in drains))
