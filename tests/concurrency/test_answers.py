from collections import Counter
from datetime import timedelta

import pytest

from availability import actions
from availability.models import Change, Entry, Status
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

TODAY = TONIGHT.date()


@pytest.mark.postgresql
class AnswerRaceTests(SlomixLiveTestCase):
    """One person, several doors, the same instant."""

    def test_answers_at_once_are_one_row_and_one_unbroken_history(self) -> None:
        def say(number: int) -> Entry:
            status = list(Status)[number % 4]
            return actions.answer(person=self.bor, day=TODAY, status=status, at=TONIGHT)

        found = Counter(type(one).__name__ for one in together(20, say))

        self.assertEqual(found, {"Entry": 20})
        changes = list(Change.objects.order_by("pk"))
        befores = [change.before for change in changes]
        self.assertEqual(befores, ["", *(change.after for change in changes[:-1])])
        self.assertEqual(Entry.objects.get(person=self.bor).status, changes[-1].after)

    def test_twenty_presses_on_undo_undo_one_thing(self) -> None:
        for minute, status in enumerate(("LOOKING", "MAYBE")):
            at = TONIGHT + timedelta(minutes=minute)
            actions.answer(person=self.bor, day=TODAY, status=status, at=at)

        def undo(_number: int) -> actions.Undone:
            return actions.undo(person=self.bor, at=TONIGHT + timedelta(minutes=2))

        found = Counter(type(one).__name__ for one in together(20, undo))

        self.assertEqual(found, {"Undone": 1, "NothingToUndo": 19})
        self.assertEqual(Entry.objects.get(person=self.bor).status, "LOOKING")

    def test_whoever_clears_while_midnight_fills_stays_cleared(self) -> None:
        week = dict.fromkeys(range(7), "LOOKING")
        actions.set_pattern(person=self.bor, week=week, at=TONIGHT)
        later = TONIGHT + timedelta(minutes=1)

        def either(number: int) -> object:
            if number % 2:
                return actions.clear(person=self.bor, day=TODAY, at=later)
            return actions.fill_ahead(later)

        found = together(10, either)

        self.assertEqual(Counter(map(repr, found)), {"0": 5, "False": 4, "True": 1})
        self.assertFalse(Entry.objects.filter(person=self.bor, day=TODAY).exists())

    def test_a_week_and_an_answer_at_once_leave_the_answer(self) -> None:
        def either(number: int) -> object:
            if number % 2:
                return actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
            week = dict.fromkeys(range(7), "LOOKING")
            return actions.set_pattern(person=self.bor, week=week, at=TONIGHT)

        found = together(10, either)

        self.assertEqual([one for one in found if isinstance(one, Exception)], [])
        entry = Entry.objects.get(person=self.bor, day=TODAY)
        self.assertEqual((entry.status, entry.door), ("MAYBE", "web"))
        self.assertEqual(Entry.objects.filter(person=self.bor).count(), 91)
