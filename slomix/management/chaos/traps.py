"""Where a drain dies: its own verbs, wrapped in its process before it runs.

The product has no switch for this; only processes that `chaos.drain` starts are wrapped.
"""

import json
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp.http_writer import StreamWriter
from django.db import transaction

from botworker import claims
from botworker.channels import ChannelError, Verdict
from botworker.channels.discord import DiscordChannel
from botworker.channels.signal import SignalChannel
from botworker.channels.telegram import TelegramChannel
from slomix.lib import clock
from slomix.management.chaos.verbs import settling

ACTIONS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


@dataclass
class Trap:
    """Ends (kill) or stops this process when it passes a boundary for the nth time."""

    boundary: str
    nth: int
    action: str
    tell: int  # a file that hears of it first
    name: str

    def passing(self, boundary: str) -> None:
        """Go on, or do not."""
        if self.about_to(boundary):
            self.spring()

    def about_to(self, boundary: str) -> bool:
        """Count a passage; say whether it is the one."""
        if boundary != self.boundary:
            return False
        self.nth -= 1
        return self.nth == 0

    def spring(self) -> None:
        """Say where it happens, and let it happen."""
        what = {"event": "trap", "name": self.name, "boundary": self.boundary}
        line = json.dumps(what | {"action": self.action}) + "\n"
        os.write(self.tell, line.encode())
        os.kill(os.getpid(), ACTIONS[self.action])
        # Another thread may have been chosen to take the signal: it must not happen further on.
        time.sleep(0.05)


def lay(trap: Trap) -> None:
    """Wrap the verbs that the trap's boundary lies at."""
    _around_claim(trap)
    _around_begin(trap)
    _around_send(trap)
    _around_settle(trap)
    _around_refusals(trap)
    _around_the_wire(trap)


def _around_claim(trap: Trap) -> None:
    original = claims.claim

    def claim(channel: str, **how: Any) -> list[claims.Job]:
        if claims.waiting(channel, clock.now()).exists():
            trap.passing("before claim")
        claimed = original(channel, **how)
        if claimed:
            trap.passing("after claim")
        return claimed

    claims.claim = claim


def _around_begin(trap: Trap) -> None:
    original = claims.begin

    def begin(jobs: Iterable[claims.Job], **how: Any) -> list[claims.Job]:
        begun = original(jobs, **how)
        if begun:
            trap.passing("after intent")
        return begun

    claims.begin = begin


def _around_send(trap: Trap) -> None:
    original = DiscordChannel.send

    async def send(self: DiscordChannel, job: claims.Job) -> Any:
        said = await original(self, job)
        trap.passing("after response")
        return said

    DiscordChannel.send = send  # type: ignore[method-assign]


def _around_refusals(trap: Trap) -> None:
    """Between the definite refusal of one channel and the words on the next one."""
    for channel in (DiscordChannel, TelegramChannel, SignalChannel):
        _around_refusal(trap, channel)
    original = settling._permanent

    def _permanent(job: claims.Job, refusal: Any, at: Any) -> None:
        original(job, refusal, at)
        trap.passing("before fallback")
        transaction.on_commit(lambda: trap.passing("after fallback"))

    settling.FOLLOWS[Verdict.PERMANENT] = _permanent


def _around_refusal(trap: Trap, channel: Any) -> None:
    original = channel.send

    async def send(self: Any, job: claims.Job) -> Any:
        try:
            return await original(self, job)
        except ChannelError as refused:
            if refused.refusal.verdict is Verdict.PERMANENT:
                trap.passing("after refusal")
            raise

    channel.send = send


def _around_settle(trap: Trap) -> None:
    original = settling.settle

    def settle(results: Iterable[Any], **how: Any) -> None:
        with transaction.atomic():
            original(results, **how)
            trap.passing("before commit")
        trap.passing("after commit")

    settling.settle = settle


def _around_the_wire(trap: Trap) -> None:
    write, writelines, write_eof = (
        StreamWriter._write,
        StreamWriter._writelines,
        StreamWriter.write_eof,
    )

    def _write(self: StreamWriter, chunk: Any) -> None:
        _pass_on(trap, self, bytes(chunk), lambda: write(self, chunk))

    def _writelines(self: StreamWriter, chunks: Iterable[Any]) -> None:
        parts = list(chunks)
        _pass_on(trap, self, b"".join(map(bytes, parts)), lambda: writelines(self, parts))

    async def eof(self: StreamWriter, chunk: bytes = b"") -> None:
        await write_eof(self, chunk)
        if getattr(self, "says_something", False):
            trap.passing("before response")

    StreamWriter._write = _write  # type: ignore[method-assign]
    StreamWriter._writelines = _writelines  # type: ignore[method-assign]
    StreamWriter.write_eof = eof  # type: ignore[method-assign]


def _pass_on(trap: Trap, writer: StreamWriter, data: bytes, go_on: Callable[[], None]) -> None:
    if not data.startswith(b"POST ") or b"/messages HTTP/1.1" not in data[:120]:
        go_on()
        return
    writer.says_something = True  # type: ignore[attr-defined]
    if trap.about_to("mid-write") and writer.transport:
        writer.transport.write(data[: len(data) // 2])
        trap.spring()
        # Only who was stopped, not killed, gets here: the rest follows late.
        writer.transport.write(data[len(data) // 2 :])
        return
    go_on()


Wrapped = Callable[..., Awaitable[Any]]
