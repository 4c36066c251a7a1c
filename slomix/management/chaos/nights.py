"""F8: wall times, zones and quiet hours over both change nights, against what a wall clock says."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from typing import Any
from zoneinfo import ZoneInfo

from accounts.reach import Quiet
from slomix.lib import clock
from slomix.management.chaos import report
from slomix.management.chaos.plan import Plan

NIGHTS = (date(2026, 10, 24), date(2027, 3, 27))
ZONES = (
    *("Europe/Ljubljana", "Europe/London", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Pacific/Apia", "Australia/Lord_Howe", "UTC"),
)
EDGES = ("02:30", "01:59", "03:00", "23:00", "08:00", "00:00", "02:00", "20:45", "12:00")
HOME = ZoneInfo("Europe/Ljubljana")
LEAST = 50_000
REMINDER = wall_time(20, 45)


@dataclass
class Nights:
    """What was tried and what was wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def wrong(self, sentence: str, what: str) -> None:
        """Write down what broke a sentence."""
        self.broken.append(f"{sentence}: {what}")


ONE_INSTANT = "20:45 is one instant with its zone's own name"
FIRST = "a wall time is its first instant, or the first one after the gap"
EQUAL = "equal ends are no quiet hours"
BY_THE_WALL = "quiet is what a wall clock calls quiet"


def report_of(plan: Plan) -> dict[str, Any]:
    """Try at least fifty thousand cases and report."""
    began = time.monotonic()
    found = play(max(LEAST, plan.deliveries), plan.seed)
    return report.of_trials(plan, found.tried, found.broken, time.monotonic() - began)


def play(cases: int, seed: int) -> Nights:
    """Try that many combinations of date, time, zone and quiet hours."""
    dice, found = random.Random(seed), Nights()  # noqa: S311  repeatable, not secret
    for _n in range(cases):
        day = dice.choice(NIGHTS) + timedelta(days=dice.randrange(3))
        zone = ZoneInfo(dice.choice(ZONES))
        at = datetime.combine(day, wall_time(), UTC) + timedelta(minutes=dice.randrange(-900, 2400))
        start, end = (wall_time.fromisoformat(dice.choice(EDGES)) for _edge in range(2))
        _reminder(day, found)
        _instant(day, start, zone, found)
        _quiet(Quiet(start, end, zone), at, found)
    return found


def _reminder(day: date, found: Nights) -> None:
    found.tried[ONE_INSTANT] += 1
    at = clock.instant(day, REMINDER, HOME)
    winter = date(2026, 10, 25) <= day < date(2027, 3, 28)
    if clock.named(at, HOME) != ("20:45 CET" if winter else "20:45 CEST"):
        found.wrong(ONE_INSTANT, f"20:45 of {day} is said as {clock.named(at, HOME)}")


def _instant(day: date, wall: wall_time, zone: ZoneInfo, found: Nights) -> None:
    found.tried[FIRST] += 1
    at = clock.instant(day, wall, zone)
    shown = at.astimezone(zone)
    exists = shown.time() == wall and shown.date() == day
    earlier = (at - timedelta(hours=1)).astimezone(zone)
    if exists and earlier.time() == wall and earlier.date() == day:
        found.wrong(FIRST, f"{wall} of {day} in {zone.key} is its second occurrence")
    if not exists and not _skipped(day, wall, zone):
        found.wrong(FIRST, f"{wall} of {day} in {zone.key} became {shown}")


def _skipped(day: date, wall: wall_time, zone: ZoneInfo) -> bool:
    """No instant of this day shows this wall time: look at each of its minutes."""
    begin = datetime.combine(day, wall_time(), UTC) - timedelta(hours=15)
    shown = ((begin + timedelta(minutes=n)).astimezone(zone) for n in range(54 * 60))
    return not any(one.date() == day and one.time() == wall for one in shown)


def _quiet(quiet: Quiet, at: datetime, found: Nights) -> None:
    until = quiet.until(at)
    found.tried[EQUAL] += quiet.start == quiet.end
    if quiet.start == quiet.end:
        if until is not None:
            found.wrong(EQUAL, f"{quiet} is quiet at {at}")
        return
    found.tried[BY_THE_WALL] += 1
    if _near_a_change(at, quiet.zone):
        # The hour that comes twice or never: the end must be an instant ahead, no more is said.
        wrong = until is not None and until <= at
    else:
        wrong = (until is not None) != _by_the_wall(quiet, at)
    if wrong:
        found.wrong(BY_THE_WALL, f"{quiet} at {at}: {until}")


def _by_the_wall(quiet: Quiet, at: datetime) -> bool:
    wall = at.astimezone(quiet.zone).time()
    if quiet.start < quiet.end:
        return quiet.start <= wall < quiet.end
    return wall >= quiet.start or wall < quiet.end


def _near_a_change(at: datetime, zone: ZoneInfo) -> bool:
    hours = (at + timedelta(hours=step) for step in (-3, 3))
    return len({one.astimezone(zone).utcoffset() for one in hours}) > 1
