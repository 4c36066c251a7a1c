"""Which slash commands each server is told of: one list, by which it is told and checked.

At home, in DISCORD_GUILD_ID, that is every command. On other servers it is those of cogs that say
`everywhere = True`: raids are planned on any server, evenings at home alone.
"""

import asyncio
import logging
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from django.conf import settings

log = logging.getLogger(__name__)
Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
# One server after another, so that nobody's votes wait for it.
BETWEEN = 0.2
WITHIN = 30.0


def commands_of(bot: commands.Bot, guild_id: int) -> list[Command]:
    """Return the commands that one server is told of."""
    if guild_id == settings.DISCORD_GUILD_ID:
        return list(bot.tree.get_commands())
    return [
        command
        for cog in bot.cogs.values()
        if getattr(cog, "everywhere", False)
        for command in cog.get_app_commands()
    ]


def expected(bot: commands.Bot, guild_id: int) -> frozenset[str]:
    """Return the names of the commands that one server should know."""
    return frozenset(command.name for command in commands_of(bot, guild_id))


async def register(bot: commands.Bot, guild_id: int) -> bool:
    """Tell one server its commands; False, with a line in the log, where it did not take them."""
    found = commands_of(bot, guild_id)
    if not found:
        return False
    guild = discord.Object(guild_id)
    bot.tree.clear_commands(guild=guild)
    for command in found:
        bot.tree.add_command(command, guild=guild, override=True)
    try:
        async with asyncio.timeout(WITHIN):
            await bot.tree.sync(guild=guild)
    except (TimeoutError, discord.DiscordException, aiohttp.ClientError, OSError) as refused:
        log.warning("server %d was not told the slash commands: %s", guild_id, refused)
        return False
    return True


async def register_all(bot: commands.Bot) -> None:
    """Tell every server its commands, home first: there is no need to wait for the gateway."""
    if settings.DISCORD_GUILD_ID:
        await register(bot, settings.DISCORD_GUILD_ID)
    await bot.wait_until_ready()
    for guild in list(bot.guilds):
        if guild.id != settings.DISCORD_GUILD_ID:
            await register(bot, guild.id)
            await asyncio.sleep(BETWEEN)
