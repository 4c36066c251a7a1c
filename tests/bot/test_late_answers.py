"""An interaction that is acknowledged too late or twice, and a token that has grown too old."""

import asyncio
from typing import Any

import pytest
from django.test import override_settings

from accounts.models import User
from availability import queries
from availability.models import Change, Status
from botworker.client import SlomixBot
from botworker.standin.faults import Fault
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase
from tests.bot.journey import CHANNEL, TOKEN
from tests.cast import TONIGHT
from tests.ledger.ledger import promise

pytestmark = pytest.mark.slow

ACKNOWLEDGING = "POST /interactions/*/*/callback"
DAY = TONIGHT.date()


@override_settings(POLL_ENABLED=True)
class LateCase(CommandCase):
    """bor answers in the message that reminds him, on the evening's post, and by command."""

    def setUp(self) -> None:
        super().setUp()
        make.entry(self.bor, "MAYBE")

    def go_wrong(self, **fault: Any) -> None:
        self.standin.parts.faults.add(Fault(ACKNOWLEDGING, **fault))

    def acknowledge_late(self) -> None:
        """Let what the bot says arrive when Discord waits no more: 10062."""
        self.standin.parts.desk.patience = 0.1
        self.go_wrong(fault="late", seconds=0.3)

    def grow_old(self) -> None:
        """Let every token be older than a quarter of an hour: 50027."""
        self.standin.parts.desk.token_lives = 0.0

    async def reminded(self) -> dict[str, Any]:
        await call(promise, self.bor)
        await self.until(lambda: bool(self.inbox(self.bor)))
        return dict(self.standin.inbox(self.bor.discord.discord_id)[0])

    async def post(self) -> dict[str, Any]:
        await self.until(lambda: bool(self.standin.messages(CHANNEL)))
        return dict(self.standin.messages(CHANNEL)[0])

    async def press(self, message: dict[str, Any], verb: str) -> dict[str, Any]:
        ids = [
            one.get("custom_id", "") for row in message["components"] for one in row["components"]
        ]
        wanted = next(one for one in ids if f":{verb}:" in one)
        person = self.bor.discord.discord_id
        return dict(await self.standin.press(person, int(message["id"]), wanted))

    async def holds(self, who: User) -> str:
        found = await call(queries.answer_of, who.pk, DAY)
        return found.status if found else ""

    async def changes(self) -> int:
        return await call(Change.objects.filter(person=self.bor, day=DAY).count)

    def codes(self) -> list[int]:
        """Return what Discord refused, by its own numbers."""
        refused = [one["response_json"] for one in self.standin.journal if one["status"] >= 400]
        return [one["code"] for one in refused if isinstance(one, dict)]


class TooLateTests(LateCase):
    async def test_a_no_in_a_message_counts_and_the_message_says_so(self) -> None:
        self.go_to("20:45")
        async with self.night():
            message = await self.reminded()
            self.acknowledge_late()

            told = await self.press(message, "no")

            self.assertFalse(told["answered"])
            await self.until(lambda: "not playing tonight" in self.inbox(self.bor)[0])
            self.assertEqual(self.codes(), [10062])
            self.assertEqual(len(self.inbox(self.bor)), 1)
        self.assertEqual(await self.holds(self.bor), Status.NOT_PLAYING)

    async def test_a_press_on_the_post_counts_and_is_answered_privately(self) -> None:
        self.go_to("19:30")
        async with self.night():
            post = await self.post()
            self.acknowledge_late()

            await self.press(post, "looking")

            await self.until(lambda: bool(self.inbox(self.bor)))
            self.assertIn("Looking", self.inbox(self.bor)[0])
        self.assertEqual(await self.holds(self.bor), Status.LOOKING)

    async def test_whoever_takes_no_messages_is_not_written_to_and_counts_all_the_same(
        self,
    ) -> None:
        self.go_to("19:30")
        async with self.night() as discord:
            post = await self.post()
            await discord.set_person(self.bor.discord.discord_id, dms_closed=True)
            self.acknowledge_late()

            with self.assertLogs("botworker.interactions", "INFO") as told:
                await self.press(post, "looking")
                await self.until(lambda: any("reached nobody" in one for one in told.output))

        self.assertEqual(await self.holds(self.bor), Status.LOOKING)

    async def test_a_command_is_not_carried_out_for_discord_says_that_nobody_answered(self) -> None:
        self.go_to("19:30")
        async with self.night():
            await self.ready()
            self.acknowledge_late()

            with self.assertLogs("botworker.interactions", "WARNING") as told:
                answer = await self.standin.run_command(
                    self.bor.discord.discord_id,
                    CHANNEL,
                    "avail",
                    {"day": "today", "status": "LOOKING"},
                )
                await self.until(lambda: any("too late" in one for one in told.output))

            self.assertFalse(answer["answered"])
            self.assertEqual(self.inbox(self.bor), [])
        self.assertEqual(await self.holds(self.bor), Status.MAYBE)


class OldTokenTests(LateCase):
    async def test_the_message_is_changed_by_its_author(self) -> None:
        self.go_to("20:45")
        async with self.night():
            message = await self.reminded()
            self.grow_old()

            await self.press(message, "in")

            await self.until(lambda: "You are in for" in self.inbox(self.bor)[0])
            self.assertEqual((self.codes(), len(self.inbox(self.bor))), ([50027], 1))
        self.assertEqual(await self.holds(self.bor), Status.LOOKING)

    async def test_what_a_command_did_is_told_privately(self) -> None:
        self.go_to("19:30")
        async with self.night():
            await self.ready()
            self.grow_old()

            await self.standin.run_command(
                self.bor.discord.discord_id,
                CHANNEL,
                "avail",
                {"day": "today", "status": "LOOKING"},
            )

            await self.until(lambda: bool(self.inbox(self.bor)))
            self.assertIn("Your answer for tonight: Looking.", self.inbox(self.bor)[0])
        self.assertEqual(await self.holds(self.bor), Status.LOOKING)


class TwiceTests(LateCase):
    async def test_an_acknowledgement_that_arrived_unheard_is_repeated_and_the_press_answered(
        self,
    ) -> None:
        self.go_to("20:45")
        async with self.night():
            message = await self.reminded()
            self.go_wrong(fault="500_after")

            await self.press(message, "no")

            await self.until(lambda: "not playing tonight" in self.inbox(self.bor)[0])
            self.assertEqual(self.codes()[-1], 40060)
        self.assertEqual(await self.holds(self.bor), Status.NOT_PLAYING)

    async def test_what_two_bots_hear_is_done_and_answered_once(self) -> None:
        self.go_to("19:30")
        async with self.night():
            await self.ready()
            post = await self.post()
            other = SlomixBot(guild_ready_timeout=0.2, drains=False)
            running = asyncio.create_task(other.start(TOKEN))
            try:
                await self.until(other.is_ready)
                before = await self.changes()

                told = await self.press(post, "looking")
                await self.until(lambda: 40060 in self.codes())
            finally:
                await other.close()
                await asyncio.wait([running], timeout=5)

            self.assertIn("Looking", told["content"])
            private = [one for one in self.standin.messages(CHANNEL) if one.get("only_for")]
            self.assertEqual(len(private), 1)
            self.assertEqual(await self.changes() - before, 1)
