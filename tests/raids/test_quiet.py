"""When a raid that nobody ended ends by itself, without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planning.raids.quiet import NOTICE, SILENCE, Life
from tests import make

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
BEGAN = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


def life(**other: Any) -> Life:
    facts: dict[str, Any] = {"last_activity_at": BEGAN, "zone": LJUBLJANA}
    return Life(**facts | other)


def test_without_a_date_it_lives_168_hours_after_the_last_activity() -> None:
    """R9: it was counted from the raid's beginning, whatever people did since."""
    assert life().closes_at == BEGAN + timedelta(hours=168)


def test_with_dates_it_lives_until_after_the_last_one() -> None:
    """R9: a raid planned for later than a week was closed before its day."""
    planned = life(last_day=date(2026, 12, 24))

    assert planned.closes_at == make.at("12:00", date(2026, 12, 26))
    assert planned.to_ask(BEGAN + timedelta(days=30)) is None


def test_its_maker_is_asked_a_day_before() -> None:
    ends = BEGAN + SILENCE

    assert life().to_ask(ends - NOTICE - timedelta(seconds=1)) is None
    assert life().to_ask(ends - NOTICE) == ends


def test_they_are_asked_once() -> None:
    ends = BEGAN + SILENCE

    assert life(asked_for=ends).to_ask(ends - NOTICE + timedelta(minutes=5)) is None


def test_nobody_has_less_than_a_day_to_answer() -> None:
    back = BEGAN + timedelta(days=30)  # the bot was away

    assert not life().is_over(back)
    assert life().to_ask(back) == back + NOTICE


def test_it_is_over_only_at_the_end_that_was_told() -> None:
    told = BEGAN + SILENCE + timedelta(hours=3)

    assert not life(asked_for=told).is_over(told - timedelta(seconds=1))
    assert life(asked_for=told).is_over(told)


def test_whoever_does_something_about_it_puts_it_off() -> None:
    told = BEGAN + SILENCE
    alive = life(asked_for=told, last_activity_at=told - timedelta(hours=1))

    assert not alive.is_over(told)
    assert alive.to_ask(told + timedelta(days=1)) is None
    assert alive.to_ask(alive.closes_at - NOTICE) == alive.closes_at


def test_it_goes_on_until_it_was_said_to() -> None:
    until = BEGAN + timedelta(days=20)

    assert life(goes_on_until=until).closes_at == until
    assert life(goes_on_until=BEGAN).closes_at == BEGAN + SILENCE
