"""Rate limits with Discord's windows: one for the bot, one for each route and channel."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot may ask: a second for everything, a window for each channel route."""

    per_second: int = 50
    per_channel: int = 5
    window: float = 1.0


@dataclass(frozen=True, slots=True)
class Grant:
    """What a window says to one request."""

    allowed: bool
    limit: int
    remaining: int
    reset_after: float


class Windows:
    """Counts requests in fixed windows, one window a key."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[float, int]] = {}

    def take(self, key: str, limit: int, seconds: float) -> Grant:
        now = time.monotonic()
        ends, used = self._open.get(key, (0.0, 0))
        if now >= ends:
            ends, used = now + seconds, 0
        allowed = used < limit
        self._open[key] = (ends, used + allowed)
        return Grant(allowed, limit, max(0, limit - used - 1), round(ends - now, 3))
