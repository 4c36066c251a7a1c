"""What was so before somebody opened their evenings: a week, absences, calendars, a history.

As `tests.browser.club`, these run in the process that serves the pages.
"""

from datetime import date, timedelta

from availability import actions
from availability.actions.behalf import answer_for
from slomix.lib import clock
from tests.browser.club import ANA, JAZBEC, person


def jazbec_has_a_week() -> None:
    """He usually plays on some days, is away twice, has one calendar, and things were changed."""
    me, at = person(JAZBEC), clock.now()
    today = clock.today(at)
    week = {1: "LOOKING", 2: "NOT_PLAYING", 4: "LOOKING", 5: "MAYBE", 6: "AVAILABLE"}
    actions.set_pattern(person=me, week=week, at=at - timedelta(days=9))
    actions.add_away(person=me, first=date(2026, 11, 29), last=date(2026, 12, 6), at=at)
    actions.add_away(person=me, first=today, last=today, at=at - timedelta(hours=5))
    actions.make_feed(person=me, kind="personal", at=at - timedelta(days=40), lead_minutes=30)
    for n in range(9):
        status, door = ("LOOKING", "discord") if n % 2 else ("MAYBE", "telegram")
        then = at - timedelta(hours=30 - n)
        actions.answer(
            person=me, day=today + timedelta(days=2 + n), status=status, at=then, door=door
        )
    answer_for(
        person=me,
        day=today + timedelta(days=1),
        status="LOOKING",
        at=at - timedelta(hours=1),
        by=person(ANA),
    )
    actions.answer(person=me, day=today, status="LOOKING", at=at - timedelta(minutes=2))
