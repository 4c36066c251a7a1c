"""When the evening is, as the site and the bot were told it; the stand-in only shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Times:
    """The wall times of reminder and start, and the evening's zone."""

    zone: ZoneInfo
    reminder: time
    start: time

    def today(self, wall: time, now: datetime) -> datetime:
        """Give when a wall time is on the evening's own today."""
        return datetime.combine(now.astimezone(self.zone).date(), wall, self.zone)
