"""Limits that hold when many try at once."""

from collections import Counter
from datetime import timedelta

import pytest

from accounts import limits
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

FIVE = limits.Limit("race", 5, timedelta(minutes=1))


@pytest.mark.postgresql
class LimitRaceTests(SlomixLiveTestCase):
    def take(self, seconds: int) -> Counter[bool]:
        at = TONIGHT + timedelta(seconds=seconds)
        found = together(50, lambda _number: limits.take(FIVE, "somebody", at=at))
        return Counter(wait == 0 for wait in found)

    def test_fifty_tries_at_once_are_allowed_as_often_as_one_after_another(self) -> None:
        """W34: each process counted for itself."""
        self.assertEqual(self.take(0), {True: 5, False: 45})
        self.assertEqual(self.take(59), {False: 50})

    def test_a_new_window_begins_once(self) -> None:
        self.take(0)

        self.assertEqual(self.take(60), {True: 5, False: 45})
