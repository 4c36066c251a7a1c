"""Telegram's limits: a message a second in a chat, with short bursts, and thirty over all.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import math
import time
from collections.abc import Callable

PER_CHAT, BURST = 1.0, 3.0
OVERALL = 30.0


class Pace:
    """Counts down what each chat, and all of them together, may still be sent."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: dict[int, tuple[float, float]] = {}

    def take(self, chat: int) -> int:
        """Take one message; 0, or the seconds to wait when it is one too many."""
        waits = [self._missing(0, OVERALL, OVERALL), self._missing(chat, PER_CHAT, BURST)]
        if any(waits):
            return max(1, math.ceil(max(waits)))
        for key in (0, chat):
            left, at = self._left[key]
            self._left[key] = (left - 1, at)
        return 0

    def _missing(self, key: int, rate: float, most: float) -> float:
        now = self._clock()
        left, at = self._left.get(key, (most, now))
        left = min(most, left + (now - at) * rate)
        self._left[key] = (left, now)
        return 0.0 if left >= 1 else (1 - left) / rate
