from datetime import time, timedelta

from django.test import override_settings

from availability import actions as evenings
from botworker.models import Delivery
from tests import make
from tests.sequences.stage import BOTH, DAY, Evening

LATE = override_settings(REMINDER_TIME=time(23, 50), START_TIME=time(23, 58))
NEXT = DAY + timedelta(days=1)


@LATE
class MidnightTests(Evening):
    """The call at 23:50 and the start at 23:58; what is said after midnight is of the day before."""

    def setUp(self) -> None:
        super().setUp()
        self.campaign = self.promote()

    def at_night(self, *walls: str) -> None:
        for wall in walls:
            moment = make.at(wall, NEXT)
            self.travel(moment)
            self.look(moment)
            self.settle(self.send(self.begin(self.claim(moment), moment), moment), moment)

    def test_its_keys_and_its_evening_are_the_day_it_belongs_to(self) -> None:
        keys = set(Delivery.objects.values_list("event_key", "evening"))

        kinds = ("T-15", "T0", "FOLLOWUP")
        self.assertEqual(keys, {(f"PROMOTE:{kind}:{DAY}", DAY) for kind in kinds})

    def test_the_start_is_said_once_over_midnight(self) -> None:
        self.tick("23:48", "23:50", "23:58")
        self.at_night("00:00", "00:05")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_after_an_outage_it_is_still_said_after_midnight(self) -> None:
        self.tick("23:48", "23:50")

        self.at_night("00:03", "00:04")

        self.assertEqual(self.heard(self.bor), BOTH)

    def test_not_when_it_is_over(self) -> None:
        self.tick("23:48", "23:50")

        self.at_night("00:08")

        self.assertEqual(self.heard(self.bor), {"reminder": 1})

    def test_whoever_asks_for_silence_after_midnight_is_heard(self) -> None:
        self.tick("23:48", "23:50")
        moment = self.travel(make.at("00:01", NEXT))
        evenings.stop_reminders(person=self.bor, day=DAY, at=moment)

        self.at_night("00:02")

        self.assertEqual(self.heard(self.bor), {"reminder": 1})

    def test_a_no_to_the_new_day_says_nothing_about_the_old_one(self) -> None:
        self.tick("23:48", "23:50")
        moment = self.travel(make.at("00:01", NEXT))
        evenings.answer(person=self.bor, day=NEXT, status="NOT_PLAYING", at=moment)

        self.at_night("00:02")

        self.assertEqual(self.heard(self.bor), BOTH)
