"""An answer that was taken back: the week leaves that day empty, whatever happens around it."""

from datetime import timedelta

from availability import actions, queries
from availability.actions import standing
from availability.models import Change, Entry
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()  # a Friday
FRIDAY, SATURDAY = 4, 5
NEXT_FRIDAY = TODAY + timedelta(days=7)
LATER = TONIGHT + timedelta(minutes=1)


class ClearingTests(SlomixTestCase):
    def setUp(self) -> None:
        super().setUp()
        actions.set_pattern(person=self.bor, week={FRIDAY: "LOOKING"}, at=TONIGHT)

    def said(self) -> tuple[str, str] | None:
        entry = queries.answer_of(self.bor.pk, TODAY)
        return (entry.status, entry.door) if entry else None

    def clear(self) -> bool:
        return actions.clear(person=self.bor, day=TODAY, at=LATER)

    def test_the_week_does_not_fill_it_again(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)

        self.assertTrue(self.clear())

        actions.fill_ahead(LATER)
        self.assertIsNone(self.said())
        self.assertFalse(self.clear())
        self.assertEqual(
            queries.answers_of(self.bor.pk, NEXT_FRIDAY, NEXT_FRIDAY), {NEXT_FRIDAY: "LOOKING"}
        )

    def test_what_is_only_usual_can_be_cleared_too(self) -> None:
        self.assertTrue(self.clear())

        actions.fill_ahead(LATER)
        self.assertIsNone(self.said())
        last = Change.objects.order_by("-pk")[0]
        self.assertEqual((last.before, last.before_door, last.after), ("LOOKING", "pattern", ""))

    def test_an_undo_brings_back_what_is_usual(self) -> None:
        self.clear()

        actions.undo(person=self.bor, at=LATER)

        self.assertEqual(self.said(), ("LOOKING", "pattern"))
        actions.fill_ahead(LATER)
        self.assertEqual(self.said(), ("LOOKING", "pattern"))

    def test_undoing_an_answer_given_after_it_leaves_the_day_empty(self) -> None:
        self.clear()
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=LATER)

        actions.undo(person=self.bor, at=LATER)

        actions.fill_ahead(LATER)
        self.assertIsNone(self.said())

    def test_other_peoples_weeks_go_on(self) -> None:
        actions.set_pattern(person=self.ana, week={FRIDAY: "MAYBE"}, at=TONIGHT)
        self.clear()

        actions.fill_ahead(LATER)

        self.assertEqual(queries.answers_of(self.ana.pk, TODAY, TODAY), {TODAY: "MAYBE"})

    def test_another_weekday_said_anew_leaves_it_empty(self) -> None:
        self.clear()

        standing.set_usual(person=self.bor, weekday=SATURDAY, status="MAYBE", at=LATER)

        self.assertIsNone(self.said())

    def test_the_weekday_said_anew_fills_it(self) -> None:
        self.clear()

        standing.set_usual(
            person=self.bor, weekday=FRIDAY, status="AVAILABLE", at=LATER + timedelta(minutes=1)
        )

        self.assertEqual(self.said(), ("AVAILABLE", "pattern"))

    def test_a_week_said_after_a_wrong_tap_was_cleared_fills_it(self) -> None:
        saturday = TODAY + timedelta(days=1)
        actions.answer(person=self.bor, day=saturday, status="LOOKING", at=TONIGHT)
        actions.clear(person=self.bor, day=saturday, at=TONIGHT)

        standing.set_usual(person=self.bor, weekday=SATURDAY, status="MAYBE", at=LATER)

        found = queries.answer_of(self.bor.pk, saturday)
        self.assertEqual(found and found.status, "MAYBE")

    def test_an_absence_goes_on_and_its_end_leaves_the_day_empty(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
        absence = actions.add_away(person=self.bor, first=TODAY, last=TODAY, at=TONIGHT)
        self.assertTrue(self.clear())
        self.assertEqual(self.said(), ("NOT_PLAYING", "away"))
        self.assertFalse(self.clear())

        actions.end_away(person=self.bor, absence_id=absence.pk, at=LATER)

        self.assertIsNone(self.said())

    def test_the_next_midnight_leaves_a_day_ahead_empty(self) -> None:
        actions.clear(person=self.bor, day=NEXT_FRIDAY, at=LATER)

        actions.fill_ahead(TONIGHT + timedelta(days=1))

        self.assertFalse(Entry.objects.on(NEXT_FRIDAY).exists())
