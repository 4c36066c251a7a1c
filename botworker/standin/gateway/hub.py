"""The sessions of connected bots: who hears what, and what a resumed one has missed."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import deque
from dataclasses import dataclass, field

from botworker.standin.world import Json

from . import intents

REMEMBERED = 5000
RESUMABLE = 300.0
DISPATCH = 0


@dataclass(slots=True)
class Close:
    """Ends a connection with a code, instead of a frame."""

    code: int


Outbox = asyncio.Queue[str | Close]


@dataclass(slots=True)
class Session:
    """One identified bot; it outlives its connection so that it can be resumed."""

    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    seq: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    outbox: Outbox | None = None
    left: float = 0.0

    def tell(self, name: str, data: Json) -> None:
        self.seq += 1
        frame = encode({"op": DISPATCH, "t": name, "s": self.seq, "d": data})
        self.sent.append((self.seq, frame))
        if self.outbox:
            self.outbox.put_nowait(frame)

    def missed(self, seq: int) -> list[str]:
        return [frame for number, frame in self.sent if number > seq]

    def can_resume(self, seq: int) -> bool:
        oldest = self.sent[0][0] if self.sent else 1
        return oldest - 1 <= seq <= self.seq


class Hub:
    """All sessions since the stand-in started, and how often a bot identified."""

    def __init__(self, bot_id: int) -> None:
        self.bot_id = str(bot_id)
        self.sessions: dict[str, Session] = {}
        self.identifies = 0

    @property
    def connected(self) -> list[Session]:
        return [one for one in self.sessions.values() if one.outbox]

    def add(self, session: Session) -> None:
        """Keep a session, and forget those that nobody resumed in time."""
        oldest = time.monotonic() - RESUMABLE
        kept = {key: one for key, one in self.sessions.items() if one.outbox or one.left > oldest}
        self.sessions = {**kept, session.id: session}

    def tell(self, name: str, data: Json, needed: int = intents.ALWAYS) -> None:
        """Send an event to every session that asked for it, also to one that is away now."""
        for session in self.sessions.values():
            if intents.wants(session.intents, needed):
                session.tell(name, intents.without_content(data, self.bot_id, session.intents))

    def close_all(self, code: int) -> None:
        """End every connection with this close code."""
        for session in self.connected:
            if session.outbox:
                session.outbox.put_nowait(Close(code))


def encode(payload: Json) -> str:
    """Write a gateway frame."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
