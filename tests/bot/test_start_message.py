"""The start as Discord gets it: voice and game server in its words, and a button that leads to voice."""

from typing import Any

from django.test import override_settings

from promotions import actions, tasks
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import GUILD
from tests.bot.test_voice import BRIEFING, VoiceCase

LINK = 5


@override_settings(VOICE_CHANNEL_IDS=frozenset({BRIEFING}), READY_THRESHOLD=1)
class StartMessageTests(VoiceCase):
    def inbox(self) -> list[dict[str, Any]]:
        return self.standin.inbox(self.bor.discord.discord_id)

    async def call_the_others(self) -> None:
        await call(
            actions.promote,
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )
        await call(tasks.run_due_jobs)

    async def test_one_press_leads_into_voice(self) -> None:
        await call(make.entry, self.bor)
        self.go_to("21:00:01")
        async with self.night():
            await self.join(self.ana)
            await self.until_known(self.ana, BRIEFING)
            with override_settings(GAME_SERVER=("et.example", 27960)):
                await self.call_the_others()
            await self.until(lambda: len(self.inbox()) == 1)

            [said] = self.inbox()
            self.assertIn("Voice: Briefing. Server: `/connect et.example:27960`", said["content"])
            *_others, last = said["components"][0]["components"]
            self.assertEqual((last["style"], last["label"]), (LINK, "Open voice"))
            self.assertEqual(last["url"], f"https://discord.com/channels/{GUILD}/{BRIEFING}")
            self.assertEqual(len(said["components"]), 2)
