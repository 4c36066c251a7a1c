"""The ledger alone: what one drain writes in a second when the provider answers at once.

From the first claim to the last row settled: claim, look again, attempt, answer, settle.
"""

import asyncio
import statistics
import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.models import User
from botworker import pacing
from botworker.channels import Said
from botworker.channels.memory import MemoryChannel
from botworker.claims import Job
from botworker.drain import Drain
from botworker.models import Delivery, State
from slomix.lib.bridge import call
from tests.benchmarks import crowd

RUNS = 3
PEOPLE = {"toy": 30, "moderate": 500, "full": 1000}
AT_LEAST = {"postgresql": 300, "sqlite": 150}


class Counting(MemoryChannel):
    """Answers at once, and knows when everybody has heard."""

    def __init__(self, expected: int) -> None:
        super().__init__()
        self.expected, self.heard = expected, 0
        self.done = asyncio.Event()

    async def send(self, job: Job) -> Said:
        """Take the message. (The memory looks its place up in a list: that is not our time.)"""
        self.heard += 1
        if self.heard == self.expected:
            self.done.set()
        return Said(channel_id=1, message_id=self.heard)


def measure(size: str) -> dict[str, Any]:
    """Drain a few evenings without any limit."""
    settings.DISCORD_REQUESTS_PER_SECOND = pacing.BURST = 1_000_000
    people = crowd.people(PEOPLE[size])
    rates = [asyncio.run(drained(people, f"run {number}")) for number in range(RUNS)]
    rate, least = statistics.median(rates), AT_LEAST[connection.vendor]
    return {
        "people": len(people),
        "deliveries_per_s": round(rate, 1),
        "runs": [round(one, 1) for one in rates],
        "target": f"at least {least} deliveries/s from one drain, ledger included",
        "holds": rate >= least,
    }


async def drained(people: list[User], name: str) -> float:
    """Say one thing to everybody; return how many rows were settled in a second."""
    said = crowd.event(name, datetime.now(UTC))
    await call(crowd.promise, people, said)
    channel = Counting(len(people))
    worker = Drain(channel)
    began = time.monotonic()
    running = asyncio.create_task(worker.run())
    await channel.done.wait()
    worker.stop()
    await running
    seconds = time.monotonic() - began
    sent = await Delivery.objects.filter(event_key=said.key, state=State.SENT).acount()
    if sent != len(people):
        raise RuntimeError(f"{sent} of {len(people)} rows are settled as sent")
    return sent / seconds
