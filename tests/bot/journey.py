"""A night with the bot: the real client over real sockets to the stand-in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import time_machine
from django.conf import settings
from django.test import override_settings

from accounts.models import User
from botworker import client
from botworker.client import SlomixBot
from botworker.standin import Application, Channel, Guild, Person, StandIn, World
from tests import make
from tests.cast import SlomixTestCase

GUILD, CHANNEL, APPLICATION = 700_000_000_000_000_001, 700_000_000_000_000_002, 7_000_000_001
TOKEN = "NzAwMDAwMDAwMQ.GdemoX.only-for-the-tests-0123456789abcdef"


class JourneyCase(SlomixTestCase):
    """The cast has Discord accounts on the stand-in, in one guild with one channel."""

    standin: StandIn
    bot: SlomixBot
    people: ClassVar[dict[str, Any]] = {}

    def person_of(self, who: User, **facts: Any) -> Person:
        account = who.discord
        return Person(account.discord_id, account.username, account.display_name, **facts)

    def world(self) -> World:
        return World(
            application=Application(APPLICATION, "Slomix", "secret", TOKEN),
            redirect_uris=(),
            guild=Guild(GUILD, "Slomix", (Channel(CHANNEL, "game-night"),)),
            people=tuple(self.person_of(who) for who in (self.ana, self.bor, self.cene)),
        )

    @asynccontextmanager
    async def night(self, *, bot: bool = True) -> AsyncIterator[StandIn]:
        """Open the stand-in, with the bot connected unless told otherwise."""
        self.standin = StandIn(self.world(), assets=Path(settings.BASE_DIR / "static"), limits=None)
        await self.standin.start()
        self.standin.parts.desk.calm = 0.0  # our bot asks once after each deferral
        addresses = {
            "DISCORD_BASE_URL": self.standin.url,
            "DISCORD_GATEWAY_URL": self.standin.gateway_url,
            "DISCORD_BOT_TOKEN": TOKEN,
            "DISCORD_GUILD_ID": GUILD,
            "POLL_CHANNEL_ID": CHANNEL,
        }
        with override_settings(**addresses):
            client.point_at_discord()
            try:
                if bot:
                    await self.start_bot()
                yield self.standin
            finally:
                await self.stop_bot()
                await self.standin.stop()

    async def start_bot(self) -> None:
        self.bot = SlomixBot(guild_ready_timeout=0.1)
        self._running = asyncio.create_task(self.bot.start(TOKEN))
        await self.until(self.bot.is_ready)

    async def stop_bot(self) -> None:
        if hasattr(self, "bot") and not self.bot.is_closed():
            await self.bot.close()
            await asyncio.wait([self._running], timeout=5)

    async def until(self, true: Callable[[], bool | Awaitable[bool]], within: float = 30.0) -> None:
        """Wait for something to become true, or fail; a busy machine is given the time."""
        for _look in range(int(within / 0.02)):
            answer = true()
            if await answer if isinstance(answer, Awaitable) else answer:
                return
            await asyncio.sleep(0.02)
        self.fail(f"did not happen within {within} s")

    def go_to(self, to: str) -> None:
        """Set the clock to tonight's wall time and let it run on."""
        self._clock.stop()
        self._clock = time_machine.travel(make.at(to), tick=True)
        self._clock.start()
