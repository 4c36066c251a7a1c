"""How often a bot may identify: 1,000 in a day, and where limits are on one in five seconds.

https://discord.com/developers/docs/events/gateway#session-start-limit-object
"""

from __future__ import annotations

import time

from botworker.standin.world import Json

TOTAL, DAY = 1000, 86_400.0
CONCURRENCY, APART = 1, 5.0


class Starts:
    """Counts IDENTIFYs. `strict` refuses one that follows too soon, as Discord does."""

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.taken = 0
        self._began = 0.0
        self._last: dict[int, float] = {}

    def take(self, shard: int = 0, at: float | None = None) -> bool:
        """Count one; False when it comes within five seconds of the one before."""
        now = time.monotonic() if at is None else at
        if not self.taken or now - self._began >= DAY:
            self._began, self.taken = now, 0
        self.taken += 1
        key = shard % CONCURRENCY
        early = now - self._last.get(key, -APART) < APART
        self._last[key] = now
        return not (self.strict and early)

    @property
    def used_up(self) -> bool:
        """Say whether the day's budget is spent: then Discord resets the bot's token."""
        return self.taken > TOTAL

    def to_json(self, at: float | None = None) -> Json:
        """Give the session start limit, as GET /gateway/bot tells it."""
        now = time.monotonic() if at is None else at
        over = not self.taken or now - self._began >= DAY
        left = TOTAL if over else max(0, TOTAL - self.taken)
        wait = 0 if over else round((self._began + DAY - now) * 1000)
        return {
            "total": TOTAL,
            "remaining": left,
            "reset_after": wait,
            "max_concurrency": CONCURRENCY,
        }
