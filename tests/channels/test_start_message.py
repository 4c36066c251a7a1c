"""The start on Telegram and Signal: voice and game server in plain words, and a link into voice."""

from django.test import override_settings

from accounts.models import Preferences
from botworker import voice_name
from promotions import actions, tasks
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import GUILD
from tests.channels.wire import WireCase

BRIEFING = 700_000_000_000_000_011


@override_settings(VOICE_CHANNEL_IDS=frozenset({BRIEFING}), READY_THRESHOLD=1)
class StartMessageTests(WireCase):
    def prefer(self, channel: str) -> None:
        Preferences.objects.filter(user=self.bor).update(channel_order=[channel])

    def call_the_others(self) -> None:
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )
        tasks.run_due_jobs()

    async def read_on(self, channel: str) -> str:
        """Call bor, who is linked there alone; return what he reads."""
        self.go_to("21:00:01")
        async with self.evening():
            await self.link(channel, self.bor)
            await call(self.prefer, channel)
            before = len(self.heard(channel, self.bor))
            with override_settings(GAME_SERVER=("et.example", 27960)):
                await call(self.call_the_others)
            await self.until(lambda: len(self.heard(channel, self.bor)) > before)
            return self.heard(channel, self.bor)[-1]

    async def reads_where_to_go(self, channel: str) -> None:
        await call(make.entry, self.bor)
        await call(voice_name.note, BRIEFING, "Briefing")

        said = await self.read_on(channel)

        first, second, *_rest = said.split("\n")
        self.assertIn("Voice: Briefing. Server: /connect et.example:27960", first)
        self.assertEqual(second, f"Open voice: https://discord.com/channels/{GUILD}/{BRIEFING}")

    async def test_it_says_where_to_go_on_telegram(self) -> None:
        await self.reads_where_to_go("telegram")

    async def test_so_it_does_on_signal(self) -> None:
        await self.reads_where_to_go("signal")
