"""Labels that say a date or a time of day, in English and Slovene. Pure: the day is passed in.

Whatever reads as neither is free text, and as good as any other label.
"""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from availability import grammar
from slomix.lib import clock

TWELVE = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))? ?(?P<half>[ap])\.?m\.?")
BEFORE = re.compile(r"^(?:at|from|ob|od) ")
AFTER = re.compile(r" ?(?:h|hrs|uri|o'clock)$")


def date_of(label: str, *, today: date) -> date | None:
    """Read a day: “Fri 20.11.”, “2026-11-24”, “20 November”, “petek”, “tomorrow”; else None.

    `today` is the date in the server's zone. Without a year it is the nearest one; a weekday is the
    next one, today included; a weekday that does not fit its date is free text.
    """
    return grammar.day_of(label, today=today)


def wall_of(label: str) -> time | None:
    """Read a time of day: “20:00”, “20.00”, “ob 20.00”, “20h”, “8 pm”, “21”; else None."""
    text = BEFORE.sub("", grammar.folded(" ".join(label.split())))
    if found := TWELVE.fullmatch(text):
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            return None
        return time(hour % 12 + (12 if found["half"] == "p" else 0), minute)
    return grammar.time_of(text) or grammar.time_of(AFTER.sub("", text))


def instant(day: date | None, wall: time | None, zone: ZoneInfo) -> datetime | None:
    """Return when a slot begins (UTC), where both its day and its time say so; true over DST."""
    return clock.instant(day, wall, zone) if day and wall is not None else None
