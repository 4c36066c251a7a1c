from datetime import timedelta

from botworker import pacing
from tests import make
from tests.cast import SlomixTestCase


class PacingTests(SlomixTestCase):
    def test_it_never_grants_more_than_fifty_in_any_second(self) -> None:
        granted = []
        for step in range(300):
            at = make.TONIGHT + timedelta(milliseconds=10 * step)
            granted.append((at, pacing.take("discord", 25, at=at)))

        for start, _number in granted:
            within = [n for at, n in granted if start <= at < start + timedelta(seconds=1)]
            self.assertLessEqual(sum(within), 50)
        self.assertGreater(sum(n for _at, n in granted), 130)

    def test_it_grants_nothing_for_a_clock_that_went_back(self) -> None:
        pacing.take("discord", 25, at=make.TONIGHT)

        self.assertEqual(pacing.take("discord", 5, at=make.TONIGHT - timedelta(hours=1)), 0)
