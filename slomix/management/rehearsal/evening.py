"""When and where the rehearsed evening is: soon, in a zone where it is evening now. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# In every hour of the day it is evening in one of them; ours comes first.
ZONES = tuple(
    ZoneInfo(name)
    for name in (
        *("Europe/Ljubljana", "Atlantic/Azores", "America/Sao_Paulo", "America/New_York"),
        *("America/Denver", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Auckland"),
        *("Pacific/Noumea", "Asia/Tokyo", "Asia/Bangkok", "Asia/Kolkata", "Asia/Dubai"),
    )
)
EARLIEST, LATEST = time(18), time(21, 50)
LEAD = timedelta(seconds=75)  # to boot, sign in, look and confirm before the reminder
GAP = timedelta(seconds=75)
# The check comes when bot and worker, killed at the start, have been back for a while.
CHECK_AFTER = timedelta(seconds=90)


@dataclass(frozen=True)
class Evening:
    """A zone and the two instants of its evening, on whole seconds."""

    zone: ZoneInfo
    reminder_at: datetime
    start_at: datetime

    def wall(self, at: datetime) -> str:
        """Write an instant as this zone's clock shows it."""
        return f"{at.astimezone(self.zone):%H:%M:%S}"

    @property
    def begins_at(self) -> datetime:
        """When the system is started."""
        return self.reminder_at - LEAD

    @property
    def check_at(self) -> datetime:
        """When somebody looks who is missing."""
        return self.start_at + CHECK_AFTER

    @property
    def day(self) -> str:
        """The evening's date, as keys and URLs carry it."""
        return self.start_at.astimezone(self.zone).date().isoformat()

    @property
    def environment(self) -> dict[str, str]:
        """The settings that move a system to this evening."""
        return {
            "AVAILABILITY_PROMOTION_TIMEZONE": self.zone.key,
            "AVAILABILITY_PROMOTION_REMINDER_TIME": self.wall(self.reminder_at),
            "AVAILABILITY_PROMOTION_START_TIME": self.wall(self.start_at),
            "AVAILABILITY_POLL_TIMEZONE": "",
            "AVAILABILITY_VOICE_CHECK_DELAY_SECONDS": f"{CHECK_AFTER.total_seconds():.0f}",
        }


class Midnight(Exception):
    """The evening would not end on the day on which it begins; the text says where."""


def soon(now: datetime, zone: ZoneInfo | None = None) -> Evening:
    """Return an evening that begins in two and a half minutes, the same for the same instant.

    It is in `zone`, or in one where it is evening now. Raises Midnight where it is nearly that.
    """
    reminder_at = now.replace(microsecond=0) + LEAD
    night = Evening(zone or zone_of(now), reminder_at, reminder_at + GAP)
    if now.astimezone(night.zone).date() != night.check_at.astimezone(night.zone).date():
        raise Midnight(f"it is nearly midnight in {night.zone.key}; wait a little, or name another")
    return night


def zone_of(now: datetime) -> ZoneInfo:
    """Return the first zone in which it is between 18:00 and 21:50."""
    return next(zone for zone in ZONES if EARLIEST <= now.astimezone(zone).time() <= LATEST)
