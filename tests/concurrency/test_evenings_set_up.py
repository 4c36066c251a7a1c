"""Two devices of one person at the same instant: nothing that was said is lost."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from availability import actions, queries
from availability.actions.behalf import answer_for
from availability.actions.standing import set_usual
from availability.models import Change, Entry
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

TODAY = TONIGHT.date()


@pytest.mark.postgresql
class SetUpRaceTests(SlomixLiveTestCase):
    def test_seven_presses_on_seven_days_at_once_all_stay(self) -> None:
        """The week is stored as a whole, so each press reads it under the person's lock."""

        def press(weekday: int) -> int:
            return set_usual(person=self.bor, weekday=weekday, status="MAYBE", at=TONIGHT)

        together(7, press)

        self.assertEqual(queries.usual(self.bor.pk), dict.fromkeys(range(7), "MAYBE"))
        self.assertEqual(Entry.objects.filter(person=self.bor, door="pattern").count(), 91)

    def test_a_change_that_many_presses_undo_is_undone_once(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
        answer_for(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, by=self.ana)
        shown = Change.objects.latest("pk").pk
        later = TONIGHT + timedelta(hours=1)

        def press(_number: int) -> actions.Undone:
            return actions.undo(person=self.bor, at=later, day=TODAY, change_id=shown)

        found = [type(one).__name__ for one in together(5, press)]

        self.assertEqual(sorted(found), [*["NothingToUndo"] * 4, "Undone"])
        self.assertEqual(Entry.objects.get().status, "MAYBE")

    def test_two_promoters_who_say_the_same_write_it_down_once(self) -> None:
        def say(_number: int) -> Entry | None:
            return answer_for(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, by=self.ana)

        together(4, say)

        self.assertEqual(Change.objects.count(), 1)
        self.assertEqual(AuditEntry.objects.filter(action="answered_for").count(), 1)
