"""Commands at the same instant."""

import pytest

from availability import queries
from availability.commands import common, evening, standing
from availability.models import Change, Entry
from tests.availability.test_commands import press_of
from tests.cast import SlomixLiveTestCase
from tests.concurrency.together import together


@pytest.mark.postgresql
class CommandRaceTests(SlomixLiveTestCase):
    def test_seven_weekdays_said_at_once_are_all_kept(self) -> None:
        def say(weekday: int) -> object:
            press = press_of(self.bor, 100 + weekday)
            return common.run(press, standing.pattern, weekday=str(weekday), status="LOOKING")

        together(7, say)

        self.assertEqual(queries.usual(self.bor.pk), dict.fromkeys(range(7), "LOOKING"))

    def test_of_ten_answers_at_once_two_count_and_eight_are_told_to_wait(self) -> None:
        def say(number: int) -> str:
            press = press_of(self.bor, 200 + number)
            status = ("LOOKING", "MAYBE")[number % 2]
            return common.run(press, evening.answer, day="today", status=status).text

        told = [str(one) for one in together(10, say)]

        waiting = [one for one in told if "That was a lot at once." in one]
        self.assertEqual(len(waiting), 8, told)
        self.assertEqual(Entry.objects.count(), 1)
        self.assertLessEqual(Change.objects.count(), 2)

    def test_one_command_that_arrives_at_two_bots_counts_once(self) -> None:
        def say(_number: int) -> str:
            press = press_of(self.bor, 300)
            return common.run(press, evening.answer, day="today", status="LOOKING").text

        together(2, say)

        self.assertEqual((Entry.objects.count(), Change.objects.count()), (1, 1))
