"""Days and times are written as each language writes them, in one place."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from slomix.lib import clock, dates

WEDNESDAY = date(2026, 11, 18)
START = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)


def test_slovene_writes_a_full_stop_between_hours_and_minutes() -> None:
    with translation.override("sl"):
        assert (clock.wall(START), clock.named(START)) == ("21.00", "21.00 CET")
        assert clock.spoken(time(7, 5)) == "07.05"
        assert clock.named(datetime(2026, 7, 1, 19, 0, tzinfo=UTC)) == "21.00 CEST"


def test_what_a_program_reads_is_the_same_in_every_language() -> None:
    with translation.override("sl"):
        assert clock.plain(START) == "21:00"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Wednesday 18 November"), ("sl", "sreda, 18. november")],
)
def test_a_day_stands_alone(language: str, written: str) -> None:
    with translation.override(language):
        assert dates.long(WEDNESDAY) == written


def test_a_day_behind_for_has_its_own_form_in_slovene() -> None:
    with translation.override("sl"):
        found = [dates.about(date(2026, 11, day)).split(",")[0] for day in range(16, 23)]

    names = ["ponedeljek", "torek", "sredo", "četrtek", "petek", "soboto", "nedeljo"]
    assert found == names


def test_spans_and_headings_follow_the_language() -> None:
    with translation.override("sl"):
        assert (dates.month_day(WEDNESDAY), dates.month(WEDNESDAY)) == ("18. 11.", "November 2026")
        assert (dates.brief(WEDNESDAY), dates.with_year(WEDNESDAY)) == (
            "sre, 18. nov",
            "18. november 2026",
        )
    with translation.override("en"):
        assert (dates.month_day(WEDNESDAY), dates.brief(WEDNESDAY)) == ("18 November", "Wed 18 Nov")
