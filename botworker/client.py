"""The discord.py client: where it connects, what it listens to, and the cogs it carries."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
import yarl
from discord.ext import commands
from django.conf import settings

from accounts import actions as people
from botworker import pulse, registering, self_test, wire, workers
from botworker.channels.discord import DiscordChannel
from botworker.drain import Drain
from botworker.keeper import Keeper
from botworker.timing import MachineTime, Timing
from botworker.voice import VoiceWatch
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

FINE, MISSING, INVALID = 0, 1, 2
# Three parts joined by dots; the first is the bot's id.
TOKEN = re.compile(r"[\w-]{10,}\.[\w-]{4,}\.[\w-]{20,}")
PULSE_EVERY = 5.0
OPEN_EVERY = 1.5  # opening direct messages quickly gets a bot blocked (40003)
# After a long loss discord.py waits up to 17 minutes before it tries again, and a line that is cut
# while it becomes ready leaves it unready for good. A bot that hears nothing for so long begins anew.
DEAF_FOR = 90.0
LISTEN_EVERY = 5.0


class Unusable(Exception):
    """The bot's configuration cannot work; `code` is the process's exit code."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


def validate() -> None:
    """Refuse a configuration that cannot start. Never shows the token. Raises Unusable."""
    token = settings.DISCORD_BOT_TOKEN
    if not token:
        raise Unusable(MISSING, "DISCORD_BOT_TOKEN is not set; copy it from the bot's page.")
    if not TOKEN.fullmatch(token):
        raise Unusable(INVALID, "DISCORD_BOT_TOKEN is not a bot token; copy it again, whole.")
    if not settings.DISCORD_GUILD_ID:
        raise Unusable(MISSING, "DISCORD_GUILD_ID is not set; copy the id of your Discord server.")
    if settings.POLL_ENABLED and not settings.POLL_CHANNEL_ID:
        raise Unusable(
            MISSING, "AVAILABILITY_POLL_CHANNEL_ID is not set; the post needs a channel."
        )


def point_at_discord() -> None:
    """Lead discord.py to the configured addresses (its only two attributes for that)."""
    discord.http.Route.BASE = f"{settings.DISCORD_BASE_URL}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.DISCORD_GATEWAY_URL)


def intents() -> discord.Intents:
    """What the gateway shall tell us; `members` must be switched on in the developer portal.

    That somebody wrote on a server is enough for their points. What they wrote is asked for only
    where ENABLE_MESSAGE_CONTENT_INTENT says so, and has to be switched on in the portal, too.
    """
    wanted = discord.Intents.none()
    wanted.guilds = wanted.members = wanted.voice_states = wanted.dm_messages = True
    wanted.guild_messages = True
    wanted.message_content = settings.MESSAGE_CONTENT_INTENT
    return wanted


