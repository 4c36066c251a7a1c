"""The loop that sends: claim, begin, send, settle, as many as the pace allows."""

import asyncio
import logging
import os
import secrets
import socket
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from botworker import claims, settling, sweep, wire, workers
from botworker.channels import ChannelError, Refusal, Said, Verdict
from botworker.claims import Job
from botworker.timing import MachineTime, Timing
from slomix.lib.bridge import call
from slomix.lib.json_lines import about

log = logging.getLogger(__name__)

IDLE = 0.25  # seconds between two looks when nothing waits
PACED = 0.02  # when the pace is what we wait for: about one token
SWEEP_EVERY = timedelta(seconds=1)
# How often we look for messages of unclear fate; each look takes as many as the pace allows.
LOOK_EVERY = timedelta(seconds=0.2)
SEND_WITHIN = 10.0
# What is in flight when we are told to stop is finished within this.
FINISH_WITHIN = 12.0
# How many requests may be under way at once.
AT_ONCE = 50
# A re-check of quiet hours and opt-outs older than this is no re-check.
FRESH = timedelta(seconds=2)


class Channel(Protocol):
    """A provider, as a drain sees it."""

    name: str
    # It can tell whether a message of unclear fate arrived.
    reads_back: bool

    async def send(self, job: Job) -> Said:
        """Say it once; raises ChannelError."""
        ...

    async def find(self, job: Job) -> Said | None:
        """Look for it at the provider; None: certainly not there. Raises ChannelError."""
        ...


class Drain:
    """Sends the deliveries of one channel until it is told to stop."""

    def __init__(
        self,
        channel: Channel,
        stopping: asyncio.Event | None = None,
        timing: Timing | None = None,
    ) -> None:
        self.channel = channel
        self.timing = timing or MachineTime()
        self.stopping = stopping or asyncio.Event()
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"[:64]
        self._held = False
        self._swept = self._looked = self.timing.now() - SWEEP_EVERY
        self._flying: set[asyncio.Task[None]] = set()
        self._landed: list[tuple[Job, Said | Refusal]] = []

    def stop(self) -> None:
        """Claim no more; what is in flight is finished and settled."""
        self.stopping.set()

    async def run(self) -> None:
        """Send until stopped. A fault of the database or of ours is logged and survived."""
        since_work, diary = IDLE, workers.Diary(f"drain {self.channel.name}")
        while not self.stopping.is_set():
            try:
                async with diary.turn():
                    worked = await self.round()
            except Exception:
                log.exception("a round of the drain failed; the next one begins in a second")
                worked = False
                await self._rest(1.0)
            if worked:
                since_work = 0.0
                continue  # perhaps there is more: the next claim says
            # Nothing claimed just after work is mostly the pace: more tokens come soon.
            rest = PACED if self._flying or since_work < IDLE else IDLE
            since_work += rest
            await self._rest(rest)
        await self.finish()

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    async def step(self) -> bool:
        """Do one round and wait for its sends; True when there was something to do."""
        worked = await self.round()
        await self.finish()
        return worked

    async def finish(self) -> None:
        """Wait for what is in flight, at most twelve seconds, and settle it.

        What takes longer is left to its lease: another drain reads it back.
        """
        if self._flying:
            await asyncio.wait(self._flying, timeout=FINISH_WITHIN)
        await self._settle()

    async def round(self) -> bool:
        """Sweep when it is time, settle what has landed, and start what is due."""
        await self.timing.check()
        at = self.timing.now()
        if at - self._swept >= SWEEP_EVERY:
            self._swept = at
            self._held = not await call(sweep.sweep, at)
        if at - self._looked >= LOOK_EVERY and not self._held:
            self._looked = at
            await self._read_back()
        await self._settle()
        most = min(claims.BATCH, AT_ONCE - len(self._flying))
        claimed = await call(
            claims.claim, self.channel.name, at=self.timing.now(), owner=self.owner, most=most
        )
        if not claimed:
            return False
        if self.stopping.is_set():
            await call(claims.hand_back, claimed, at=self.timing.now())
            return False
        for job in await call(claims.begin, claimed, at=self.timing.now()):
            self._launch(job)
        return True

    def _launch(self, job: Job) -> None:
        # Each in a task of its own: a task has its own context, and the wire is watched through it.
        self._watch(asyncio.create_task(self._fly(job)))

    def _watch(self, task: asyncio.Task[None]) -> None:
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)

    async def _fly(self, job: Job) -> None:
        # The list is looked up after the answer: settling puts a new one in its place meanwhile.
        with about(delivery_id=job.delivery_id, attempt_id=job.attempt_id):
            answer = await self._send(job)
        self._landed.append((job, answer))

    async def _settle(self) -> None:
        while self._landed:
            landed, self._landed = self._landed[: claims.BATCH], self._landed[claims.BATCH :]
            try:
                await call(settling.settle, landed, at=self.timing.now())
            except BaseException:
                # Not lost: it is settled in the next round, or read back after the lease.
                self._landed = landed + self._landed
                raise

    async def _send(self, job: Job) -> Said | Refusal:
        assert job.started_at is not None
        now = self.timing.now()
        if now - job.started_at > FRESH:
            return Refusal("the re-check was too old", Verdict.TRANSIENT, wait=0.1)
        left = (job.deadline_at - now).total_seconds()
        wire.current.set(None)
        try:
            async with asyncio.timeout(max(0.1, min(SEND_WITHIN + 1, left + 2))):
                return await self.channel.send(job)
        except ChannelError as refused:
            return self._provable(refused.refusal)
        except TimeoutError:
            seen = wire.current.get()
            if seen and not seen.may_have_arrived:
                # The database, or the way there, took all the time: nothing was asked for.
                return Refusal("nothing was asked in time", Verdict.TRANSIENT)
            return self._provable(Refusal("no answer in time", Verdict.UNKNOWN))
        except Exception:
            # Whatever it was, the request may be on its way: only reading back can tell.
            log.exception("delivery %s: the channel failed", job.delivery_id)
            return self._provable(Refusal("the channel failed", Verdict.UNKNOWN))

    def _provable(self, refusal: Refusal) -> Refusal:
        if refusal.verdict is Verdict.UNKNOWN and not self.channel.reads_back:
            return replace(refusal, verdict=Verdict.UNPROVABLE)
        return refusal

    async def _read_back(self) -> None:
        if not self.channel.reads_back:
            await call(sweep.give_up, self.channel.name, at=self.timing.now())
            return
        for job in await call(sweep.to_read_back, self.channel.name, at=self.timing.now()):
            # A history that is slow to come must not keep the others from being sent.
            self._watch(asyncio.create_task(self._look_for(job)))

    async def _look_for(self, job: Job) -> None:
        try:
            async with asyncio.timeout(SEND_WITHIN):
                said = await self.channel.find(job)
        except (ChannelError, TimeoutError):
            await call(sweep.unreadable, job, at=self.timing.now())
            return
        if said:
            await call(sweep.found, job, said, at=self.timing.now())
        else:
            await call(sweep.absent, job, at=self.timing.now())
