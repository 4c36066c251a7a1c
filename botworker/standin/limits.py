"""Rate limits as Discord has them.

https://discord.com/developers/docs/topics/rate-limits: 50 requests a second for the bot, a window for
each route and its major parameter (channel, server, or webhook with its token), and after 10,000
refused requests in ten minutes a ban by Cloudflare. The true windows of the routes are told in
headers only and change; these are those that bots meet.
"""

from __future__ import annotations

import time
import zlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

MAJOR = ("channel", "guild", "application", "token")
INTERACTIONS = ("/interactions/", "/webhooks/")
NO_GLOBAL_LIMIT = (*INTERACTIONS, "/oauth2/")
SWEEP = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot may ask: of everything, and of one route in one place.

    `per_other` is for routes that have no window of their own here; it only makes them tell one.
    """

    per_second: int = 50
    per_channel: int = 5
    window: float = 1.0
    per_webhook: int = 5
    webhook_window: float = 2.0
    per_reaction: int = 1
    reaction_window: float = 0.25
    per_other: int = 50
    other_window: float = 1.0
    invalid: int = 10_000
    invalid_window: float = 600.0
    ban: float = 3600.0

    def of(self, method: str, route: str) -> tuple[int, float]:
        """Give how many requests a route takes in how many seconds."""
        if route.startswith(INTERACTIONS):
            return self.per_webhook, self.webhook_window
        if "/reactions" in route and method != "GET":
            return self.per_reaction, self.reaction_window
        if route.startswith("/channels/"):
            return self.per_channel, self.window
        return self.per_other, self.other_window


@dataclass(frozen=True, slots=True)
class Grant:
    """What a window says to one request."""

    allowed: bool
    limit: int
    remaining: int
    reset_after: float

    def headers(self, route: str) -> dict[str, str]:
        """Say it as Discord does, with every answer; `route` has its method before it."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": f"{time.time() + self.reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": bucket(route),
        }


@lru_cache(maxsize=500)
def bucket(route: str) -> str:
    """Give the name of a route's bucket, which is the same in every channel."""
    return f"{zlib.crc32(route.encode()):032x}"


def major(path: Mapping[str, str]) -> str:
    """Give what separates the windows of one route."""
    return " ".join(path[name] for name in MAJOR if name in path)


class Windows:
    """Counts requests in fixed windows, one window a key, and what was refused."""

    def __init__(self) -> None:
        self.now = time.monotonic
        self.invalid = Invalid()
        self._open: dict[str, tuple[float, int]] = {}

    def take(self, key: str, limit: int, seconds: float) -> Grant:
        """Count one request, if the window has room for it."""
        now = self.now()
        ends, used = self._open.get(key, (0.0, 0))
        if now >= ends:
            ends, used = now + seconds, 0
        allowed = used < limit
        self._open[key] = (ends, used + allowed)
        if len(self._open) > SWEEP:
            self._open = {one: kept for one, kept in self._open.items() if kept[0] > now}
        return Grant(allowed, limit, max(0, limit - used - 1), max(0.001, round(ends - now, 3)))


@dataclass(slots=True)
class Invalid:
    """What was answered with 401, 403 or 429 lately; a shared limit does not count."""

    times: deque[float] = field(default_factory=deque)
    banned_until: float = 0.0

    def note(self, now: float, limits: Limits) -> None:
        """Count one; the one too many ends in a ban."""
        self.times.append(now)
        if self.lately(now, limits.invalid_window) >= limits.invalid:
            self.banned_until = now + limits.ban
            self.times.clear()

    def lately(self, now: float, window: float) -> int:
        """Count those within the window."""
        while self.times and self.times[0] <= now - window:
            self.times.popleft()
        return len(self.times)

    def forgive(self) -> None:
        """End a ban and forget what led to it."""
        self.times.clear()
        self.banned_until = 0.0
