"""Discord: a private message or a channel post, said once.

Every send carries the delivery's own nonce (discord.py asks Discord to enforce it), so a repeated
request is answered with the first message for a few minutes; and every message carries its marker
in a button's id, so it can be found again after that (`reliability`: nonce and read-back).
"""

import aiohttp
import discord

from accounts import actions as people
from botworker import render
from botworker.channels import ChannelError, Refusal, Said, Verdict
from botworker.claims import Job
from slomix.lib.bridge import call

# Discord's JSON error codes: docs, topics/opcodes-and-status-codes.
REFUSALS = {
    10003: "the channel is gone",
    10013: "Discord does not know this account",
    50001: "the bot may not see this channel",
    50007: "direct messages are closed",
    50013: "the bot may not write here",
    50278: "not on our Discord server",
}
# Create-message answers so for a repeated nonce whose message was deleted since: it was delivered.
UNKNOWN_MESSAGE = 10008


class DiscordChannel:
    """Says deliveries through a logged-in client; needs its REST side only, no gateway."""

    name = "discord"

    def __init__(self, client: discord.Client) -> None:
        self.client = client

    async def send(self, job: Job) -> Said:
        """Say it in the person's direct messages or in the channel; raises ChannelError."""
        try:
            target = await self._target(job)
            message = await target.send(
                content=job.body or None,
                nonce=job.nonce,
                allowed_mentions=discord.AllowedMentions.none(),
                **render.arguments(job.extras, job.marker),
            )
        except discord.HTTPException as refused:
            if refused.code == UNKNOWN_MESSAGE and job.channel_id:
                return Said(job.channel_id, 0)
            raise ChannelError(_refusal(refused)) from refused
        except aiohttp.ClientConnectorError as never:
            # No byte of the request was written.
            raise ChannelError(Refusal("Discord cannot be reached", Verdict.TRANSIENT)) from never
        except (aiohttp.ClientError, OSError) as broken:
            raise ChannelError(Refusal("the connection broke", Verdict.UNKNOWN)) from broken
        return Said(message.channel.id, message.id)

    async def _target(self, job: Job) -> discord.PartialMessageable:
        if job.channel_id is not None:
            return self.client.get_partial_messageable(job.channel_id)
        if job.discord_id is None:
            raise ChannelError(Refusal("no Discord account", Verdict.PERMANENT))
        return self.client.get_partial_messageable(await self.open_dm(job.discord_id))

    async def open_dm(self, discord_id: int) -> int:
        """Open the direct-message channel of a person, keep its id, return it."""
        channel = await self.client.create_dm(discord.Object(discord_id))
        await call(people.remember_dm, discord_id, channel.id)
        return channel.id

    async def find(self, job: Job) -> Said | None:
        """Look for the delivery's marker among what was said since its attempt began."""
        if job.channel_id is None or job.started_at is None:
            return None  # the channel was never opened, so nothing was said in it
        since = discord.Object(discord.utils.time_snowflake(job.started_at) - (60_000 << 22))
        target = self.client.get_partial_messageable(job.channel_id)
        try:
            async for message in target.history(after=since, limit=None):
                if render.carries(message, job.marker):
                    return Said(job.channel_id, message.id)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unread:
            raise ChannelError(Refusal("the history cannot be read", Verdict.UNKNOWN)) from unread
        return None


def _refusal(refused: discord.HTTPException) -> Refusal:
    if refused.status == 429:
        return Refusal("too many requests", Verdict.TRANSIENT, None, 429, refused.code)
    if refused.status >= 500:
        return Refusal("Discord had trouble", Verdict.UNKNOWN, None, refused.status, refused.code)
    reason = REFUSALS.get(refused.code, f"Discord refused it ({refused.code})")
    return Refusal(reason, Verdict.PERMANENT, None, refused.status, refused.code)
