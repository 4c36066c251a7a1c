"""Discord: a private message or a channel post, said once.

Every send carries the delivery's own nonce (discord.py asks Discord to enforce it), so a repeated
request is answered with the first message for a few minutes; and every message carries its marker
in a button's id, so it can be found again after that.
"""

import asyncio
import random

import aiohttp
import discord

from accounts import actions as people
from botworker import pacing, render, wire
from botworker.channels import ChannelError, Refusal, Said, Verdict
from botworker.channels.refusals import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, of_http
from botworker.claims import Job
from botworker.timing import MachineTime, Timing
from botworker.wire import Wire
from slomix.lib.bridge import call

WITHIN = 10.0


class DiscordChannel:
    """Says deliveries through a logged-in client; needs its REST side only, no gateway."""

    name = "discord"
    reads_back = True

    def __init__(self, client: discord.Client, timing: Timing | None = None) -> None:
        self.client = client
        self.timing = timing or MachineTime()

    async def send(self, job: Job) -> Said:
        """Say it in the person's direct messages or in the channel; raises ChannelError.

        A refusal is definite only if no request of this send can have arrived: discord.py tries
        again by itself, and a 403 after a 500 says nothing about the 500.
        """
        seen = wire.begin()
        try:
            async with asyncio.timeout(WITHIN):
                return await self._say(job, seen)
        except discord.HTTPException as refused:
            if refused.code == UNKNOWN_MESSAGE and job.channel_id:
                # The nonce is known and its message was deleted since: it was delivered.
                return Said(job.channel_id, 0)
            raise ChannelError(_judge(of_http(refused), seen)) from refused
        except TimeoutError as late:
            raise ChannelError(_no_answer(seen)) from late
        except (aiohttp.ClientError, OSError) as broken:
            never = Refusal("Discord cannot be reached", Verdict.TRANSIENT)
            raise ChannelError(_judge(never, seen)) from broken
        except (ValueError, TypeError, KeyError, AttributeError) as garbage:
            # discord.py could not make a message of what came back.
            raise ChannelError(_judge(_garbage(), seen)) from garbage

    async def _say(self, job: Job, seen: Wire) -> Said:
        opened = job.channel_id is None
        channel_id = job.channel_id or await self._channel_of(job, seen)
        try:
            return await self._post(channel_id, job)
        except discord.NotFound as gone:
            if gone.code != UNKNOWN_CHANNEL or opened or job.discord_id is None:
                raise
            # The channel that we kept is gone; a direct-message channel can be opened anew.
            return await self._post(await self._channel_of(job, seen), job)

    async def _channel_of(self, job: Job, seen: Wire) -> int:
        if job.discord_id is None:
            raise ChannelError(Refusal("no Discord account", Verdict.PERMANENT))
        try:
            channel_id = await self.open_dm(job.discord_id)
        except discord.DiscordServerError as trouble:
            # Nothing was said yet, so this is as definite as a refusal.
            raise ChannelError(Refusal("Discord had trouble", Verdict.TRANSIENT)) from trouble
        seen.forget()
        return channel_id

    async def _post(self, channel_id: int, job: Job) -> Said:
        message = await self.client.get_partial_messageable(channel_id).send(
            content=job.body or None,
            nonce=job.nonce,
            allowed_mentions=render.pings(job.extras),
            **render.arguments(job.extras, job.marker),
        )
        return Said(channel_id, message.id)

    async def open_dm(self, discord_id: int) -> int:
        """Open the direct-message channel of a person, keep its id, return it."""
        # Nobody tells us when a token is free: another process may have taken it.
        while not await call(pacing.take, self.name, 1, at=self.timing.now()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        channel = await self.client.create_dm(discord.Object(discord_id))
        await call(people.remember_dm, discord_id, channel.id)
        return channel.id

    async def find(self, job: Job) -> Said | None:
        """Look for the delivery's marker among what was said since its attempt began.

        Raises ChannelError where nobody can tell: in a server's channel whoever may not read the
        history is shown an empty one, without a word.
        """
        if job.channel_id is None or job.started_at is None:
            return None  # the channel was never opened, so nothing was said in it
        since = discord.Object(discord.utils.time_snowflake(job.started_at) - (60_000 << 22))
        target = self.client.get_partial_messageable(job.channel_id)
        try:
            async for message in target.history(after=since, limit=None):
                if render.carries(message, job.marker):
                    return Said(job.channel_id, message.id)
            if job.discord_id is None and not await self._reads_history(job.channel_id):
                raise ChannelError(Refusal("the history may not be read", Verdict.UNKNOWN))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unread:
            raise ChannelError(Refusal("the history cannot be read", Verdict.UNKNOWN)) from unread
        except (ValueError, TypeError, KeyError, AttributeError) as garbage:
            raise ChannelError(Refusal("the history cannot be read", Verdict.UNKNOWN)) from garbage
        return None

    async def _reads_history(self, channel_id: int) -> bool:
        """Say whether we may read a channel's history, asked over REST: drains have no gateway."""
        somewhere = await self.client.fetch_channel(channel_id)
        if not isinstance(somewhere, discord.abc.GuildChannel | discord.Thread):
            return True  # a private conversation hides nothing from those who are in it
        assert self.client.user is not None
        guild = await self.client.fetch_guild(somewhere.guild.id, with_counts=False)
        # A thread follows the channel that it hangs below.
        above = somewhere.parent_id if isinstance(somewhere, discord.Thread) else channel_id
        channel = await guild.fetch_channel(above)
        me = await guild.fetch_member(self.client.user.id)
        return channel.permissions_for(me).read_message_history


def _garbage() -> Refusal:
    return Refusal("the answer made no sense", Verdict.UNKNOWN)


def _judge(refusal: Refusal, seen: Wire) -> Refusal:
    """Turn a definite refusal into an unclear one where an earlier request may have arrived."""
    if not seen.may_have_arrived or refusal.verdict in (Verdict.UNKNOWN, Verdict.BLOCKED):
        return refusal
    return Refusal("no clear answer", Verdict.UNKNOWN, None, refusal.http_status, refusal.code)


def _no_answer(seen: Wire) -> Refusal:
    if seen.may_have_arrived:
        return Refusal("no answer in time", Verdict.UNKNOWN, None, seen.status)
    if seen.status == 429:
        # discord.py was waiting out a 429: certainly not delivered.
        wait = (seen.retry_after or 1.0) + random.uniform(0, 0.25)  # noqa: S311  jitter
        return Refusal("too many requests", Verdict.TRANSIENT, wait, 429)
    return Refusal("Discord cannot be reached", Verdict.TRANSIENT)
