"""Waiting for what a bot hears of a server, and a world with roles and two servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import discord

from botworker.standin import Channel, Guild, Role, World
from botworker.standin.world import CATEGORY, VOICE

from .case import ANA, BRIEFING, GAME_NIGHT, GUILD, Bot, StandInCase, a_world

PLAYERS, ADMINS = 751, 752
LOUNGE, AFK, EVENING = 704, 705, 706
ELSEWHERE, THERE = 802, 790


def a_lively_world(**guild: Any) -> World:
    """A server with roles, a category, an AFK channel, and a second server without the bot."""
    world = a_world()
    more = (
        Channel(EVENING, "Evening", CATEGORY),
        Channel(LOUNGE, "Lounge", VOICE, user_limit=1),
        Channel(AFK, "AFK", VOICE),
    )
    own = replace(
        world.guild,
        channels=(*world.guild.channels, *more),
        roles=(Role(PLAYERS, "players"),),
        afk_channel=AFK,
        **guild,
    )
    other = Guild(ELSEWHERE, "Elsewhere", (Channel(THERE, "there"),), members=(ANA,), bot_in=False)
    return replace(world, guild=own, others=(other,))


class LifeCase(StandInCase):
    world = a_lively_world()

    @asynccontextmanager
    async def hears(self, bot: Bot, event: str, **check: Any) -> AsyncIterator[list[Any]]:
        """Wait at the end of the block for an event that it causes; give its arguments."""
        told: list[Any] = []
        waiting = asyncio.create_task(bot.wait_for(event, timeout=5, **check))
        await asyncio.sleep(0)
        yield told
        heard = await waiting
        told += heard if isinstance(heard, tuple) else (heard,)

    def server(self, bot: Bot) -> discord.Guild:
        guild = bot.get_guild(GUILD)
        assert guild
        return guild

    def briefing(self, bot: Bot) -> discord.VoiceChannel:
        channel = bot.get_channel(BRIEFING)
        assert isinstance(channel, discord.VoiceChannel)
        return channel

    async def refused(self, method: str, path: str, status: int, code: int, **more: Any) -> None:
        self.assert_refused(await self.ask(method, path, **more), status, code)


__all__ = ["GAME_NIGHT", "LifeCase", "a_lively_world"]
