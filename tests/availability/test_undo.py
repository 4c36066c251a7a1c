"""A wrong tap can be taken back, and what was said stays written down."""

from datetime import timedelta

from availability import actions, queries
from availability.actions import AnswerRefused, NothingToUndo
from availability.models import Change, Entry, HistoryIsAppendOnly
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.ledger import promise, row

TODAY = TONIGHT.date()
TOMORROW = TODAY + timedelta(days=1)


class UndoTests(SlomixTestCase):
    def say(self, status: str, minutes: float = 0, **rest: object) -> None:
        at = TONIGHT + timedelta(minutes=minutes)
        facts = {"day": TODAY, "door": "web"} | rest
        actions.answer(person=self.bor, status=status, at=at, **facts)  # type: ignore[arg-type]

    def undo(self, minutes: float = 0, **rest: object) -> actions.Undone:
        at = TONIGHT + timedelta(minutes=minutes)
        return actions.undo(person=self.bor, at=at, **rest)  # type: ignore[arg-type]

    def test_the_answer_before_holds_again_with_its_place_in_the_queue(self) -> None:
        self.say("LOOKING", door="discord")
        self.say("NOT_PLAYING", 2)

        undone = self.undo(3)

        assert undone.entry
        self.assertEqual((undone.entry.status, undone.entry.door), ("LOOKING", "discord"))
        self.assertEqual(undone.entry.since, TONIGHT)

    def test_a_first_answer_is_gone_again(self) -> None:
        self.say("LOOKING")

        self.assertIsNone(self.undo().entry)
        self.assertFalse(Entry.objects.exists())

    def test_a_cleared_answer_comes_back_with_its_ten_minutes(self) -> None:
        self.say("LOOKING", late=True)
        late_until = Entry.objects.get().late_until
        actions.clear(person=self.bor, day=TODAY, at=TONIGHT)

        self.undo()

        self.assertIsNotNone(late_until)
        self.assertEqual(Entry.objects.get().late_until, late_until)

    def test_what_was_usual_holds_again(self) -> None:
        actions.set_pattern(person=self.bor, week={TODAY.weekday(): "MAYBE"}, at=TONIGHT)
        self.say("LOOKING", 1)

        undone = self.undo(2)

        assert undone.entry
        self.assertEqual((undone.entry.status, undone.entry.door), ("MAYBE", "pattern"))

    def test_the_ledger_follows(self) -> None:
        self.say("LOOKING")
        promise(self.bor, planned=True)
        self.say("NOT_PLAYING", 1)
        self.assertEqual(row(self.bor).state, "withdrawn")

        self.undo(2)
        self.assertEqual(row(self.bor).state, "planned")

    def test_undoing_a_yes_withdraws(self) -> None:
        self.say("NOT_PLAYING")
        self.say("LOOKING", 1)
        promise(self.bor, planned=True)

        self.undo(2)

        self.assertEqual(row(self.bor).state, "withdrawn")

    def test_a_second_press_undoes_nothing_more(self) -> None:
        self.say("LOOKING")
        self.say("MAYBE", 1)
        self.undo(2)

        with self.assertRaises(NothingToUndo):
            self.undo(2)
        self.assertEqual(Entry.objects.get().status, "LOOKING")

    def test_it_works_for_five_minutes(self) -> None:
        self.say("LOOKING")
        with self.assertRaises(NothingToUndo):
            self.undo(5.01)
        self.undo(5)

    def test_one_evening_can_be_named(self) -> None:
        self.say("LOOKING")
        self.say("LOOKING", day=TOMORROW)

        self.undo(day=TODAY)

        self.assertIsNone(queries.answer_of(self.bor.pk, TODAY))
        self.assertIsNotNone(queries.answer_of(self.bor.pk, TOMORROW))

    def test_an_evening_that_is_over_stays_as_it_was(self) -> None:
        midnight = self.travel("23:58")
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=midnight)

        with self.assertRaises(AnswerRefused):
            actions.undo(person=self.bor, at=midnight + timedelta(minutes=4))
        self.assertTrue(Entry.objects.exists())

    def test_nobody_undoes_what_somebody_else_said(self) -> None:
        self.say("LOOKING")

        with self.assertRaises(NothingToUndo):
            actions.undo(person=self.ana, at=TONIGHT)


class HistoryTests(SlomixTestCase):
    def test_every_change_says_who_when_through_what_and_from_what_to_what(self) -> None:
        for number, (door, status) in enumerate(
            (("web", "LOOKING"), ("telegram", "MAYBE"), ("signal", "NOT_PLAYING"))
        ):
            at = TONIGHT + timedelta(minutes=number)
            actions.answer(person=self.bor, day=TODAY, status=status, at=at, door=door)
        actions.answer(
            person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, door="admin", by=self.ana
        )

        found = Change.objects.order_by("pk").values_list("door", "before", "after", "by")

        self.assertEqual(
            list(found),
            [
                ("web", "", "LOOKING", None),
                ("telegram", "LOOKING", "MAYBE", None),
                ("signal", "MAYBE", "NOT_PLAYING", None),
                ("admin", "NOT_PLAYING", "LOOKING", self.ana.pk),
            ],
        )

    def test_saying_the_same_again_is_no_change(self) -> None:
        for door in ("web", "discord"):
            actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, door=door)

        self.assertEqual(Change.objects.count(), 1)
        self.assertEqual(Entry.objects.get().door, "web")

    def test_it_is_never_rewritten(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)
        change = Change.objects.get()
        change.after = "MAYBE"

        with self.assertRaises(HistoryIsAppendOnly):
            change.save()
