"""One word each day to somebody who waits for it, and whoever watches hears when it stays away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

from botworker import hold, outbox
from botworker.models import Delivery, State
from slomix.lib import clock
from slomix.operations import trial
from tests.cast import SlomixTestCase
from tests.watching.watched import Watched, nobody_is_told


@nobody_is_told
class TrialTests(Watched, SlomixTestCase):
    """bor is the test account, and six o'clock the time."""

    @contextmanager
    def wanted(self) -> Iterator[None]:
        with override_settings(ALERT_TRIAL_TO=self.bor.discord.discord_id):
            yield

    def begin(self, wall: str) -> list[Delivery]:
        self.travel(wall)
        self.all_live()
        trial.begin(clock.now())
        return list(Delivery.objects.all())

    def test_it_goes_to_one_person_once_a_day(self) -> None:
        with self.wanted():
            self.assertEqual(self.begin("17:59:59"), [])
            for wall in ("18:00", "18:00:05", "18:09"):
                [row] = self.begin(wall)

        self.assertEqual((row.person, row.kind, row.channel), (self.bor, "test", "discord"))
        self.assertEqual(clock.wall(row.due_at), "18:00")
        self.assertIn("daily trial", row.body)

    def test_nobody_hears_one_unless_somebody_is_named(self) -> None:
        self.assertEqual(self.begin("18:00"), [])

    def test_what_comes_too_late_to_prove_anything_is_left_out(self) -> None:
        with self.wanted():
            self.assertEqual(self.begin("18:10"), [])

    def test_nothing_is_wrong_when_it_arrived(self) -> None:
        with self.wanted():
            self.begin("18:00")
            self.all_sent("test")
            self.travel("18:30")
            self.all_live()

            self.assertNotIn("trial.missing", self.codes())

    def test_whoever_watches_hears_when_it_waits_for_a_minute(self) -> None:
        with self.wanted():
            self.begin("18:00")
            self.travel("18:01")
            self.all_live()
            self.assertNotIn("trial.missing", self.codes())
            self.travel("18:01:01")

            self.assertIn("trial.missing", self.codes())

    def test_and_at_once_when_discord_refuses_it(self) -> None:
        with self.wanted():
            self.begin("18:00")
            Delivery.objects.update(state=State.SUPPRESSED, reason="closed to us")

            self.assertIn("trial.missing", self.codes())

    def test_an_account_that_nobody_has_here_is_told_of_too(self) -> None:
        with override_settings(ALERT_TRIAL_TO=198_000_000_000_000_777):
            [row] = self.begin("18:00")

            self.assertEqual(row.recipient, outbox.recipient_of(198_000_000_000_000_777))
            self.assertEqual((row.state, row.reason), (State.SUPPRESSED, "no channel reaches them"))
            self.assertIn("trial.missing", self.codes())

    def test_on_hold_it_waits_and_nobody_is_told_of_it(self) -> None:
        hold.put_on(reason="restored", at=clock.now())
        with self.wanted():
            self.begin("18:00")
            self.travel("18:05")
            self.all_live()

            self.assertNotIn("trial.missing", self.codes())
