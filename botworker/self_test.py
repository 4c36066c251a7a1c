"""Asks Discord which slash commands each server knows, and tells it anew what is missing."""

import asyncio
import logging

import aiohttp
import discord
from discord.ext import commands

from botworker import registering

log = logging.getLogger(__name__)
WITHIN = 10.0


class NotAsExpected(Exception):
    """Some server does not know what it should; the text says which, and what."""


async def check(bot: commands.Bot) -> None:
    """Compare on every server what is registered with what is expected.

    What is missing is told anew; what is too much is a warning. One server that cannot be asked
    holds no other. Raises NotAsExpected at the end.
    """
    found = [await _check(bot, guild) for guild in list(bot.guilds)]
    faults = [fault for fault in found if fault]
    if faults:
        raise NotAsExpected("; ".join(faults))


async def _check(bot: commands.Bot, guild: discord.Guild) -> str:
    """Return what is wrong on one server; nothing where all is well."""
    try:
        async with asyncio.timeout(WITHIN):
            known = {one.name for one in await bot.tree.fetch_commands(guild=guild)}
    except (TimeoutError, discord.DiscordException, aiohttp.ClientError, OSError) as unasked:
        return f"server {guild.id} was not asked ({type(unasked).__name__})"
    expected = registering.expected(bot, guild.id)
    if more := known - expected:
        log.warning("server %d knows commands of another list: %s", guild.id, _names(more))
    missing = expected - known
    if not missing:
        return ""
    await registering.register(bot, guild.id)
    return f"server {guild.id} did not know {_names(missing)}"


def _names(names: set[str] | frozenset[str]) -> str:
    return ", ".join(f"/{name}" for name in sorted(names))
