"""Looking for messages in Discord's history, many at once and no faster than it allows."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace

import aiohttp
import discord
from django.conf import settings

from botworker import catching_up, client, pacing, wire
from botworker.catching_up import Fate, Finding
from botworker.channels import ChannelError
from botworker.channels.discord import DiscordChannel
from botworker.claims import Job
from botworker.timing import DatabaseTime, Timing
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

AT_ONCE = 10
# For one history, with its wait for the pace.
WITHIN = 60.0
UNREAD = (ChannelError, discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


async def findings(
    jobs: Iterable[Job], *, timing: Timing | None = None, told: Callable[[], None] = lambda: None
) -> list[Finding]:
    """Look for each of some messages; those that no history can prove are not asked for.

    `told` is called after each. Raises client.Unusable when Discord refuses the token.
    """
    every = list(jobs)
    provable = [job for job in every if catching_up.provable(job)]
    found = [Finding(job, Fate.UNPROVABLE) for job in every if not catching_up.provable(job)]
    if not provable:
        return found
    if not settings.DISCORD_BOT_TOKEN:
        return [*found, *(Finding(job, Fate.UNREADABLE) for job in provable)]
    client.point_at_discord()
    async with discord.Client(intents=discord.Intents.none(), http_trace=wire.trace()) as rest:
        try:
            await rest.login(settings.DISCORD_BOT_TOKEN)
        except discord.LoginFailure as refused:
            text = "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."
            raise client.Unusable(client.INVALID, text) from refused
        except (discord.HTTPException, aiohttp.ClientError, OSError) as silent:
            log.warning("Discord cannot be asked: %s", type(silent).__name__)
            return [*found, *(Finding(job, Fate.UNREADABLE) for job in provable)]
        return [
            *found,
            *await _look(DiscordChannel(rest, timing or DatabaseTime()), provable, told),
        ]


async def _look(
    channel: DiscordChannel, jobs: list[Job], told: Callable[[], None]
) -> list[Finding]:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(job: Job) -> Finding:
        async with places:
            finding = await _find(channel, job)
            told()
            return finding

    return list(await asyncio.gather(*(one(job) for job in jobs)))


async def _find(channel: DiscordChannel, job: Job) -> Finding:
    try:
        async with asyncio.timeout(WITHIN):
            if job.channel_id is None:
                # Opened after the backup, its id was lost; Discord gives the same one again.
                assert job.discord_id is not None
                job = replace(job, channel_id=await channel.open_dm(job.discord_id))
            # Nobody tells us when a token is free: another process may have taken it.
            while not await call(pacing.take, channel.name, 1, at=channel.timing.now()):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            said = await channel.find(job)
    except UNREAD as unread:
        log.warning("delivery %s cannot be looked for: %s", job.delivery_id, type(unread).__name__)
        return Finding(job, Fate.UNREADABLE)
    return Finding(job, Fate.FOUND if said else Fate.ABSENT, said)
