"""An evening stays at 21:00 when the clocks change, and "today" ends at midnight in Ljubljana."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from slomix.lib import clock

REMINDER, START = time(20, 45), time(21)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        ("2026-10-24", "2026-10-24T18:45"),  # the last evening of summer
        ("2026-10-25", "2026-10-25T19:45"),  # the clocks went back that morning
        ("2027-03-27", "2027-03-27T19:45"),  # the last evening of winter
        ("2027-03-28", "2027-03-28T18:45"),  # the clocks went forward that morning
    ],
)
def test_the_reminder_is_at_a_quarter_to_nine_whatever_the_season(day: str, instant: str) -> None:
    assert clock.instant(date.fromisoformat(day), REMINDER) == utc(instant)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-10-24", "21:00 CEST"),
        ("2026-10-25", "21:00 CET"),
        ("2027-03-27", "21:00 CET"),
        ("2027-03-28", "21:00 CEST"),
    ],
)
def test_the_zone_is_named_as_it_is_that_night(day: str, text: str) -> None:
    assert clock.named(clock.instant(date.fromisoformat(day), START)) == text


def test_between_two_evenings_over_the_change_there_are_25_hours_or_23() -> None:
    autumn = [clock.instant(date(2026, 10, day), START) for day in (24, 25)]
    spring = [clock.instant(date(2027, 3, day), START) for day in (27, 28)]

    assert (autumn[1] - autumn[0]).total_seconds() == 25 * 3600
    assert (spring[1] - spring[0]).total_seconds() == 23 * 3600


def test_an_hour_that_happens_twice_means_the_first() -> None:
    assert clock.instant(date(2026, 10, 25), time(2, 30)) == utc("2026-10-25T00:30")


def test_an_hour_that_does_not_exist_moves_forward() -> None:
    moment = clock.instant(date(2027, 3, 28), time(2, 30))

    assert clock.wall(moment) == "03:30"


@pytest.mark.parametrize(
    ("instant", "today"),
    [
        ("2026-11-20T22:59:59", "2026-11-20"),
        ("2026-11-20T23:00:00", "2026-11-21"),
        ("2026-10-24T21:59:59", "2026-10-24"),
        ("2026-10-24T22:00:00", "2026-10-25"),
        ("2026-10-25T22:59:59", "2026-10-25"),
        ("2026-10-25T23:00:00", "2026-10-26"),
        ("2027-03-27T22:59:59", "2027-03-27"),
        ("2027-03-28T21:59:59", "2027-03-28"),
        ("2027-03-28T22:00:00", "2027-03-29"),
    ],
)
def test_today_ends_at_midnight_of_the_game_night(instant: str, today: str) -> None:
    assert clock.today(utc(instant)) == date.fromisoformat(today)


def test_today_is_the_game_nights_and_not_the_servers(settings: Settings) -> None:
    settings.EVENING_ZONE = ZoneInfo("Pacific/Auckland")

    assert clock.today(utc("2026-11-20T11:00")) == date(2026, 11, 21)


def test_seconds_are_written_where_they_matter() -> None:
    evening = date(2026, 11, 20)

    assert clock.wall(clock.instant(evening, time(20, 45))) == "20:45"
    assert clock.wall(clock.instant(evening, time(20, 45, 30))) == "20:45:30"


def test_a_reader_elsewhere_sees_their_own_time() -> None:
    start = clock.instant(date(2026, 11, 20), START)

    assert clock.named(start, ZoneInfo("Europe/London")) == "20:00 GMT"
    assert clock.named(start, ZoneInfo("America/New_York")) == "15:00 EST"


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == UTC.utcoffset(None)
