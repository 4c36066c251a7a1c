"""Weeks and absences: what was said wins, then being away, then the week, then nothing."""

from datetime import date, timedelta
from itertools import product

from availability import actions, queries, resolve
from availability.actions import AnswerRefused, NoSuchAbsence, NotLinked
from availability.models import Away, Change, Entry, Evening
from availability.resolve import Said
from botworker import outbox
from promotions import actions as calls
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.ledger.ledger import promise, row

TODAY = TONIGHT.date()  # a Friday
FRIDAY, TUESDAY = 4, 1
NEXT_TUESDAY = TODAY + timedelta(days=4)
SAID = {
    "said": Said("MAYBE", "web", TONIGHT),
    "away": ("NOT_PLAYING", "away"),
    "usual": ("AVAILABLE", "pattern"),
}


def test_the_precedence_is_said_away_usual_nothing() -> None:
    absence = Away(first=TODAY, last=TODAY)
    for said, away, usual in product((True, False), repeat=3):
        found = resolve.resolve(
            TODAY,
            SAID["said"] if said else None,  # type: ignore[arg-type]
            away=[absence] if away else [],
            usual={FRIDAY: "AVAILABLE"} if usual else {},
            at=TONIGHT,
        )

        if said:
            assert found == SAID["said"]
        elif away or usual:
            assert found is not None
            assert (found.status, found.door) == SAID["away" if away else "usual"]
        else:
            assert found is None


def test_an_absence_holds_on_its_first_and_last_day_and_not_around_them() -> None:
    absence = Away(first=TODAY, last=TODAY + timedelta(days=2))

    held = [
        resolve.resolve(TODAY + timedelta(days=n), None, away=[absence], usual={}, at=TONIGHT)
        is not None
        for n in range(-1, 4)
    ]

    assert held == [False, True, True, True, False]


class Standing(SlomixTestCase):
    def days_of(self, status: str = "") -> list[date]:
        mine = Entry.objects.filter(person=self.bor)
        return list((mine.filter(status=status) if status else mine).values_list("day", flat=True))

    def said(self, day: date = TODAY) -> tuple[str, str] | None:
        entry = queries.answer_of(self.bor.pk, day)
        return (entry.status, entry.door) if entry else None


class PatternTests(Standing):
    def usually(self, **week: str) -> int:
        numbers = {"tuesday": TUESDAY, "friday": FRIDAY}
        named = {numbers[name]: status for name, status in week.items()}
        return actions.set_pattern(person=self.bor, week=named, at=TONIGHT)

    def test_a_usual_day_fills_the_empty_ones_for_ninety_days(self) -> None:
        self.assertEqual(self.usually(tuesday="LOOKING"), 13)

        days = self.days_of("LOOKING")
        self.assertEqual({day.weekday() for day in days}, {TUESDAY})
        self.assertEqual((days[0], days[-1]), (NEXT_TUESDAY, date(2027, 2, 16)))
        self.assertEqual(self.said(NEXT_TUESDAY), ("LOOKING", "pattern"))

    def test_what_was_said_wins(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="MAYBE", at=TONIGHT)

        self.usually(friday="LOOKING")

        self.assertEqual(self.said(), ("MAYBE", "web"))

    def test_saying_aloud_what_is_usual_makes_it_said(self) -> None:
        self.usually(friday="LOOKING")

        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, door="telegram")
        self.usually()

        self.assertEqual(self.said(), ("LOOKING", "telegram"))

    def test_a_week_can_be_changed_and_ended(self) -> None:
        self.usually(friday="LOOKING", tuesday="MAYBE")
        self.usually(friday="AVAILABLE")
        self.assertEqual(self.said(), ("AVAILABLE", "pattern"))
        self.assertIsNone(self.said(NEXT_TUESDAY))

        self.usually()

        self.assertEqual(self.days_of(), [])

    def test_the_days_behind_keep_what_held_on_them(self) -> None:
        self.usually(friday="LOOKING")
        later = TONIGHT + timedelta(days=7)

        actions.set_pattern(person=self.bor, week={}, at=later)

        self.assertEqual(self.days_of(), [TODAY])

    def test_saying_it_again_changes_nothing(self) -> None:
        self.usually(friday="LOOKING")
        self.assertEqual(self.usually(friday="LOOKING"), 0)
        self.assertEqual(Change.objects.count(), 13)

    def test_the_board_the_queue_and_a_call_see_it(self) -> None:
        self.usually(friday="LOOKING")

        tonight = queries.named_days(TODAY, TODAY)[TODAY]
        seen = calls.preview(
            promoter=self.ana, include_available=False, include_maybe=False, at=TONIGHT
        )

        self.assertEqual([one.person for one in tonight.looking], [self.bor])
        self.assertEqual(queries.counts(TODAY, TODAY)[TODAY].looking, 1)
        self.assertEqual([line.person for line in seen.will_hear], [self.bor])

    def test_it_costs_the_same_for_one_weekday_and_for_five(self) -> None:
        for week in ({FRIDAY: "LOOKING"}, dict.fromkeys(range(5), "MAYBE")):
            actions.set_pattern(person=self.bor, week={}, at=TONIGHT)
            with self.assertNumQueries(18):
                actions.set_pattern(person=self.bor, week=week, at=TONIGHT)

    def test_only_linked_people_have_a_week_and_only_with_our_words(self) -> None:
        for week in ({7: "LOOKING"}, {-1: "LOOKING"}, {1: "PERHAPS"}, {1: ""}):
            with self.assertRaises(AnswerRefused):
                actions.set_pattern(person=self.bor, week=week, at=TONIGHT)
        with self.assertRaises(NotLinked):
            actions.set_pattern(person=self.cene, week={1: "LOOKING"}, at=TONIGHT)
        self.assertFalse(Entry.objects.exists())


