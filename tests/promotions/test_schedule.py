from datetime import timedelta

from django.test import SimpleTestCase

from promotions import schedule
from tests import make

DAY = make.TONIGHT.date()


class ScheduleTests(SimpleTestCase):
    def test_a_reminder_ends_three_minutes_before_the_start(self) -> None:
        reminder, start = schedule.slots(
            DAY, reminder_at=make.at("20:45"), start_at=make.at("21:00")
        )

        self.assertEqual(reminder.expires_at, make.at("20:57"))
        self.assertEqual(start.expires_at, make.at("21:10"))

    def test_a_short_gap_keeps_the_same_proportions(self) -> None:
        gap = timedelta(seconds=75)
        reminder, _start = schedule.slots(
            DAY, reminder_at=make.at("20:45"), start_at=make.at("20:45") + gap
        )

        self.assertEqual(reminder.expires_at - reminder.due_at, timedelta(seconds=60))
        self.assertEqual(reminder.event.deadline_at - reminder.due_at, timedelta(seconds=48))

    def test_each_thing_is_in_time_while_a_drain_can_send_it_before_its_deadline(self) -> None:
        reminder, start = schedule.slots(
            DAY, reminder_at=make.at("20:45"), start_at=make.at("21:00")
        )

        self.assertTrue(reminder.in_time(make.at("20:56:35")))
        self.assertFalse(reminder.in_time(make.at("20:56:36")))
        self.assertTrue(start.in_time(make.at("21:09:35")))
