"""What is written in channels: points for it, and replies to keywords. No message is ever kept."""

import logging
import re
import time
from typing import Any

import aiohttp
import discord
from discord.ext import commands
from django.db import transaction

from accounts import actions as people
from accounts.actions import levels as points
from accounts.models import Erasure
from botworker import keywords, levels, outbox, voice_hours, workers
from botworker.client import SlomixBot
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

ANNOUNCE_EVERY = 2.0
# Typed commands earn nothing: "/raidlist", "!status".
COMMAND = re.compile(r"\s*[/!][a-z]", re.IGNORECASE)
# Discord also tells of threads, pins and boosts as if somebody had written them.
WRITTEN = (discord.MessageType.default, discord.MessageType.reply)
# Of people who write for the first time; more at once wait for their next message.
MOST_NEWCOMERS = 500


class Chat(commands.Cog):
    """Counts messages and hours in voice, tells of new levels, and answers keywords."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot
        self.replies = keywords.Replies()
        # Who wrote without being known on a server, with where; made known by the next announcing.
        self.newcomers: dict[tuple[int, int], tuple[Any, int]] = {}

    async def cog_load(self) -> None:
        loops = (
            workers.Loop("levels", self.tell, ANNOUNCE_EVERY),
            workers.Loop("keywords", self.read_keywords, keywords.READ_EVERY),
            workers.Loop("voice hours", self.count_voice, voice_hours.EVERY),
        )
        for loop in loops:
            self.bot.start_loop(loop.run)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Count a person's message on a server, and answer its keywords; two queries at most."""
        if message.author.bot or message.webhook_id or message.type not in WRITTEN:
            return
        await self._reply(message)
        if message.guild is None or COMMAND.match(message.content):
            return
        guild, author, channel = message.guild.id, message.author, message.channel.id
        if not await self._earn(guild, author.id, channel) and (
            len(self.newcomers) < MOST_NEWCOMERS
        ):
            self.newcomers[guild, author.id] = (author, channel)

    async def _earn(self, guild: int, author: int, channel: int) -> bool:
        where = {"guild_id": guild, "discord_id": author, "channel_id": channel}
        try:
            return await call(points.earn_by_message, at=clock.now(), **where)
        except Exception:
            log.exception("a message was not counted")
            return True

    async def read_keywords(self) -> None:
        """Read anew which words are answered."""
        self.replies.keywords = await call(keywords.active)

    async def _reply(self, message: discord.Message) -> None:
        where = {"guild_id": message.guild.id if message.guild else 0}
        where["channel_id"] = message.channel.id
        said = self.replies.to(message.content, now=time.monotonic(), **where)
        if not said:
            return
        try:
            await message.reply(
                said,
                # discord.py tries again by itself where Discord has trouble.
                nonce=f"k{message.id}",
                mention_author=False,
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError) as refused:
            log.warning("a keyword in channel %d was not answered: %s", message.channel.id, refused)

    async def tell(self) -> None:
        """Make newcomers known with the points of their first message, and tell of new levels."""
        waiting, self.newcomers = self.newcomers, {}
        for (guild, discord_id), (author, channel) in waiting.items():
            if await call(make_known, guild, author):
                await self._earn(guild, discord_id, channel)
        await call(levels.announce, clock.now())

    async def count_voice(self) -> None:
        """Write down who is in voice on every server; nothing while the gateway is closed.

        A server that fails is logged and holds no other.
        """
        await self.bot.wait_until_ready()
        failed: list[BaseException] = []
        for guild in list(self.bot.guilds) if self.bot.hears else []:
            if guild.unavailable:
                continue
            try:
                await self._count_guild(guild)
            except Exception as fault:
                log.exception("the voice of server %d was not counted", guild.id)
                failed.append(fault)
        if failed:
            raise failed[0]

    async def _count_guild(self, guild: discord.Guild) -> None:
        seen = voice_hours.in_voice(guild)
        known = await call(points.known_people, seen)
        for discord_id in seen.keys() - known.keys():
            member = guild.get_member(discord_id)
            if member and (person := await call(make_known, guild.id, member)):
                known[discord_id] = person
        there = {person: seen[discord_id] for discord_id, person in known.items()}
        await call(points.hours_in_voice, guild_id=guild.id, there=there, at=clock.now())


@transaction.atomic
def make_known(guild_id: int, who: discord.Member | discord.User) -> int | None:
    """Know somebody on a server; returns the person's id.

    None on a server that we do not know yet or that counts no levels, and for whoever had themselves
    erased: for them to be known again takes more than a message.
    """
    if Erasure.objects.filter(key=outbox.recipient_of(who.id)).exists():
        return None
    if points.counting(guild_id) is None:
        return None
    person = people.meet(
        discord_id=who.id,
        username=who.name,
        display_name=who.global_name or "",
        avatar=who.avatar.key if who.avatar else "",
        at=clock.now(),
    )
    points.begin(guild_id=guild_id, person=person)
    return person.pk


async def setup(bot: SlomixBot) -> None:
    """Add it to a bot, as discord.py's extensions do."""
    await bot.add_cog(Chat(bot))
