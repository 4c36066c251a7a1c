"""Promptness: how long after its time the first message of an evening is accepted.

A drain runs and looks; the evenings are due at instants spread over all phases of a second.
"""

import asyncio
import math
import statistics
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from botworker.channels import Said
from botworker.channels.memory import MemoryChannel
from botworker.claims import Job
from botworker.drain import Drain
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.benchmarks import crowd

EVENINGS = {"toy": 5, "moderate": 50, "full": 50}
PEOPLE = 5
AHEAD = timedelta(seconds=1.5)
# A drain looks every quarter of a second, counted from its last work. The gaps go evenly over one
# more such quarter, so the times meet every phase of it.
LOOKS_EVERY = 0.25
GOLDEN = 0.618
AT_MOST = 1.0


class Watching(MemoryChannel):
    """Keeps when each message was accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted: dict[int, datetime] = {}

    async def send(self, job: Job) -> Said:
        said = await super().send(job)
        self.accepted[job.delivery_id] = clock.now()
        return said


def measure(size: str) -> dict[str, Any]:
    """Promise small evenings ahead of their time and watch a running drain say them."""
    evenings = EVENINGS[size]
    late = asyncio.run(lateness(crowd.people(PEOPLE), evenings))
    firsts = sorted(min(one) for one in late)
    p99 = firsts[math.ceil(0.99 * len(firsts)) - 1]
    return {
        "evenings": evenings,
        "people_each": PEOPLE,
        "first_after_s": {
            "least": round(firsts[0], 3),
            "median": round(statistics.median(firsts), 3),
            "p99": round(p99, 3),
        },
        "target": f"first message at most {AT_MOST:g} s after its time (p99), never before it",
        "holds": p99 <= AT_MOST and firsts[0] >= 0,
    }


def times(evenings: int) -> list[timedelta]:
    """Return when the evenings are, counted from the first one."""
    gaps = [LOOKS_EVERY * (1 + number * GOLDEN % 1) for number in range(evenings)]
    return [timedelta(seconds=sum(gaps[:number])) for number in range(evenings)]


async def lateness(people: list[User], evenings: int) -> list[list[float]]:
    """Return, evening by evening, how many seconds after its time each message was accepted."""
    channel = Watching()
    worker = Drain(channel)
    running = asyncio.create_task(worker.run())
    # A new connection and the first sweep are the start of a process, not an evening.
    await asyncio.sleep(0.5)
    begin = datetime.now(UTC) + AHEAD
    due = [begin + after for after in times(evenings)]
    rows = [await _promised(people, number, at) for number, at in enumerate(due)]
    expected = evenings * len(people)
    async with asyncio.timeout((due[-1] - datetime.now(UTC)).total_seconds() + 60):
        while len(channel.accepted) < expected:  # noqa: ASYNC110  nobody tells us
            await asyncio.sleep(0.05)
    worker.stop()
    await running
    accepted = channel.accepted
    return [[(accepted[pk] - at).total_seconds() for pk in pks] for pks, at in rows]


async def _promised(
    people: list[User], number: int, due_at: datetime
) -> tuple[list[int], datetime]:
    said = crowd.event(f"evening {number}", due_at)
    await call(crowd.promise, people, said)
    return await call(crowd.ids, said), due_at
