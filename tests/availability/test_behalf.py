"""Somebody answers for somebody else: only who may, written down, and to be taken back."""

from datetime import timedelta

from accounts.models import AuditEntry
from availability import actions
from availability.actions import AnswerRefused, NothingToUndo
from availability.actions.behalf import NotForOthers, answer_for
from availability.models import Change, Entry
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.ledger import promise, row

TODAY = TONIGHT.date()


class BehalfTests(SlomixTestCase):
    def say(self, status: str | None, **rest: object) -> Entry | None:
        facts = {"day": TODAY, "at": TONIGHT, "by": self.ana} | rest
        return answer_for(person=self.bor, status=status, **facts)  # type: ignore[arg-type]

    def test_the_history_says_who_it_was(self) -> None:
        self.say("LOOKING")

        change = Change.objects.get()
        self.assertEqual((change.person, change.by, change.door), (self.bor, self.ana, "admin"))
        self.assertEqual(Entry.objects.get().status, "LOOKING")

    def test_the_audit_log_has_numbers_and_no_names(self) -> None:
        self.say("LOOKING")
        self.say(None)

        written = list(AuditEntry.objects.filter(action="answered_for").order_by("pk"))
        self.assertEqual({(one.actor, one.subject) for one in written}, {(self.ana, self.bor)})
        self.assertEqual(
            [one.detail for one in written],
            [
                {"day": "2026-11-20", "before": "", "after": "LOOKING"},
                {"day": "2026-11-20", "before": "LOOKING", "after": ""},
            ],
        )

    def test_what_holds_already_is_not_written_down_again(self) -> None:
        self.say("LOOKING")
        self.say("LOOKING")

        self.assertEqual(AuditEntry.objects.filter(action="answered_for").count(), 1)
        self.assertEqual(Change.objects.count(), 1)

    def test_whoever_is_no_promoter_answers_for_nobody_else(self) -> None:
        with self.assertRaises(NotForOthers):
            answer_for(person=self.ana, day=TODAY, status="LOOKING", at=TONIGHT, by=self.bor)

        self.assertFalse(Entry.objects.exists() or Change.objects.exists())

    def test_the_rules_of_an_answer_hold(self) -> None:
        for wrong in (
            {"day": TODAY - timedelta(days=1)},
            {"day": TODAY + timedelta(days=91)},
            {"status": "PERHAPS"},
            {"status": ""},
        ):
            with self.subTest(wrong), self.assertRaises(AnswerRefused):
                answer_for(
                    person=self.bor,
                    **{"day": TODAY, "status": "LOOKING", "at": TONIGHT, "by": self.ana} | wrong,  # type: ignore[arg-type]
                )
        self.assertFalse(AuditEntry.objects.filter(action="answered_for").exists())

    def test_a_no_for_somebody_withdraws_what_is_planned_for_them(self) -> None:
        self.say("LOOKING")
        promise(self.bor, planned=True)

        self.say("NOT_PLAYING")

        self.assertEqual(row(self.bor).state, "withdrawn")

    def test_the_person_takes_it_back_an_hour_later(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)
        self.say("LOOKING")

        actions.undo(person=self.bor, at=TONIGHT + timedelta(hours=1), day=TODAY)

        self.assertEqual(Entry.objects.get().status, "MAYBE")

    def test_an_undo_of_what_was_shown_leaves_a_newer_answer_alone(self) -> None:
        self.say("LOOKING")
        shown = Change.objects.get().pk
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)

        with self.assertRaises(NothingToUndo):
            actions.undo(person=self.bor, at=TONIGHT, day=TODAY, change_id=shown)

        self.assertEqual(Entry.objects.get().status, "MAYBE")
