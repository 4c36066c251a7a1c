"""The negative controls: one part of the protocol switched off, in this process alone.

Without any one of them people would hear things twice or the ledger would lie; a run that stays
green without it proves nothing.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from botworker import claims, conditions
from botworker.channels import Said
from botworker.channels.discord import DiscordChannel
from botworker.claims import Job
from slomix.lib import clock
from slomix.management.chaos.ledger import fence_of
from slomix.management.chaos.verbs import settling


def no_nonce() -> None:
    """Let every try have a nonce of its own."""
    original = claims.job_of

    def job_of(row: Any) -> Job:
        return replace(original(row), nonce=secrets.token_hex(12))

    claims.job_of = job_of


def no_read_back() -> None:
    """Believe without looking that an unclear message did not arrive."""

    async def find(self: DiscordChannel, job: Job) -> Said | None:
        return None

    DiscordChannel.find = find  # type: ignore[method-assign]


def no_fence() -> None:
    """Settle on whatever fence the row has by now."""
    original = settling.settle

    def settle(results: Iterable[tuple[Job, Any]], *, at: datetime) -> None:
        unfenced = [(replace(job, fence=fence_of(job.delivery_id)), one) for job, one in results]
        original(unfenced, at=at)

    settling.settle = settle


def no_look() -> None:
    """Ask without looking who is in voice."""
    conditions.judge = lambda extras, *_facts: conditions.Verdict(body=extras["missing"])


OFF: dict[str, Callable[[], None]] = {
    "look": no_look,
    "nonce": no_nonce,
    "read-back": no_read_back,
    "fence": no_fence,
}


def wrong_clock(seconds: float) -> None:
    """Let this process believe that it is some seconds later (or earlier)."""
    original, step = clock.now, timedelta(seconds=seconds)

    def now() -> datetime:
        return original() + step

    clock.now = now
