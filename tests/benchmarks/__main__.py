"""python -m tests.benchmarks: how fast the ledger is drained, as JSON. Real rows, a real file.

The same two hundred reminders twice: into a channel that answers at once and without a limit, which
is what the ledger costs, and into one that answers like Discord, at the pace that Discord allows.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

PEOPLE = 200
ANSWERS_AFTER = 0.08  # seconds; about what Discord takes


def main() -> None:
    """Measure on a database of our own, whatever the environment says."""
    with tempfile.TemporaryDirectory(prefix="slomix-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "slomix.settings",
            "SLOMIX_ENV_FILE": os.devnull,
            "SLOMIX_VAR": folder,
            "DATABASE_URL": os.environ.get("DEV_DATABASE_URL", ""),
            "REDIS_URL": "",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        found = {"people": PEOPLE, **measure()}
        json.dump(found, sys.stdout, indent=1)
        sys.stdout.write("\n")


def measure() -> dict[str, Any]:
    """Drain twice and compare."""
    from django.conf import settings
    from django.db import connection

    from botworker import pacing

    people = crowd()
    like_discord = asyncio.run(drain(people, "like Discord", ANSWERS_AFTER))
    settings.DISCORD_REQUESTS_PER_SECOND = pacing.BURST = 1_000_000
    alone = asyncio.run(drain(people, "alone", 0))
    return {"database": connection.vendor, "ledger alone": alone, "like Discord": like_discord}


def crowd() -> list[Any]:
    """Make people who want to be reminded."""
    from tests import make

    return [make.person(f"player {number}", opted_in=True) for number in range(PEOPLE)]


def promise(people: list[Any], name: str) -> datetime:
    """Write a reminder for everybody, due now."""
    from botworker import outbox
    from botworker.outbox import Event, Message

    due_at = datetime.now(UTC)
    event = Event(f"BENCH:{name}", "reminder", due_at, due_at + timedelta(minutes=10))
    messages = [
        Message(outbox.recipient_of(one.discord.discord_id), "Game night at 21:00.", one.pk)
        for one in people
    ]
    outbox.enqueue(messages, event, at=due_at, planned=False)
    return due_at


async def drain(people: list[Any], name: str, answers_after: float) -> dict[str, float]:
    """Say everything, and tell how long it took and how late the messages were."""
    from botworker.channels import Said
    from botworker.channels.memory import MemoryChannel
    from botworker.claims import Job
    from botworker.drain import Drain
    from slomix.lib.bridge import call

    class Answering(MemoryChannel):
        """Answers like Discord does: after a while."""

        def __init__(self) -> None:
            super().__init__()
            self.at: list[float] = []
            self.done = asyncio.Event()

        async def send(self, job: Job) -> Said:
            await asyncio.sleep(answers_after)
            self.at.append(time.monotonic())
            if len(self.at) == len(people):
                self.done.set()
            return await super().send(job)

    await call(promise, people, name)
    channel, began = Answering(), time.monotonic()
    worker = Drain(channel)
    running = asyncio.create_task(worker.run())
    await channel.done.wait()
    worker.stop()
    await running
    late = sorted(one - began for one in channel.at)
    return {
        "messages_per_s": round(len(late) / late[-1], 1),
        "all_said_after_s": round(late[-1], 2),
        "median_s": round(statistics.median(late), 2),
    }


if __name__ == "__main__":
    main()
