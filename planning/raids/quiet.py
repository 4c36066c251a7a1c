"""When a raid that nobody ended ends by itself. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from slomix.lib import clock

# Without a date: so long after anybody last did something about it.
SILENCE = timedelta(hours=168)
# Its maker is asked so long before it ends.
NOTICE = timedelta(days=1)
# With dates: at noon of the second day after the last one. So nobody is asked at midnight, while they
# still play.
DAYS_AFTER = 2
NOON = time(12)


@dataclass(frozen=True)
class Life:
    """What decides how long an open raid lives."""

    last_activity_at: datetime
    zone: ZoneInfo
    last_day: date | None = None
    goes_on_until: datetime | None = None
    # The end that its maker was told.
    asked_for: datetime | None = None

    @property
    def closes_at(self) -> datetime:
        """When it would end: by its last planned day, without one by the last activity."""
        if self.last_day:
            after = self.last_day + timedelta(days=DAYS_AFTER)
            ends = clock.instant(after, NOON, self.zone)
        else:
            ends = self.last_activity_at + SILENCE
        return max(ends, self.goes_on_until) if self.goes_on_until else ends

    def to_ask(self, at: datetime) -> datetime | None:
        """Return the end to tell its maker now; None: they were told, or it is not time.

        Nobody has less than a day to answer, also when the bot was away on the day to ask.
        """
        ends = self.closes_at
        if at < ends - NOTICE or (self.asked_for is not None and self.asked_for >= ends):
            return None
        return max(ends, at + NOTICE)

    def is_over(self, at: datetime) -> bool:
        """Its maker was asked and the end they were told has come; activity since puts it off."""
        told = self.asked_for
        return told is not None and told <= at and self.closes_at <= at
