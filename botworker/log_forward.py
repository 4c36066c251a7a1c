"""Shows operators the bot's log in a channel of Discord: a block of lines now and then."""

import asyncio
import logging
import secrets

import aiohttp
import discord
from discord.ext import commands
from django.conf import settings

from botworker import log_lines, workers
from botworker.client import SlomixBot

log = logging.getLogger(__name__)

EVERY = 5.0
# More wait for the next turn.
MOST_BLOCKS = 3
AFTER_A_REFUSAL = 300.0


class NotForwarded(Exception):
    """The channel takes no lines; the text says why."""


class LogForward(commands.Cog):
    """Sends what the log holds, oldest first."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot
        self.rest_after_refusal = AFTER_A_REFUSAL
        self.buffer = log_lines.begin()

    async def cog_load(self) -> None:
        self.bot.start_loop(workers.Loop("log forwarding", self.forward, EVERY).run)

    async def forward(self) -> None:
        """Send what waits, a few blocks at a time; what was said before the bot was ready, too.

        A channel that refuses is left alone for a while: one line in the log each time. Raises
        NotForwarded.
        """
        await self.bot.wait_until_ready()
        try:
            channel = self._channel()
            for _turn in range(MOST_BLOCKS):
                if not (block := self.buffer.block()):
                    return
                await self._send(channel, block)
        except NotForwarded:
            await asyncio.sleep(self.rest_after_refusal)
            raise

    async def _send(self, channel: discord.abc.Messageable, block: str) -> None:
        token = log_lines.sending.set(True)
        try:
            await channel.send(
                f"```\n{block}\n```",
                # discord.py tries again by itself where Discord has trouble.
                nonce=f"l{secrets.token_hex(10)}",
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError) as refused:
            self.buffer.put_back(block)
            raise NotForwarded(f"the log channel: {type(refused).__name__}") from refused
        finally:
            log_lines.sending.reset(token)

    def _channel(self) -> discord.abc.Messageable:
        found = self.bot.get_channel(settings.LOG_CHANNEL_ID)
        if not isinstance(found, discord.TextChannel | discord.Thread):
            raise NotForwarded("LOG_CHANNEL_ID is no text channel that the bot sees")
        if settings.LOG_GUILD_ID and found.guild.id != settings.LOG_GUILD_ID:
            raise NotForwarded("LOG_CHANNEL_ID is not on the server LOG_GUILD_ID")
        return found


async def setup(bot: SlomixBot) -> None:
    """Add it to a bot, as discord.py's extensions do; nothing without a channel."""
    if settings.LOG_CHANNEL_ID:
        await bot.add_cog(LogForward(bot))
