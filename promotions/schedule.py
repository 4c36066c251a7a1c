"""When a call says what, and until when it is worth saying. Pure: the times are passed in."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from botworker.outbox import Event

FOLLOW_UP = "follow_up"
START_LASTS = timedelta(minutes=10)
FOLLOW_UP_LASTS = timedelta(minutes=20)
SUMMARY_LASTS = timedelta(minutes=10)
LONGEST_LEAD = timedelta(minutes=3)
# A job is ready this long before its time, so that its rows wait for the second and not for us.
READY_BEFORE = timedelta(minutes=2)
# Until then a promoter may still add whoever answered since.
ADD_UNTIL = timedelta(minutes=2)


@dataclass(frozen=True)
class Slot:
    """One thing a call says: its kind, its key in the ledger, when, and until when."""

    day: date
    kind: str
    event_key: str
    due_at: datetime
    expires_at: datetime

    def renamed(self, event_key: str) -> "Slot":
        """Return the same under another key."""
        return replace(self, event_key=event_key)

    @property
    def event(self) -> Event:
        """The same as the ledger knows it."""
        return Event(self.event_key, self.kind, self.due_at, self.expires_at, self.day)

    def in_time(self, at: datetime) -> bool:
        """Say whether a call may still promise it at `at`: a drain has the time to send it."""
        return self.event.in_time(at)


def slots(day: date, *, reminder_at: datetime, start_at: datetime) -> tuple[Slot, Slot]:
    """Return an evening's reminder and start.

    The reminder is worth nothing shortly before the start: it ends three minutes before, or a
    fifth of the gap where the gap is short. The start ends ten minutes after its time.
    """
    lead = min(LONGEST_LEAD, (start_at - reminder_at) / 5)
    return (
        Slot(day, "reminder", f"PROMOTE:T-15:{day}", reminder_at, start_at - lead),
        Slot(day, "start", f"PROMOTE:T0:{day}", start_at, start_at + START_LASTS),
    )


def summary(day: date, *, start_at: datetime, at: datetime) -> Slot | None:
    """Return the summary that goes into the channel at `at`; None before the start and once even
    the latest one, twenty minutes after it, would be over."""
    due_at = min(at, start_at + FOLLOW_UP_LASTS)
    slot = Slot(day, "summary", f"PROMOTE:SUMMARY:{day}", due_at, due_at + SUMMARY_LASTS)
    return slot if start_at <= at and slot.in_time(at) else None


def follow_up(day: date, *, start_at: datetime, delay: timedelta) -> Slot:
    """Return the word to the missing: `delay` after the start, over twenty minutes after it."""
    key = f"PROMOTE:FOLLOWUP:{day}"
    return Slot(day, FOLLOW_UP, key, start_at + delay, start_at + FOLLOW_UP_LASTS)
