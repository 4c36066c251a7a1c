"""Who is on each server, and who is an admin there: written down for the site, which cannot ask."""

import asyncio
import logging
import time

import discord
from discord.ext import commands

from accounts.actions import members
from accounts.actions.members import Seen
from botworker import workers
from botworker.client import SlomixBot
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

# A server of which something was told is looked at with the next turn, every other one by its time.
TURN = 2.0
EVERY = 30.0
ASK_WITHIN = 10.0


class Members(commands.Cog):
    """Writes down who is where, twice a minute and whenever Discord tells of a change."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot
        # When each server was looked at last; one that is not in it is looked at next.
        self.looked: dict[int, float] = {}
        # Whose members were asked for since they were last told of, although the count is another.
        self.whole: set[int] = set()

    async def cog_load(self) -> None:
        self.bot.start_loop(workers.Loop("members", self.look, TURN).run)

    async def look(self) -> None:
        """Write down who is on each server whose turn it is; nothing while the gateway is closed.

        A server that fails is logged and holds no other. One whose members were not told whole is
        left out: who is missing there may well be a member.
        """
        await self.bot.wait_until_ready()
        now = time.monotonic()
        due = [one for one in self.bot.guilds if self._due(one, now)] if self.bot.hears else []
        if not due:
            return
        known = await call(members.known_accounts)
        failed: list[BaseException] = []
        for guild in due:
            self.looked[guild.id] = now
            if not await self._whole(guild):
                continue
            there = seen(guild, known)
            try:
                await call(members.see_members, guild_id=guild.id, there=there, at=clock.now())
            except Exception as fault:
                log.exception("the members of server %d were not written down", guild.id)
                failed.append(fault)
        if failed:
            raise failed[0]

    def _due(self, guild: discord.Guild, now: float) -> bool:
        last = self.looked.get(guild.id)
        return not guild.unavailable and (last is None or now - last >= EVERY)

    async def _whole(self, guild: discord.Guild) -> bool:
        """Say whether every member is known; where Discord's count says otherwise they are asked for.

        The count alone proves nothing for good: it goes wrong with an event that was lost.
        """
        if guild.chunked or guild.id in self.whole:
            return True
        try:
            async with asyncio.timeout(ASK_WITHIN):
                await guild.chunk()
        except (TimeoutError, discord.ClientException, discord.HTTPException) as untold:
            log.warning("the members of server %d were not told: %s", guild.id, type(untold))
            return False
        self.whole.add(guild.id)
        return True

    def _soon(self, guild: discord.Guild) -> None:
        self.looked.pop(guild.id, None)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        self.whole.discard(guild.id)

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        self._soon(member.guild)

    @commands.Cog.listener()
    async def on_raw_member_remove(self, gone: discord.RawMemberRemoveEvent) -> None:
        self.looked.pop(gone.guild_id, None)

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        if before.roles != after.roles:
            self._soon(after.guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        if before.permissions != after.permissions:
            self._soon(after.guild)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        self._soon(role.guild)

    @commands.Cog.listener()
    async def on_guild_update(self, before: discord.Guild, after: discord.Guild) -> None:
        if before.owner_id != after.owner_id:
            self._soon(after)


def seen(guild: discord.Guild, known: dict[int, int]) -> dict[int, Seen]:
    """Return what a server says of those of its members whom we know, by the ids of people."""
    there: dict[int, Seen] = {}
    for member in guild.members:
        person = known.get(member.id)
        if person is not None:
            roles = frozenset(one.id for one in member.roles if not one.is_default())
            there[person] = Seen(member.guild_permissions.administrator, roles)
    return there


async def setup(bot: SlomixBot) -> None:
    """Add it to a bot, as discord.py's extensions do."""
    await bot.add_cog(Members(bot))
