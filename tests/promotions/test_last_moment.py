"""A call in the last moments of a reminder promises only what a drain has the time to send."""

from datetime import datetime, timedelta
from typing import Any

from accounts import reach
from botworker import claims, sweep
from promotions import actions, jobs, recipients
from promotions.preview import Preview
from promotions.schedule import Slot
from tests import make
from tests.cast import TONIGHT, SlomixTestCase

DAY = TONIGHT.date()


class LastMomentTests(SlomixTestCase):
    """bor is looking, and quiet from ten in the evening on. A reminder may start until 20:56:48."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor)
        make.quiet(self.bor, "22:00", "08:00")

    def call(self, at: datetime) -> Preview:
        wish: dict[str, Any] = {"include_available": False, "include_maybe": False}
        seen = actions.preview(promoter=self.ana, at=at, **wish)
        actions.promote(promoter=self.ana, dry_run=False, at=at, **wish)
        return seen

    def look(self, at: datetime) -> list[str]:
        claimed = claims.claim("discord", at=at, owner="drain")
        return [job.kind for job in claims.begin(claimed, at=at)]

    def test_what_only_an_instant_drain_would_send_is_not_promised(self) -> None:
        seen = self.call(make.at("20:56:40"))
        for job in jobs.due(make.at("20:56:48")):
            jobs.run(job, at=make.at("20:56:48"))

        self.assertEqual([line.choice.said for line in seen.will_hear], [("start",)])
        self.assertEqual([slot.kind for slot in seen.over], ["reminder"])
        self.assertEqual(self.look(make.at("20:56:48")), [])

    def test_nor_is_it_sent_by_one(self) -> None:
        self.call(make.at("20:56:40"))
        for job in jobs.due(make.at("20:56:41")):
            jobs.run(job, at=make.at("20:56:41"))

        self.assertEqual(self.look(make.at("20:56:41")), [])

    def test_what_is_promised_at_last_is_sent_without_a_worker_too(self) -> None:
        last = make.at("20:56:35")
        seen = self.call(last)
        sweep.sweep(last + timedelta(seconds=6))

        self.assertEqual([line.choice.said for line in seen.will_hear], [("reminder", "start")])
        self.assertEqual(self.look(last + timedelta(seconds=12)), ["reminder"])

    def test_quiet_hours_that_leave_no_time_for_it_are_named(self) -> None:
        make.quiet(self.bor, "20:40", "20:55")

        self.assertEqual(self.why_not(ends="20:55:20"), recipients.QUIET)
        self.assertEqual(self.why_not(ends="20:55:30"), "")

    def why_not(self, *, ends: str) -> str:
        """Judge a reminder that may start until twelve seconds before it ends."""
        slot = Slot(DAY, "reminder", "KEY", make.at("20:45"), make.at(ends))
        return recipients.at_its_time(slot, reach.of_many([self.bor.pk])[self.bor.pk], TONIGHT)
