"""Links for one answer, pressed by many at once."""

from collections import Counter
from datetime import timedelta

import pytest

from availability import actions
from availability.models import Change, Entry, Status
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

DAY = TONIGHT.date()


@pytest.mark.postgresql
class LinkRaceTests(SlomixLiveTestCase):
    def test_twenty_presses_at_once_are_one_answer(self) -> None:
        statuses = list(Status.values) * 5

        def press(number: int) -> Entry:
            return actions.answer_once(
                person=self.bor,
                day=DAY,
                status=statuses[number],
                key="one link",
                at=TONIGHT + timedelta(minutes=1),
                door="signal",
            )

        found = Counter(type(one).__name__ for one in together(20, press))

        self.assertEqual(found, {"Entry": 1, "LinkUsed": 19})
        self.assertEqual(Entry.objects.filter(person=self.bor).count(), 1)
        self.assertEqual(Change.objects.filter(person=self.bor).count(), 1)
