"""Resume: how long after a `kill -9` of a drain another one says what the dead one held.

The dead one's rows are all under way: attempts are committed and nobody knows whether they arrived.
The other waits for the leases, reads back, finds nothing, and sends.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from botworker import claims, drain, sweep
from botworker.channels import Said
from botworker.channels.memory import MemoryChannel
from botworker.claims import Job
from botworker.models import Delivery, State
from slomix.lib.bridge import call
from slomix.management.demo import process
from tests.benchmarks import crowd

HELD = 25
AT_MOST = 35.0
SCALE = {"toy": 10, "moderate": 5, "full": 1}


class Watching(MemoryChannel):
    """Keeps when the messages were said."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[float] = []

    async def send(self, job: Job) -> Said:
        self.at.append(time.monotonic())
        return await super().send(job)


def measure(size: str) -> dict[str, Any]:
    """Kill a drain in the middle of twenty-five sends and watch another one."""
    scale = SCALE[size]
    shrink(scale)
    crowd.promise(crowd.people(HELD), crowd.event("the dead one's", datetime.now(UTC)))
    first, last = asyncio.run(seconds_until_resumed(scale))
    return {
        "held": HELD,
        "lease_s": claims.LEASE.total_seconds(),
        "divided_by": scale,
        "first_said_after_s": round(first, 2),
        "all_said_after_s": round(last, 2),
        "target": f"resumes within {AT_MOST / scale:g} s" + of_scale(scale),
        "holds": first <= AT_MOST / scale,
    }


def of_scale(scale: int) -> str:
    """Say what a target was divided by."""
    return "" if scale == 1 else f" ({AT_MOST:g} s, divided like the leases by {scale})"


def shrink(scale: int) -> None:
    """Divide the lease and all that is counted beside it by the same number, in this process."""
    claims.LEASE /= scale
    claims.LEAST_LEASE /= scale
    sweep.READ_BACK_AFTER /= scale
    sweep.READ_BACK_EVERY /= scale
    drain.SWEEP_EVERY /= scale
    drain.SEND_WITHIN /= scale


async def seconds_until_resumed(scale: int) -> tuple[float, float]:
    """Return when the first and the last of the dead one's messages were said, after the kill."""
    channel = Watching()
    worker = drain.Drain(channel)
    victim = process.start(
        [sys.executable, "-m", "tests.benchmarks.victim", str(scale)],
        Path(settings.VAR_DIR) / "victim.log",
        os.environ,
        append=False,
    )
    try:
        await until(lambda: Delivery.objects.filter(state=State.SENDING).count() == HELD)
        running = asyncio.create_task(worker.run())
        os.kill(victim.pid, signal.SIGKILL)
        killed = time.monotonic()
        await until(lambda: Delivery.objects.filter(state=State.SENT).count() == HELD)
        worker.stop()
        await running
    finally:
        process.end(victim, signal.SIGKILL)
        victim.wait()
    return channel.at[0] - killed, channel.at[-1] - killed


async def until(true: Callable[[], bool], within: float = 90) -> None:
    """Wait until a question to the database is answered with yes."""
    async with asyncio.timeout(within):
        while not await call(true):  # noqa: ASYNC110  another process writes it
            await asyncio.sleep(0.1)
