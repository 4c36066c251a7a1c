"""One identified bot: what it asked for, and what it was told lately."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field

from botworker.standin.world import Json

# A resumed session gets what it missed, up to so many events and bytes.
MOST_EVENTS, MOST_BYTES = 5000, 8_000_000
DISPATCH = 0


@dataclass(slots=True)
class Close:
    """Ends a connection with a code, instead of a frame."""

    code: int


class Outbox:
    """What waits to be sent over one connection. A queue would wake somebody for each frame."""

    def __init__(self) -> None:
        self._waiting: list[str | Close] = []
        self._news = asyncio.Event()

    def put_nowait(self, one: str | Close) -> None:
        self._waiting.append(one)
        if len(self._waiting) == 1:
            self._news.set()

    async def take(self) -> list[str | Close]:
        """Wait for something to send, and take all there is."""
        await self._news.wait()
        self._news.clear()
        taken, self._waiting = self._waiting, []
        return taken


@dataclass(slots=True)
class Session:
    """It outlives its connection so that it can be resumed."""

    intents: int
    shard: tuple[int, int] = (0, 1)
    large: int = 50
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    seq: int = 0
    # Number, name and body of each event; the body is shared by all sessions.
    sent: deque[tuple[int, str, str]] = field(default_factory=deque)
    kept: int = 0
    outbox: Outbox | None = None
    left: float = 0.0

    def tell(self, name: str, data: Json) -> None:
        """Send an event to this session alone."""
        self.hand_over(name, dumps(data))

    def hand_over(self, name: str, body: str) -> None:
        """Send an event whose data is written already."""
        self.seq += 1
        self._keep(name, body)
        if self.outbox:
            self.outbox.put_nowait(event(self.seq, name, body))

    def _keep(self, name: str, body: str) -> None:
        self.sent.append((self.seq, name, body))
        self.kept += len(body)
        while len(self.sent) > MOST_EVENTS or self.kept > MOST_BYTES:
            self.kept -= len(self.sent.popleft()[2])

    def missed(self, seq: int) -> list[str]:
        """Give the frames after this one."""
        return [event(number, name, body) for number, name, body in self.sent if number > seq]

    def can_resume(self, seq: int) -> bool:
        """Say whether nothing after this event is forgotten."""
        oldest = self.sent[0][0] if self.sent else self.seq + 1
        return oldest - 1 <= seq <= self.seq

    def serves(self, guild: str | None) -> bool:
        """Say whether a guild's events come to this shard; DMs come to the first."""
        number, count = self.shard
        return (int(guild) >> 22) % count == number if guild else number == 0


def event(seq: int, name: str, body: str) -> str:
    """Write the frame of an event around its body."""
    return f'{{"op":{DISPATCH},"t":"{name}","s":{seq},"d":{body}}}'


def frame(op: int, data: object) -> str:
    """Write any other frame."""
    return dumps({"op": op, "d": data, "s": None, "t": None})


def dumps(data: object) -> str:
    """Write JSON as the gateway does."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
