from typing import Any

from django.test import override_settings

from availability.models import Entry, Status
from botworker import outbox
from botworker.models import Attempt, Delivery, State
from promotions import actions, jobs, report
from promotions.promises import slots_of
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import CHANNEL, JourneyCase


class ReminderJourney(JourneyCase):
    """ana calls; bor, who is looking, is reminded and answers in the message."""

    async def call_the_others(self) -> Any:
        await call(make.entry, self.bor)
        campaign = await call(
            actions.promote,
            promoter=self.ana,
            include_available=True,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )
        await call(self.run_jobs)
        return campaign

    def run_jobs(self) -> None:
        for job_id in jobs.due(clock.now()):
            jobs.run(job_id, at=clock.now())

    def button(self, verb: str, which: int = 0) -> tuple[int, str]:
        message = self.inbox()[which]
        ids = [b["custom_id"] for row in message["components"] for b in row["components"]]
        return int(message["id"]), next(one for one in ids if f":{verb}:" in one)

    def inbox(self) -> list[dict[str, Any]]:
        return self.standin.inbox(self.bor.discord.discord_id)

    async def test_a_press_becomes_a_message_and_an_answer(self) -> None:
        self.go_to("20:45")
        async with self.night() as discord:
            campaign = await self.call_the_others()
            await self.until(lambda: len(self.inbox()) == 1)

            reply = await discord.press(self.bor.discord.discord_id, *self.button("no"))

            self.assertIn("You are not playing tonight", self.inbox()[0]["content"])
            self.assertIn("1 reminder is cancelled", self.inbox()[0]["content"])
            self.assertTrue(reply["answered"])
            entry = await call(Entry.objects.get, person=self.bor)
            self.assertEqual(entry.status, Status.NOT_PLAYING)

            # It is in bor's inbox before the drain has written down that it is.
            async def counted() -> bool:
                counts = (await call(report.of, campaign, clock.now())).counts
                return (counts["sent"], counts["skipped"]) == (1, 2)

            await self.until(counted)

    async def test_saying_yes_again_brings_the_start_back(self) -> None:
        self.go_to("20:45")
        async with self.night() as discord:
            await self.call_the_others()
            await self.until(lambda: len(self.inbox()) == 1)
            await discord.press(self.bor.discord.discord_id, *self.button("no"))
            await discord.press(self.bor.discord.discord_id, *self.button("in"))

            self.go_to("21:00")
            await call(self.run_jobs)
            await self.until(lambda: len(self.inbox()) == 2)

            self.assertIn("It is 21:00 CET", self.inbox()[1]["content"])

    @override_settings(POLL_ENABLED=True)
    async def test_somebody_elses_button_is_refused(self) -> None:
        self.go_to("20:45")
        async with self.night() as discord:
            await self.call_the_others()
            await self.until(lambda: len(self.inbox()) == 1)
            _message, button = self.button("no")
            await call(make.entry, self.ana)
            await self.until(lambda: len(discord.messages(CHANNEL)) == 1)
            post = int(discord.messages(CHANNEL)[0]["id"])

            press = await discord.press(self.ana.discord.discord_id, post, button, forge=True)

            self.assertIn("belongs to somebody else", press["content"])
            entry = await call(Entry.objects.get, person=self.ana)
            self.assertEqual(entry.status, Status.LOOKING)

    async def test_closed_direct_messages_fail_with_the_reason(self) -> None:
        """W24: a message that nobody got was reported as an idempotent skip."""
        self.go_to("20:45")
        async with self.night() as discord:
            await discord.set_person(self.bor.discord.discord_id, dms_closed=True)
            campaign = await self.call_the_others()

            async def failed() -> bool:
                return (await call(report.of, campaign, clock.now())).counts["failed"] == 1

            await self.until(failed)
            found = await call(report.of, campaign, clock.now())
            self.assertEqual(dict(found.reasons), {"Direct messages are closed": 1})

    async def test_a_crash_between_sending_and_settling_is_read_back(self) -> None:
        """W3: a fault right after sending sent it again."""
        self.go_to("20:45")
        async with self.night() as discord:
            campaign = await self.call_the_others()
            await self.until(lambda: len(self.inbox()) == 1)
            key = slots_of(campaign)[0].event_key

            def lose_the_answer() -> None:
                row = Delivery.objects.get(event_key=key)
                Delivery.objects.filter(pk=row.pk).update(
                    state=State.SENDING, lease_until=clock.now(), settled_at=None
                )
                Attempt.objects.filter(delivery=row).update(outcome="pending", ended_at=None)

            async def settled() -> bool:
                found = await call(outbox.states_of, [key])
                return dict(found) == {"sent": 1}

            await self.until(settled)
            await call(lose_the_answer)
            await self.until(settled)

            self.assertEqual(len(self.inbox()), 1)
            creations = [
                one
                for one in discord.journal
                if one["method"] == "POST" and "messages" in one["path"]
            ]
            self.assertEqual(len(creations), 1)
