"""Servers come and go, and what raids have in Discord is kept: the loops beside the commands."""

import logging
import time

import aiohttp
import discord
from discord.ext import commands

from botworker import workers
from botworker.client import SlomixBot
from planning.raids import actions
from planning.raids.posts import servers
from planning.raids.posts.keeping import Keeping
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
LOOK_EVERY = 0.5
GUILDS_EVERY = 60.0
# So long a server must be missing without a break before Discord is asked whether we were removed.
MISSING_FOR = 600.0


class Guilds(commands.Cog):
    """Knows the servers that the bot is on, forgets those that it left, keeps raids' messages."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot
        self.keeping = Keeping()
        self.missing: dict[int, float] = {}
        self.missing_for = MISSING_FOR

    async def cog_load(self) -> None:
        self.bot.start_loop(workers.Loop("raid messages", self.keep, LOOK_EVERY).run)
        self.bot.start_loop(workers.Loop("servers", self.compare, GUILDS_EVERY).run)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._know(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._know(guild)

    @commands.Cog.listener()
    async def on_guild_update(self, _before: discord.Guild, after: discord.Guild) -> None:
        await self._know(after)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self._forget(guild.id)

    async def _know(self, guild: discord.Guild) -> None:
        try:
            await call(actions.guild_joined, discord_id=guild.id, name=guild.name, at=clock.now())
        except Exception:
            log.exception("server %d was not written down; tried again", guild.id)

    async def _forget(self, guild_id: int) -> None:
        try:
            if await call(actions.guild_left, discord_id=guild_id, at=clock.now()):
                log.info("the bot left server %d; its raids are forgotten", guild_id)
        except Exception:
            log.exception("server %d was not forgotten; tried again", guild_id)

    async def keep(self) -> None:
        """Notice twice a second what changed, and promise what is missing."""
        await self.bot.wait_until_ready()
        await call(self.keeping.look, clock.now())

    async def compare(self) -> None:
        """Know every server, and forget those that the bot left while it was away."""
        await self.bot.wait_until_ready()
        await self.compare_once()

    async def compare_once(self) -> None:
        """Compare once; nothing while the gateway is closed, for then nobody knows."""
        if not self.bot.hears:
            self.missing.clear()
            return
        here = {guild.id: guild for guild in self.bot.guilds}
        known = await call(servers.known)
        for number in here.keys() - known:
            if not here[number].unavailable:
                await self._know(here[number])
        now = time.monotonic()
        self.missing = {one: self.missing.get(one, now) for one in known - here.keys()}
        for number, since in self.missing.items():
            if now - since >= self.missing_for and await self._was_removed_from(number):
                await self._forget(number)

    async def _was_removed_from(self, guild_id: int) -> bool:
        """Ask Discord itself; an unclear answer is no answer, for a purge cannot be taken back."""
        try:
            await self.bot.fetch_guild(guild_id, with_counts=False)
        except (discord.NotFound, discord.Forbidden):
            return True
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            return False
        return False
