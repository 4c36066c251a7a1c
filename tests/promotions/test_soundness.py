"""“Bot, worker and last evening are fine”, or what is not and what to do."""

from datetime import timedelta

from botworker import pulse
from botworker.models import Delivery
from promotions import actions, soundness
from promotions.models import Job
from tests import make
from tests.cast import TONIGHT, SlomixTestCase, without_the_check

YESTERDAY = TONIGHT - timedelta(days=1)


@without_the_check
class SoundnessTests(SlomixTestCase):
    """Bot and worker live; yesterday was called and everybody heard it."""

    def setUp(self) -> None:
        super().setUp()
        pulse.beat("bot", "connected")
        pulse.beat("worker")
        make.entry(self.bor, day=YESTERDAY.date())
        self.campaign = actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=YESTERDAY,
        )
        Delivery.objects.update(state="sent", settled_at=YESTERDAY)
        Job.objects.update(done_at=YESTERDAY)

    def part(self, name: str) -> soundness.Part:
        return next(one for one in soundness.parts(TONIGHT) if one.name == name)

    def test_all_is_fine(self) -> None:
        self.assertTrue(all(part.fine for part in soundness.parts(TONIGHT)))
        self.assertIn("2 of 2 messages were sent", self.part("last_evening").words)

    def test_a_silent_bot_is_named_with_what_to_do(self) -> None:
        self.travel(TONIGHT - timedelta(minutes=5))
        pulse.beat("bot", "connected")

        bot = self.part("bot")

        self.assertFalse(bot.fine)
        self.assertIn("silent since 19:25", bot.words)
        self.assertIn("ask an admin", bot.words)

    def test_a_bot_without_its_gateway_is_named(self) -> None:
        pulse.beat("bot", "connecting")

        self.assertIn("no connection to Discord", self.part("bot").words)

    def test_a_silent_worker_is_named(self) -> None:
        self.travel(TONIGHT - timedelta(days=3))
        pulse.beat("worker")

        worker = self.part("worker")

        self.assertFalse(worker.fine)
        self.assertIn("silent since 2026-11-17, 19:30", worker.words)

    def test_what_was_not_sent_in_time_is_red_and_leads_to_that_call(self) -> None:
        Delivery.objects.filter(kind="start").update(state="expired")

        last = self.part("last_evening")

        self.assertEqual((last.fine, last.call), (False, self.campaign.pk))
        self.assertIn("1 of 2 messages were not sent in time", last.words)

    def test_closed_direct_messages_are_nobodys_fault(self) -> None:
        Delivery.objects.filter(kind="start").update(
            state="failed", reason="direct messages are closed"
        )

        self.assertTrue(self.part("last_evening").fine)

    def test_a_call_that_was_cancelled_is_not_looked_at(self) -> None:
        actions.cancel(campaign=self.campaign, by=self.ana, at=YESTERDAY)

        self.assertIn("No evening was called before", self.part("last_evening").words)

    def test_the_page_shows_red_and_green(self) -> None:
        pulse.beat("bot", "connecting")
        self.sign_in(self.ana)

        page = self.client.get("/promote/")

        self.assertContains(page, 'class="note bad" role="alert"')
        self.assertContains(page, "The worker is running.")
