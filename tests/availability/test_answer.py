from datetime import timedelta

from availability import actions, queries
from availability.models import Entry, Status
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()


class AnswerTests(SlomixTestCase):
    def test_the_last_answer_counts(self) -> None:
        for status in (Status.LOOKING, Status.MAYBE):
            actions.answer(person=self.bor, day=TODAY, status=status, at=TONIGHT)

        self.assertEqual(Entry.objects.get(person=self.bor).status, Status.MAYBE)

    def test_saying_the_same_again_keeps_since_when(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=make.at("18:00"))
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=make.at("19:00"))

        self.assertEqual(Entry.objects.get(person=self.bor).since, make.at("18:00"))

    def test_it_refuses_yesterday_and_the_ninety_first_day(self) -> None:
        for days, field in ((-1, "date"), (91, "date")):
            with self.assertRaises(actions.AnswerRefused) as refused:
                actions.answer(
                    person=self.bor, day=TODAY + timedelta(days), status="LOOKING", at=TONIGHT
                )
            self.assertEqual(refused.exception.field, field)
        self.assertFalse(Entry.objects.exists())

    def test_it_takes_the_ninetieth_day(self) -> None:
        actions.answer(person=self.bor, day=TODAY + timedelta(90), status="MAYBE", at=TONIGHT)

        self.assertTrue(Entry.objects.exists())

    def test_it_refuses_an_unknown_status_in_words(self) -> None:
        with self.assertRaisesMessage(actions.AnswerRefused, "Choose looking"):
            actions.answer(person=self.bor, day=TODAY, status="PERHAPS", at=TONIGHT)

    def test_it_refuses_the_unlinked(self) -> None:
        with self.assertRaises(actions.NotLinked):
            actions.answer(person=self.cene, day=TODAY, status="LOOKING", at=TONIGHT)

    def test_every_answer_raises_the_evenings_version(self) -> None:
        before = queries.version(TODAY)

        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT)
        actions.clear(person=self.bor, day=TODAY, at=TONIGHT)

        self.assertEqual(queries.version(TODAY), before + 2)

    def test_clearing_nothing_says_so(self) -> None:
        self.assertFalse(actions.clear(person=self.bor, day=TODAY, at=TONIGHT))

    def test_today_ends_at_midnight_in_ljubljana(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=make.at("23:59:59"))
        after = make.at("23:59:59") + timedelta(seconds=1)

        with self.assertRaises(actions.AnswerRefused):
            actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=after)

    def test_it_reads_the_days_that_people_write(self) -> None:
        self.assertEqual(actions.day_of("today", TONIGHT), TODAY)
        self.assertEqual(actions.day_of("Tomorrow", TONIGHT), TODAY + timedelta(1))
        self.assertEqual(actions.day_of("2026-11-24", TONIGHT).day, 24)
        for wrong in ("20261124", "2026-W48-2", "2026-02-29", "tuesday", "", "٢٠٢٦-١١-٢٤"):
            with self.assertRaises(actions.AnswerRefused):
                actions.day_of(wrong, TONIGHT)
