from collections import Counter
from datetime import timedelta

import pytest

from botworker import alarms
from botworker.alarms import Found
from botworker.models import Alert, FinishedRun
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

SILENT = Found("bot.silent", "bot.silent", "The bot is silent\nIts last word: 19:28.", urgent=True)


@pytest.mark.postgresql
class AlarmRaceTests(SlomixLiveTestCase):
    """Eight processes watch, and all of them find the same at the same instant."""

    def test_one_cause_is_one_row(self) -> None:
        found = together(8, lambda _number: alarms.note([SILENT], at=TONIGHT))

        self.assertEqual([one for one in found if one is not None], [])
        self.assertEqual(Alert.objects.count(), 1)

    def test_one_of_them_tells(self) -> None:
        alarms.note([SILENT], at=TONIGHT)

        found = Counter(type(one).__name__ for one in together(8, self.claim))

        self.assertEqual(found, {"Task": 1, "NoneType": 7})

    def claim(self, _number: int) -> object:
        return alarms.claim(at=TONIGHT)

    def test_one_of_them_looks_in_a_turn(self) -> None:
        alarms.my_turn("web", timedelta(seconds=5), at=TONIGHT - timedelta(seconds=10))

        def turn(_number: int) -> object:
            return alarms.my_turn("web", timedelta(seconds=5), at=TONIGHT)

        found = Counter(map(str, together(8, turn)))

        self.assertEqual(found, {"True": 1, "False": 7})

    def test_one_of_them_tells_the_service_outside(self) -> None:
        alarms.finish(["reminder 2026-11-20"], at=TONIGHT)

        found = together(8, lambda _number: alarms.claim_ping(at=TONIGHT))

        self.assertEqual(Counter(type(one).__name__ for one in found)["FinishedRun"], 1)
        self.assertEqual(FinishedRun.objects.get().tries, 1)
