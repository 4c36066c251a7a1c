from datetime import timedelta

from botworker import claims, sweep
from botworker.models import Attempt, Delivery
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise, row, soon


class ClaimTests(SlomixTestCase):
    def claim(self, wall: str = "20:45", owner: str = "first") -> list[claims.Job]:
        return claims.claim("discord", at=make.at(wall), owner=owner)

    def test_it_takes_nothing_before_its_time(self) -> None:
        promise(self.bor)

        self.assertEqual(self.claim("20:44:59"), [])
        self.assertEqual(len(self.claim("20:45")), 1)

    def test_it_takes_nothing_after_the_deadline(self) -> None:
        promise(self.bor)

        # 12 s before it expires no request may start, so that none lands late.
        self.assertEqual(self.claim("20:56:48"), [])

    def test_it_never_gives_a_row_to_two_drains(self) -> None:
        promise(self.bor)
        self.claim(owner="first")

        self.assertEqual(self.claim(owner="second"), [])

    def test_it_leaves_planned_rows_to_the_job(self) -> None:
        promise(self.bor, planned=True)

        self.assertEqual(self.claim(), [])

    def test_a_drain_releases_what_no_worker_released(self) -> None:
        promise(self.bor, planned=True)

        sweep.sweep(soon("20:45", 5))

        self.assertEqual((row(self.bor).state, row(self.bor).released_by), ("scheduled", "drain"))

    def test_the_lease_of_a_dead_drain_runs_out(self) -> None:
        promise(self.bor)
        self.claim(owner="dead")

        sweep.sweep(make.at("20:45") + claims.LEASE)

        self.assertEqual(len(self.claim("20:45:30", owner="second")), 1)

    def test_a_drain_that_was_overtaken_changes_nothing(self) -> None:
        promise(self.bor)
        [asleep] = self.claim(owner="asleep")
        sweep.sweep(make.at("20:45") + claims.LEASE)
        self.claim("20:45:30", owner="awake")

        started = claims.begin([asleep], at=make.at("20:45:31"))

        self.assertEqual((started, Attempt.objects.count()), ([], 0))

    def test_no_send_starts_with_little_of_its_lease_left(self) -> None:
        promise(self.bor)
        claimed = self.claim()

        late = make.at("20:45") + claims.LEASE - timedelta(seconds=11)

        self.assertEqual(claims.begin(claimed, at=late), [])

    def test_what_is_too_late_expires_and_is_never_sent(self) -> None:
        """W15: a reminder of 20:45 was sent whenever the bot came back."""
        promise(self.bor)

        sweep.sweep(make.at("20:56:48"))

        self.assertEqual((row(self.bor).state, row(self.bor).reason), ("expired", "too late"))
        self.assertIsNone(Delivery.objects.get().lease_until)
