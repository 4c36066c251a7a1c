"""Wall clocks over the change nights, minute by minute: an oracle that never converts a wall time.

A zone is walked through once, and what its clock shows is written down for every minute. Where a
wall time is, and when quiet hours end, is then looked up in that list.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from accounts.reach import Quiet
from slomix.lib import clock

LJUBLJANA = "Europe/Ljubljana"
# What each clock's offset is called, in minutes; written by hand, from the tz database's own names.
NAMES = {
    LJUBLJANA: {60: "CET", 120: "CEST"},
    "Europe/London": {0: "GMT", 60: "BST"},
    "America/New_York": {-300: "EST", -240: "EDT"},
    "Asia/Kolkata": {330: "IST"},
    "Asia/Kathmandu": {345: "+0545"},
    "Pacific/Apia": {780: "+13"},
    "Pacific/Chatham": {765: "+1245", 825: "+1345"},
    "UTC": {0: "UTC"},
}
# Ljubljana's and London's change nights, New York's, and the days around them.
NIGHTS = [
    *(date(2026, 10, day) for day in (23, 24, 25, 26)),
    *(date(2026, 11, day) for day in (1, 2)),
    *(date(2027, 3, day) for day in (13, 14, 26, 27, 28, 29)),
]
EDGES = [time(h, m) for h, m in ((2, 30), (1, 59), (3, 0), (2, 0), (23, 0), (8, 0), (0, 0), (1, 0))]
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    """Somebody's quiet hours, and an instant at which they are asked about."""

    day: date
    zone: str
    start: time
    end: time
    at: datetime


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Mostly the edges that hurt; any minute otherwise."""
    walls = st.sampled_from(EDGES) | st.times().map(
        lambda wall: wall.replace(second=0, microsecond=0)
    )
    day, zone = draw(st.sampled_from(NIGHTS)), draw(st.sampled_from(sorted(NAMES)))
    seconds = draw(st.integers(0, 86_400 - 1))
    at = datetime.combine(day, time(0), UTC) + timedelta(seconds=seconds)
    return Case(day, zone, draw(walls), draw(walls), at)


@cache
def shown(zone: str, day: date) -> dict[datetime, datetime]:
    """Return what a zone's clock shows at every minute from two days before a day to two after."""
    first = datetime.combine(day - timedelta(days=2), time(0), UTC)
    minutes = (first + number * MINUTE for number in range(5 * 24 * 60))
    where = ZoneInfo(zone)
    return {minute: minute.astimezone(where).replace(tzinfo=None) for minute in minutes}


@cache
def first_shown(zone: str, day: date) -> dict[datetime, datetime]:
    """Return the first minute at which each wall time is shown; skipped ones move on by the gap."""
    found: dict[datetime, datetime] = {}
    clocks = list(shown(zone, day).items())
    for minute, wall in clocks:
        found.setdefault(wall, minute)
    for (_before, wall), (after, jumped) in pairwise(clocks):
        for number in range(1, (jumped - wall) // MINUTE):
            found[wall + number * MINUTE] = after + (number - 1) * MINUTE
    return found


def ends(case: Case) -> datetime | None:
    """Return when the quiet hours that cover the instant end, by the list alone."""
    minute = case.at.replace(second=0, microsecond=0)
    instants = first_shown(case.zone, case.day)
    today = shown(case.zone, case.day)[minute].date()
    for day in (today - timedelta(days=1), today):
        last = day if case.start < case.end else day + timedelta(days=1)
        began = instants[datetime.combine(day, case.start)]
        over = instants[datetime.combine(last, case.end)]
        if case.start != case.end and began <= minute < over:
            return over
    return None


def check(case: Case) -> None:
    """Hold the product against the list."""
    _the_evening_is_one_instant(case)
    _texts_name_the_zone_as_it_is(case)
    _quiet_hours_agree(case)


def _the_evening_is_one_instant(case: Case) -> None:
    for wall in (time(20, 45), time(21, 0)):
        wanted = datetime.combine(case.day, wall)
        instants = [minute for minute, said in shown(LJUBLJANA, case.day).items() if said == wanted]
        assert instants == [clock.instant(case.day, wall, ZoneInfo(LJUBLJANA))]


def _texts_name_the_zone_as_it_is(case: Case) -> None:
    minute = case.at.replace(second=0)
    said = shown(case.zone, case.day)[minute]
    offset = round((said - minute.replace(tzinfo=None)) / MINUTE)
    text = clock.named(minute, ZoneInfo(case.zone))
    assert text == f"{said:%H:%M} {NAMES[case.zone][offset]}"


def _quiet_hours_agree(case: Case) -> None:
    quiet = Quiet(case.start, case.end, ZoneInfo(case.zone))
    until = quiet.until(case.at)
    assert until == ends(case), f"{until} and not {ends(case)}"
    if until:
        assert until > case.at, "quiet hours end in the past"
        later = quiet.until(case.at + MINUTE)
        assert later is None or later >= until, "waiting longer ends sooner"
