"""Labels that say a date or a time; all others are as good."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from planning.raids import moments

TODAY = date(2026, 11, 20)  # a Friday
LJUBLJANA = ZoneInfo("Europe/Ljubljana")


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("Fri 20.11.", date(2026, 11, 20)),
        ("Fri, 27. 11.", date(2026, 11, 27)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24. 11.", date(2026, 11, 24)),
        ("24 November", date(2026, 11, 24)),
        ("Tuesday 24 November 2026", date(2026, 11, 24)),
        ("Nov 24", date(2026, 11, 24)),
        ("24. novembra", date(2026, 11, 24)),
        ("torek, 24. november", date(2026, 11, 24)),
        ("petek", date(2026, 11, 20)),
        ("SOBOTA", date(2026, 11, 21)),
        ("v četrtek", date(2026, 11, 26)),
        ("Sunday", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 21)),
        ("jutri", date(2026, 11, 21)),
        ("3.1.", date(2027, 1, 3)),
        ("19.11.", date(2026, 11, 19)),  # over: the verb refuses it
    ],
)
def test_a_label_that_reads_as_a_day(label: str, meant: date) -> None:
    assert moments.date_of(label, today=TODAY) == meant


@pytest.mark.parametrize(
    "label",
    [
        "whenever",
        "next week",
        "Sat 20.11.",
        "31.2.",
        "2026-13-01",
        "day 3",
        "20:00",
        "Fri or Sat",
        "🎯",
    ],
)
def test_anything_else_is_free_text(label: str) -> None:
    assert moments.date_of(label, today=TODAY) is None


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("20:00", time(20)),
        ("20.00", time(20)),
        ("ob 20.30", time(20, 30)),
        ("at 20:30", time(20, 30)),
        ("20h", time(20)),
        ("20h30", time(20, 30)),
        ("20:00 h", time(20)),
        ("20", time(20)),
        ("0:15", time(0, 15)),
        ("8 pm", time(20)),
        ("8:30 PM", time(20, 30)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
    ],
)
def test_a_label_that_reads_as_a_time(label: str, meant: time) -> None:
    assert moments.wall_of(label) == meant


@pytest.mark.parametrize("label", ["24:00", "20:60", "late", "13 pm", "0 am", "20:00-22:00", "-1"])
def test_anything_else_is_no_time(label: str) -> None:
    assert moments.wall_of(label) is None


@pytest.mark.parametrize(
    ("day", "wall", "utc"),
    [
        (date(2026, 11, 27), time(20), "2026-11-27 19:00"),
        (date(2026, 7, 3), time(20), "2026-07-03 18:00"),
        (date(2026, 3, 29), time(1, 59), "2026-03-29 00:59"),
        (date(2026, 3, 29), time(2, 30), "2026-03-29 01:30"),  # does not exist: an hour later
        (date(2026, 10, 25), time(2, 30), "2026-10-25 00:30"),  # exists twice: the first
    ],
)
def test_an_instant_is_true_also_when_the_clocks_change(day: date, wall: time, utc: str) -> None:
    meant = datetime.fromisoformat(utc).replace(tzinfo=UTC)

    assert moments.instant(day, wall, LJUBLJANA) == meant


def test_midnight_is_a_time() -> None:
    assert moments.instant(TODAY, time(0), LJUBLJANA) is not None
    assert moments.instant(None, time(20), LJUBLJANA) is None
    assert moments.instant(TODAY, None, LJUBLJANA) is None
