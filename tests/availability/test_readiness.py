from datetime import date, datetime, timedelta

from accounts.models import User
from availability import actions, posts, readiness
from availability.quorum import Memory, Quorum
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TODAY = TONIGHT.date()
MINUTE = timedelta(minutes=1)


def said(memory: Memory, looking: int, at: datetime) -> Memory:
    return memory.after(Quorum(looking, 6), at)


class MemoryTests(SlomixTestCase):
    """On, short again, on again: what counts is how long it has been so."""

    def test_five_are_never_on_and_nothing_falls_apart(self) -> None:
        memory = said(said(Memory(), 5, TONIGHT), 0, TONIGHT + MINUTE)

        self.assertEqual(memory, Memory())

    def test_it_is_on_once_six_have_stayed_for_a_quarter_of_a_minute(self) -> None:
        memory = said(Memory(), 6, TONIGHT)

        self.assertFalse(memory.stands(TONIGHT + timedelta(seconds=14)))
        self.assertTrue(memory.stands(TONIGHT + timedelta(seconds=15)))

    def test_ten_minutes_with_too_few_and_it_fell_apart(self) -> None:
        memory = said(said(Memory(), 6, TONIGHT), 5, TONIGHT + MINUTE)

        self.assertFalse(memory.fell_apart(TONIGHT + 10 * MINUTE))
        self.assertTrue(memory.fell_apart(TONIGHT + 11 * MINUTE))

    def test_one_who_rejoins_in_time_was_never_missed(self) -> None:
        memory = Memory()
        for minute, looking in enumerate([6, 5, 6, 5, 6, 5, 5, 5]):
            memory = said(memory, looking, TONIGHT + minute * MINUTE)

        self.assertEqual(memory.was_on_at, TONIGHT)
        self.assertEqual(memory.short_since, TONIGHT + 5 * MINUTE)


class RememberedTests(SlomixTestCase):
    """Every answer writes it down in its own transaction."""

    def six(self) -> list[User]:
        people = [make.person() for _each in range(6)]
        for who in people:
            self.answer(who)
        return people

    def answer(self, who: User, status: str = "LOOKING", day: date = TODAY) -> None:
        actions.answer(person=who, day=day, status=status, at=TONIGHT)

    def words(self) -> str:
        drawn = posts.draw(posts.key_of(TODAY), TONIGHT)
        return str(drawn.extras["embed"]["description"])

    def test_the_sixth_answer_makes_the_evening_on(self) -> None:
        people = self.six()

        self.assertEqual(readiness.of(TODAY), Memory(TONIGHT, TONIGHT))

        self.answer(people[0], "MAYBE")
        self.assertEqual(readiness.of(TODAY), Memory(TONIGHT, None, TONIGHT))

    def test_the_post_says_that_we_are_five_again(self) -> None:
        people = self.six()
        self.assertIn("We play at", self.words())

        actions.clear(person=people[0], day=TODAY, at=TONIGHT)

        self.assertIn("We are 5 again", self.words())
        self.assertIn("The evening is not off", self.words())

    def test_an_evening_that_was_never_on_is_only_short(self) -> None:
        for who in (self.ana, self.bor):
            self.answer(who)

        self.assertNotIn("again", self.words())

    def test_weeks_make_evenings_on_as_well(self) -> None:
        for _each in range(6):
            week = dict.fromkeys(range(7), "LOOKING")
            actions.set_pattern(person=make.person(), week=week, at=TONIGHT)

        self.assertTrue(readiness.of(TODAY + timedelta(days=5)).was_on)

    def test_other_evenings_stay_as_they_are(self) -> None:
        self.six()

        self.assertFalse(readiness.of(TODAY + timedelta(days=1)).was_on)
