"""Discord's ids: 42 bits of milliseconds since 2015, then 22 bits we use as a counter."""

import time
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000
YEAR_MS = 365 * 24 * 3600 * 1000


class Snowflakes:
    """Hands out ids that carry the time and only ever grow."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last = max(self.last + 1, at_ms(time.time() * 1000))
        return self.last

    def seen(self, snowflake: int) -> None:
        """Never hand out this id, or an earlier one, again.

        One that is years ahead was made up for the world, such as a bot's own role; what follows
        keeps the time all the same.
        """
        if snowflake < at_ms(time.time() * 1000 + YEAR_MS):
            self.last = max(self.last, snowflake)


def at_ms(unix_ms: float) -> int:
    """Give the smallest id of that millisecond."""
    return (int(unix_ms) - EPOCH_MS) << 22


def seconds_since(snowflake: int) -> float:
    """Say how old an id is."""
    return time.time() - ((snowflake >> 22) + EPOCH_MS) / 1000


def now_text() -> str:
    """Write the time as Discord does in its messages."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
