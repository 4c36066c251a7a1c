"""A slice of the property cases; `python -m tests.properties --cases 50000` plays them all."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import example, given, settings

from tests.ledger.nights import LJUBLJANA, Case, cases, check, ends

AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)
SPRING = datetime(2027, 3, 28, tzinfo=UTC)


EXAMPLES = (
    Case(AUTUMN.date(), LJUBLJANA, time(2, 30), time(3), AUTUMN.replace(minute=30)),
    Case(SPRING.date(), LJUBLJANA, time(2, 30), time(8), SPRING.replace(hour=1, minute=30)),
    Case(SPRING.date(), LJUBLJANA, time(3), time(2, 30), SPRING.replace(hour=1, minute=10)),
)
QUICK = settings(max_examples=100, deadline=None, derandomize=True, database=None)


@QUICK
@given(cases())
@example(EXAMPLES[0])
@example(EXAMPLES[1])
@example(EXAMPLES[2])
def test_wall_times_zones_and_quiet_hours_agree_with_a_plain_list(case: Case) -> None:
    check(case)


@pytest.mark.slow
@settings(QUICK, max_examples=2_000)
@given(cases())
def test_so_they_do_in_many_cases(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("day", "wall", "until"),
    [
        # 02:30 comes twice in autumn and means the first one; in spring it is 03:30.
        (AUTUMN, time(2, 30), AUTUMN.replace(minute=30)),
        (SPRING, time(2, 30), SPRING.replace(hour=1, minute=30)),
        (AUTUMN, time(8), AUTUMN.replace(hour=7)),
        (SPRING, time(8), SPRING.replace(hour=6)),
    ],
)
def test_the_list_itself_is_right(day: datetime, wall: time, until: datetime) -> None:
    assert ends(Case(day.date(), LJUBLJANA, time(23), wall, day)) == until


def test_equal_ends_are_no_quiet_hours() -> None:
    case = Case(AUTUMN.date(), LJUBLJANA, time(2, 30), time(2, 30), AUTUMN.replace(minute=45))

    assert ends(case) is None
    check(case)