class AwayTests(Standing):
    def away(self, days: int = 3) -> Away:
        last = TODAY + timedelta(days=days - 1)
        return actions.add_away(person=self.bor, first=TODAY, last=last, at=TONIGHT)

    def test_an_absence_says_no_to_every_day_in_it(self) -> None:
        self.away()

        self.assertEqual(len(self.days_of("NOT_PLAYING")), 3)
        self.assertEqual(self.said(), ("NOT_PLAYING", "away"))

    def test_it_beats_the_week_and_gives_it_back(self) -> None:
        actions.set_pattern(person=self.bor, week={FRIDAY: "LOOKING"}, at=TONIGHT)
        absence = self.away()
        self.assertEqual(self.said(), ("NOT_PLAYING", "away"))

        actions.end_away(person=self.bor, absence_id=absence.pk, at=TONIGHT)

        self.assertEqual(self.said(), ("LOOKING", "pattern"))

    def test_a_no_of_an_absence_withdraws_and_its_end_restores(self) -> None:
        actions.set_pattern(person=self.bor, week={FRIDAY: "LOOKING"}, at=TONIGHT)
        promise(self.bor, planned=True)

        absence = self.away()
        self.assertEqual((row(self.bor).state, row(self.bor).reason), ("withdrawn", outbox.SAID_NO))

        actions.end_away(person=self.bor, absence_id=absence.pk, at=TONIGHT)
        self.assertEqual(row(self.bor).state, "planned")

    def test_the_same_absence_twice_is_one(self) -> None:
        self.assertEqual(self.away().pk, self.away().pk)

    def test_nobody_ends_somebody_elses_absence(self) -> None:
        absence = self.away()
        for who, number in ((self.ana, absence.pk), (self.bor, 2**64), (self.bor, 0)):
            with self.assertRaises(NoSuchAbsence):
                actions.end_away(person=who, absence_id=number, at=TONIGHT)
        self.assertTrue(Away.objects.exists())

    def test_wrong_days_are_refused_in_words(self) -> None:
        for first, last in ((-1, 3), (3, 1), (91, 92), (0, 180)):
            with self.assertRaises(AnswerRefused, msg=(first, last)):
                actions.add_away(
                    person=self.bor,
                    first=TODAY + timedelta(days=first),
                    last=TODAY + timedelta(days=last),
                    at=TONIGHT,
                )
        actions.add_away(person=self.bor, first=TODAY, last=TODAY + timedelta(days=179), at=TONIGHT)
        self.assertEqual(len(self.days_of()), 91)


class FillTests(Standing):
    def test_the_day_that_comes_into_sight_is_filled_once(self) -> None:
        actions.set_pattern(person=self.bor, week=dict.fromkeys(range(7), "MAYBE"), at=TONIGHT)
        tomorrow = TONIGHT + timedelta(days=1)

        self.assertEqual(actions.fill_ahead(tomorrow), 1)

        self.assertEqual(max(self.days_of()), TODAY + timedelta(days=91))
        self.assertEqual(actions.fill_ahead(tomorrow), 0)

    def test_somebody_without_a_player_any_more_is_left_out(self) -> None:
        actions.set_pattern(person=self.bor, week=dict.fromkeys(range(7), "MAYBE"), at=TONIGHT)
        self.bor.link.delete()

        self.assertEqual(actions.fill_ahead(TONIGHT + timedelta(days=1)), 0)

    def test_it_costs_the_same_for_one_and_for_forty(self) -> None:
        at = TONIGHT
        for number in (1, 39):
            for _n in range(number):
                week = dict.fromkeys(range(7), "AVAILABLE")
                actions.set_pattern(person=make.person(), week=week, at=at)
            at += timedelta(days=1)
            with self.assertNumQueries(17):
                actions.fill_ahead(at)

    def test_every_page_notices(self) -> None:
        actions.set_pattern(person=self.bor, week={FRIDAY: "LOOKING"}, at=TONIGHT)

        self.assertEqual(Evening.objects.get(day=TODAY).version, 1)

    def test_beat_wakes_it_up(self) -> None:
        from availability import tasks
        from slomix.celery import app

        actions.set_pattern(person=self.bor, week={FRIDAY: "LOOKING"}, at=TONIGHT)
        self.travel(TONIGHT + timedelta(days=1))

        tasks.fill_ahead()

        self.assertEqual(max(self.days_of()), date(2027, 2, 19))
        named = {entry["task"] for entry in app.conf.beat_schedule.values()}
        self.assertIn("availability.tasks.fill_ahead", named)
