"""What commands answer, where Discord itself plays no part."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Throttle, User
from availability import queries
from availability.commands import common, days, evening, standing, written
from availability.models import Entry
from availability.presses import Press, Presser, Reply
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

TYPED = "today danes 2026-02-29 24.11. looking a clear status from 21:30 @everyone <@1> **x** ` 😀"
ANYTHING = st.text(max_size=60) | st.lists(
    st.sampled_from(TYPED.split()) | st.text(max_size=8), max_size=6
).map(" ".join)
seeded = settings(max_examples=100, deadline=None, derandomize=True, database=None)


def press_of(who: User, number: int, minutes: int = 0) -> Press:
    """Return a command that somebody gave: Discord's number for it, and minutes past half past seven."""
    account = who.discord
    presser = Presser(account.discord_id, account.username, account.display_name, "")
    return Press(number, presser, TONIGHT + timedelta(minutes=minutes))


class CommandTests(SlomixTestCase):
    def say(self, status: str, number: int, minutes: int = 0) -> Reply:
        press = press_of(self.bor, number, minutes)
        return common.run(press, evening.answer, day="today", status=status)

    def answer(self) -> str:
        return Entry.objects.get(person=self.bor).status

    def test_a_command_that_arrives_twice_counts_once(self) -> None:
        self.say("LOOKING", 1)
        self.say("MAYBE", 2)

        told = self.say("LOOKING", 1, minutes=1)

        self.assertIn("Already so: Maybe.", told.text)
        self.assertEqual(self.answer(), "MAYBE")

    def test_what_was_refused_may_be_tried_again(self) -> None:
        past = common.run(press_of(self.bor, 1), evening.answer, day="yesterday", status="LOOKING")
        self.assertEqual(past.text, "**2026-11-19 is over.** Choose today or later.")

        self.assertIn("Looking", self.say("LOOKING", 1).text)

    def test_every_other_persons_limit_is_their_own(self) -> None:
        for number in (1, 2):
            self.say("LOOKING", number)
        self.assertTrue(self.say("MAYBE", 3).refused)

        mine = common.run(press_of(self.ana, 4), evening.answer, day="today", status="MAYBE")

        self.assertFalse(mine.refused)

    def test_tomorrow_is_the_evenings_own_in_the_last_second_before_it(self) -> None:
        days = {
            date(2026, 3, 28): "2026-03-29",
            date(2026, 10, 24): "2026-10-25",
            date(2026, 10, 25): "2026-10-26",
            date(2026, 11, 20): "2026-11-21",
        }
        for number, (day, expected) in enumerate(days.items()):
            with self.subTest(str(day)):
                Entry.objects.all().delete()
                press = replace(press_of(self.bor, number), at=make.at("23:59:59", day))

                common.run(press, evening.answer, day="tomorrow", status="LOOKING")

                self.assertEqual(str(Entry.objects.get().day), expected)

    def test_a_status_or_weekday_that_somebody_made_up_changes_nothing(self) -> None:
        press = press_of(self.bor, 1)

        status = common.run(press, evening.answer, day="today", status="DANCING")
        weekday = common.run(press, standing.pattern, weekday="9", status="LOOKING")
        letters = common.run(press, standing.pattern, weekday="x", status="LOOKING")

        self.assertTrue(status.refused and weekday.refused and letters.refused)
        self.assertFalse(Entry.objects.exists())

    @override_settings(READY_THRESHOLD=2)
    def test_an_evening_that_is_on_says_so(self) -> None:
        make.entry(self.bor)
        make.entry(self.ana)

        told = common.run(press_of(self.bor, 1), evening.tonight)

        self.assertEqual(told.text, "**Tonight, 21:00 CET: Looking.** 2 are looking. We play.")

    def test_the_longest_queue_of_the_rudest_names_fits_into_one_message(self) -> None:
        for number in range(30):
            who = make.person("*" * 60 + str(number))
            since = TONIGHT - timedelta(days=2)
            make.entry(who, late_until=make.at("21:30"), since=since)

        told = common.run(press_of(self.bor, 1), evening.queue)

        self.assertLess(len(told.text), 2000)
        self.assertRegex(told.text, r"and \d+ more$")

    def test_the_queue_costs_the_same_for_one_and_for_twenty(self) -> None:
        """W36: each name was looked up by itself."""
        make.entry(self.bor)
        press = press_of(self.ana, 1)
        with CaptureQueriesContext(connection) as for_one:
            common.run(press, evening.queue)
        for _n in range(19):
            make.entry(make.person())

        with self.assertNumQueries(len(for_one)):
            told = common.run(press, evening.queue)

        self.assertIn("Queue for 21:00 CET: 20.", told.text)


class AnyTextTests(SlomixTestCase):
    """Whatever somebody types is answered in words of ours that mention nobody."""

    def test_a_written_command_never_fails_and_mentions_nobody(self) -> None:
        numbers = count(1)

        @seeded
        @given(text=ANYTHING)
        def check(text: str) -> None:
            Throttle.objects.all().delete()

            told = common.run(press_of(self.bor, next(numbers)), written.written, text=text)

            self.assertTrue(0 < len(told.text) < 600)
            self.assertNotRegex(told.text, r"@(?!\u2060)|(?<!\\)<[@#:t]|https?:")

        check()

    def test_what_completes_a_day_is_always_a_day_that_can_be_answered(self) -> None:
        first, last = queries.horizon(TONIGHT)

        @seeded
        @given(typed=ANYTHING)
        def check(typed: str) -> None:
            offers = days.offered(press_of(self.bor, 1), typed)

            values = [date.fromisoformat(value) for _name, value in offers]
            self.assertTrue(all(first <= day <= last for day in values))
            self.assertTrue(all(0 < len(name) <= 100 for name, _value in offers))
            self.assertEqual(len(set(values)), len(values))

        check()
