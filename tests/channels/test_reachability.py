"""“Send me a test”: through the outbox, on one channel, at any hour."""

from botworker.models import Delivery
from slomix import person as people
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.channels.wire import WireCase


class TestingTests(SlomixTestCase):
    def test_it_is_a_delivery_like_any_other_once_a_minute(self) -> None:
        for _again in range(3):
            people.send_test(person=self.bor, channel="discord", at=TONIGHT)

        sent = Delivery.objects.get()
        self.assertEqual((sent.kind, sent.channels), ("reachability", ["discord"]))
        self.assertIn("A test, sent at 19:30 CET", sent.body)

    def test_what_is_not_linked_cannot_be_tested(self) -> None:
        for who, channel in ((self.bor, "telegram"), (self.bor, "pigeon"), (self.cene, "discord")):
            with self.assertRaises(people.NothingToTest):
                people.send_test(person=who, channel=channel, at=TONIGHT)
        self.assertEqual(Delivery.objects.count(), 0)


class TestingJourney(WireCase):
    async def test_it_arrives_in_quiet_hours_and_shows_that_a_channel_works_again(self) -> None:
        self.go_to("19:00")
        await call(make.quiet, self.bor, "18:00", "20:00")
        async with self.evening():
            handle = await self.link("telegram", self.bor)
            handle.off_reason, handle.off_at = "blocked", clock.now()
            await call(handle.save)
            before = len(self.heard("telegram", self.bor))

            await call(people.send_test, person=self.bor, channel="telegram", at=clock.now())
            await self.until(lambda: len(self.heard("telegram", self.bor)) > before)
            await self.until(self.settled)

            self.assertIn("A test, sent at 19:00", self.heard("telegram", self.bor)[-1])
        await call(handle.refresh_from_db)
        self.assertEqual((handle.off_reason, bool(handle.worked_at)), ("", True))

    async def settled(self) -> bool:
        return await call(Delivery.objects.filter(state="sent").exists)
