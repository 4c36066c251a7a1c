from typing import Any

from botworker.models import Attempt, Delivery
from botworker.standin.faults import Fault
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import JourneyCase
from tests.ledger.ledger import promise, row

SEND = "POST /channels/*/messages"


class RefusalTests(JourneyCase):
    """What each answer of Discord does to a delivery, over the wire."""

    async def deliver(self, *states: str, **fault: Any) -> str:
        """Promise bor a reminder under a fault and return the state it comes to."""
        self.go_to("20:45")
        async with self.night(bot=False) as discord:
            await call(promise, self.bor)
            if fault:
                discord.parts.faults.active.append(Fault.from_json({"route": SEND} | fault))
            await self.start_bot()

            async def settled() -> bool:
                return (await call(row, self.bor)).state in states

            await self.until(settled)
            self.inbox = discord.inbox(self.bor.discord.discord_id)
            self.journal = discord.journal
        return str((await call(row, self.bor)).state)

    async def test_an_error_after_the_effect_is_no_second_message(self) -> None:
        self.assertEqual(await self.deliver("sent", fault="500_after", times=1), "sent")

        self.assertEqual(len(self.inbox), 1)

    async def test_an_error_before_the_effect_is_tried_again(self) -> None:
        self.assertEqual(await self.deliver("sent", fault="500_before", times=1), "sent")

        self.assertEqual(len(self.inbox), 1)

    async def test_a_connection_that_breaks_after_writing_is_read_back(self) -> None:
        self.assertEqual(await self.deliver("sent", fault="reset", times=1), "sent")

        self.assertEqual(len(self.inbox), 1)
        found = await call(Attempt.objects.get)
        self.assertEqual(found.error, "found by reading back")

    async def test_garbage_is_read_back(self) -> None:
        self.assertEqual(await self.deliver("sent", fault="garbage", times=1), "sent")

        self.assertEqual(len(self.inbox), 1)

    async def test_a_limit_is_waited_out_and_counts_as_no_try(self) -> None:
        state = await self.deliver("sent", fault="429", times=6, retry_after=0.2)

        self.assertEqual((state, len(self.inbox)), ("sent", 1))

    async def test_a_person_who_left_the_server_is_told_on_their_page(self) -> None:
        self.go_to("20:45")
        async with self.night(bot=False) as discord:
            await call(promise, self.bor)
            await discord.set_person(self.bor.discord.discord_id, in_guild=False)
            await self.start_bot()

            async def failed() -> bool:
                return (await call(row, self.bor)).state == "failed"

            await self.until(failed)
        await call(self.bor.discord.refresh_from_db)
        self.assertEqual(self.bor.discord.dm_refusal, "not on our Discord server")

    async def test_a_channel_that_is_gone_is_opened_anew(self) -> None:
        self.bor.discord.dm_channel_id = 999_999_999_999_999_999
        await call(self.bor.discord.save)

        self.assertEqual(await self.deliver("sent"), "sent")

        await call(self.bor.discord.refresh_from_db)
        self.assertNotEqual(self.bor.discord.dm_channel_id, 999_999_999_999_999_999)

    async def test_an_unreachable_discord_is_no_unclear_answer(self) -> None:
        self.go_to("20:45")
        async with self.night() as discord:
            await discord.stop()
            await call(promise, self.bor)

            async def waits() -> bool:
                return (await call(row, self.bor)).state in ("retry_wait", "failed")

            await self.until(waits)
        self.assertEqual((await call(Attempt.objects.first)).outcome, "transient")  # type: ignore[union-attr]
        self.assertFalse(await call(Delivery.objects.filter(due_at__gt=clock.now()).exists))