class SlomixBot(commands.Bot):
    """Listens, answers presses, and drains the outbox beside it."""

    def __init__(
        self,
        *,
        drains: bool = True,
        before_identify: Callable[[], Awaitable[None]] | None = None,
        timing: Timing | None = None,
        **options: Any,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned_or("!"),
            intents=intents(),
            help_command=None,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            http_trace=wire.trace(),
            **options,
        )
        self.timing = timing or MachineTime()
        self.channel = DiscordChannel(self, self.timing)
        self.drain = Drain(self.channel, timing=self.timing) if drains else None
        self.keeper = Keeper(self, self.timing)
        self.voice = VoiceWatch(self)
        self.before_identify = before_identify
        # Set once every server was told its commands.
        self.registered = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []
        self.deaf_for, self.listen_every = DEAF_FOR, LISTEN_EVERY
        self._leaving: asyncio.Task[None] | None = None
        self._draining: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        # Set once it has left: `start` may sleep on for minutes after `close`.
        self.left = asyncio.Event()

    @property
    def hears(self) -> bool:
        """The gateway is open and told us everything that a session begins with."""
        gateway = getattr(self, "ws", None)  # None before the first connection
        return self.is_ready() and gateway is not None and gateway.open

    async def setup_hook(self) -> None:
        """Load the cogs and start the loops: once a process, not once a connection."""
        for name in settings.DISCORD_COGS:
            await self.load_extension(name)
        self.start_loop(self._register_commands)
        self.start_loop(
            workers.Loop("self-test", self._test_itself, settings.SELF_TEST_INTERVAL).run
        )
        if self.drain:
            self._draining = self.start_loop(self.drain.run)
        self._keeping = self.start_loop(self.keeper.run)
        self.start_loop(workers.Loop("pulse", self._show_pulse, PULSE_EVERY).run)
        self.start_loop(self._listen)
        self.start_loop(self._open_channels)
        self.start_loop(self.voice.watch)

    def start_loop(self, loop: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Run a loop beside the client; it is cancelled when the client closes."""

        async def run() -> None:
            await loop()

        task = asyncio.create_task(run(), name=getattr(loop, "__name__", "loop"))
        self._loops.append(task)
        return task

    async def _register_commands(self) -> None:
        """Tell each server its slash commands by itself: there they work at once."""
        await registering.register_all(self)
        self.registered.set()

    async def _test_itself(self) -> None:
        """Ask Discord whether each server knows its commands, once it has been told."""
        await self.registered.wait()
        await self_test.check(self)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Tell a server that the bot comes to its commands."""
        await registering.register(self, guild.id)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Take a turn: discord.py asks here before every IDENTIFY, and not before a RESUME."""
        await super().before_identify_hook(shard_id, initial=initial)
        if self.before_identify:
            await self.before_identify()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell nobody anything once closed: discord.py's ready event may come two seconds later."""
        if not self.is_closed():
            super().dispatch(event_name, *args, **kwargs)

    async def on_message(self, message: discord.Message) -> None:
        """Take written commands privately alone: on a server everybody would read the answer."""
        if message.guild is None:
            await self.process_commands(message)

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        log.info("logged in as %s, %d guild(s)", self.user, len(self.guilds))

    async def _show_pulse(self) -> None:
        await call(pulse.beat, "bot", "connected" if self.hears else "connecting")

    async def _listen(self) -> None:
        """Close the bot when it has heard nothing for too long; whoever started it starts another.

        The one loop without a row: it must not wait for the database.
        """
        heard = time.monotonic()
        while self._leaving is None:
            await asyncio.sleep(self.listen_every)
            if self.hears:
                heard = time.monotonic()
            elif time.monotonic() - heard > self.deaf_for:
                log.warning(
                    "nothing was heard from the gateway for %d s; begun anew", self.deaf_for
                )
                self.begin_anew()

    def begin_anew(self) -> None:
        """Close the bot in a moment, without waiting for it: whoever started it starts another."""
        if self._leaving is None:
            # Not awaited: closing ends whatever asked for it, too.
            self._leaving = asyncio.create_task(self.close())

    async def _open_channels(self) -> None:
        """Open the direct messages of whoever opted in, one at a time, long before the hour."""
        refused: set[int] = set()
        diary = workers.Diary("direct messages")
        while True:
            opened = False
            try:
                async with diary.turn():
                    opened = await self._open_next(refused)
            except Exception:
                log.exception("nobody's direct messages were opened; tried again")
            await asyncio.sleep(OPEN_EVERY if opened else PULSE_EVERY)

    async def _open_next(self, refused: set[int]) -> bool:
        """Open one channel; False when nobody waits. Whoever cannot be opened is `refused`."""
        await self.timing.check()
        waiting = [one for one in await call(people.without_dm, 50) if one not in refused]
        for discord_id in waiting[:1]:
            try:
                await self.channel.open_dm(discord_id)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as unopened:
                refused.add(discord_id)
                log.warning("a direct-message channel was not opened: %s", type(unopened))
        return bool(waiting)

    async def close(self) -> None:
        """Finish what is in flight, then leave."""
        if self.drain and self._draining:
            self.drain.stop()
            await asyncio.wait([self._draining], timeout=12)
        if self._keeping:
            self.keeper.stop()
            await asyncio.wait([self._keeping], timeout=1)
        beside = [task for task in self._loops if not task.done()]
        for task in beside:
            task.cancel()
        if beside:
            # They may have connections of their own to close.
            await asyncio.wait(beside, timeout=5)
        await super().close()
        self.left.set()
