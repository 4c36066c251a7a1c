"""What each answer of Telegram and Signal does to a delivery, over the wire."""

from typing import Any

from django.test import override_settings

from accounts import links
from accounts.actions import handles
from accounts.models import Handle
from botworker.models import Attempt, Delivery
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.channels.keys import OLDER
from tests.channels.wire import SEND, WireCase

BOTH = ("telegram", "signal")
CLEAR = "We play at 21:00 CET. A_B* is looking."


class SendingTests(WireCase):
    async def deliver(self, channel: str, *states: str, **fault: Any) -> Delivery:
        """Promise bor a reminder on a channel, under a fault, and return what became of it."""
        self.go_to("20:45")
        async with self.evening(loops=False):
            await self.link(channel, self.bor)
            await self.promise(self.bor, channel)
            if fault:
                self.fault(SEND[channel], **fault)
            return await self.run_until(channel, *states)

    async def run_until(self, channel: str, *states: str) -> Delivery:
        looping = self.begin_loops()
        row = await self.outcome(*states)
        self.stopping.set()
        await looping
        said = [text.partition("\nNo more of these: ") for text in self.heard(channel, self.bor)]
        self.got = [words for words, _line, _way in said]
        self.ways_out = [way for _words, _line, way in said]
        return row

    async def test_a_linked_account_is_told_in_plain_words(self) -> None:
        for channel in BOTH:
            with self.subTest(channel):
                row = await self.deliver(channel, "sent", "failed")

                self.assertEqual((row.state, self.got), ("sent", [CLEAR]))
                tried = await call(Attempt.objects.get, delivery=row)
                # The chat's id would be the address in clear.
                self.assertEqual(tried.provider_channel_id, 0)
                self.assertGreater(tried.provider_message_id or 0, 0)
                self.assertIsNotNone((await call(Handle.objects.get)).worked_at)
                await self.forget()

    async def test_every_message_says_how_to_end_them(self) -> None:
        for channel in BOTH:
            with self.subTest(channel):
                await self.deliver(channel, "sent")

                said, _before, token = self.ways_out[0].strip("/").rpartition("/")
                self.assertIn("write STOP, or open http", said)
                self.assertEqual(await call(links.person_of, token), self.bor)
                await self.forget()

    async def test_no_clear_answer_is_never_said_twice(self) -> None:
        """W3: after a time-out the message was sent again, although it had arrived."""
        for channel in BOTH:
            for fault in ("reset", "500_after", "500_before", "garbage", "empty"):
                with self.subTest(f"{channel}: {fault}"):
                    row = await self.deliver(channel, "unconfirmed", "sent", fault=fault, times=1)

                    self.assertEqual(row.state, "unconfirmed")
                    self.assertLessEqual(len(self.got), 1)
                    self.assertEqual(await call(Attempt.objects.count), 1)
                    await self.forget()

    async def test_a_limit_is_waited_out(self) -> None:
        row = await self.deliver("telegram", "sent", fault="429", times=1, retry_after=1)

        self.assertEqual((row.state, self.got, row.attempts), ("sent", [CLEAR], 1))

    async def test_a_captcha_stops_signal_for_a_while(self) -> None:
        row = await self.deliver("signal", "retry_wait", fault="429", times=1)

        self.assertEqual((row.state, self.got), ("retry_wait", []))

    async def test_who_is_nowhere_to_be_reached_is_tried_again(self) -> None:
        self.go_to("20:45")
        for channel in BOTH:
            with self.subTest(channel):
                async with self.evening(loops=False) as standin:
                    await self.link(channel, self.bor)
                    await self.promise(self.bor, channel)
                    await standin.stop()
                    row = await self.run_until(channel, "retry_wait", "unconfirmed")

                self.assertEqual(row.state, "retry_wait")
                await self.forget()

    async def test_what_a_person_did_switches_the_channel_off_with_the_reason(self) -> None:
        self.go_to("20:45")
        for channel, did, reason in (
            ("telegram", "block", "blocked"),
            ("telegram", "deactivate", "gone"),
            ("signal", "unregister", "gone"),
        ):
            with self.subTest(f"{channel}: {reason}"):
                async with self.evening(loops=False) as standin:
                    await self.link(channel, self.bor)
                    await self.promise(self.bor, channel)
                    getattr(getattr(standin, channel), did)(self.id_of(self.bor))
                    # The refusal alone is to tell, and not the news of it.
                    standin.telegram.memory.updates.clear()
                    row = await self.run_until(channel, "failed", "sent", "unconfirmed")

                self.assertEqual(row.state, "failed")
                self.assertEqual((await call(Handle.objects.get)).off_reason, reason)
                await self.forget()

    async def test_new_keys_are_refused_and_switch_nothing_off(self) -> None:
        self.go_to("20:45")
        async with self.evening(loops=False) as standin:
            await self.link("signal", self.bor)
            await self.promise(self.bor, "signal")
            standin.signal.change_identity(self.id_of(self.bor))
            row = await self.run_until("signal", "failed", "sent")

        self.assertEqual((row.state, row.reason), ("failed", "the Signal keys changed"))
        self.assertTrue((await call(Handle.objects.get)).on)

    async def test_a_definite_refusal_leads_to_the_next_channel(self) -> None:
        self.go_to("20:45")
        async with self.evening(loops=False) as standin:
            await self.link("telegram", self.bor)
            await self.link("signal", self.bor)
            await self.promise(self.bor, "telegram", "signal")
            standin.telegram.deactivate(self.id_of(self.bor))
            row = await self.run_until("signal", "sent", "failed")

        self.assertEqual((row.state, row.channel, self.got), ("sent", "signal", [CLEAR]))

    async def test_an_unclear_answer_leads_nowhere_else(self) -> None:
        self.go_to("20:45")
        async with self.evening(loops=False):
            await self.link("telegram", self.bor)
            await self.link("signal", self.bor)
            await self.promise(self.bor, "telegram", "signal")
            self.fault(SEND["telegram"], fault="500_before", times=1)
            row = await self.run_until("signal", "unconfirmed", "sent")

        self.assertEqual((row.state, row.channel, self.got), ("unconfirmed", "telegram", []))

    async def test_a_channel_unlinked_since_the_promise_is_passed_over(self) -> None:
        self.go_to("20:45")
        async with self.evening(loops=False):
            await self.link("telegram", self.bor)
            await self.link("signal", self.bor)
            await self.promise(self.bor, "telegram", "signal")
            await call(
                handles.disconnect, person=self.bor, channel="telegram", at=clock.now(), door="web"
            )
            row = await self.run_until("signal", "sent", "suppressed")
            self.assertEqual(self.heard("telegram", self.bor), [])

        self.assertEqual((row.state, row.channel), ("sent", "signal"))
        self.assertEqual(await call(Attempt.objects.count), 1)

    async def test_an_address_that_no_key_opens_is_named_and_the_next_channel_tried(self) -> None:
        """W30: what could not be decrypted was skipped without a word."""
        self.go_to("20:45")
        async with self.evening(loops=False):
            await self.link("telegram", self.bor)
            await self.promise(self.bor, "telegram")
            with override_settings(CONTACT_KEYS=[OLDER]):
                row = await self.run_until("telegram", "failed", "suppressed")

        self.assertEqual((row.state, row.reason), ("failed", "the address cannot be decrypted"))
        self.assertEqual(self.got, [])
