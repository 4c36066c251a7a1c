"""The daily trial takes the whole way: the worker's look, the ledger, a drain, Discord."""

from typing import Any

from django.test import override_settings

from botworker.models import Delivery, State
from slomix.lib.bridge import call
from slomix.operations import tasks
from tests.bot.journey import JourneyCase


class TrialJourney(JourneyCase):
    def inbox(self) -> list[dict[str, Any]]:
        return self.standin.inbox(self.bor.discord.discord_id)

    async def test_the_test_account_hears_it_and_the_ledger_knows(self) -> None:
        self.go_to("18:00")
        async with self.night():
            with override_settings(ALERT_TRIAL_TO=self.bor.discord.discord_id):
                await call(tasks.look)
                await call(tasks.look)
            await self.until(lambda: len(self.inbox()) == 1)

            async def settled() -> bool:
                return await call(Delivery.objects.filter(kind="test", state=State.SENT).exists)

            await self.until(settled)
        self.assertIn("The daily trial, only for you.", self.inbox()[0]["content"])
