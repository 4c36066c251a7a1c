"""Watches the guild's voice channels and writes down who is there, whole, whenever it changes."""

import asyncio
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from django.conf import settings

from botworker import presence, voice_name, workers
from botworker.presence import Seen
from slomix.lib.bridge import call

if TYPE_CHECKING:
    from botworker.client import SlomixBot

log = logging.getLogger(__name__)

# Without news the look is written again, so that it does not grow old while we are connected.
EVERY = 10.0
# After these the guild may look different.
NEWS = ("on_voice_state_update", "on_ready", "on_resumed", "on_guild_available")


class VoiceWatch:
    """One bot's eyes. What Discord told when the session began, and every change since, is in
    discord.py's own cache; this writes the cache down with the moment that it is from."""

    def __init__(self, bot: "SlomixBot", every: float = EVERY) -> None:
        self.bot, self.every = bot, every
        self.news = asyncio.Event()
        # The channel whose name was written down last, and that name.
        self.named = (0, "")
        for name in NEWS:
            bot.add_listener(self._wake, name)

    async def _wake(self, *_facts: object) -> None:
        self.news.set()

    async def watch(self) -> None:
        """Look at every change, and now and then without one; a fault is logged and survived."""
        diary = workers.Diary("presence")
        while True:
            self.news.clear()
            try:
                async with diary.turn():
                    await self.look()
            except Exception:
                log.exception("who is in voice could not be written down; tried again")
            try:
                await asyncio.wait_for(self.news.wait(), self.every)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Write down who is in voice, as of the last word from the gateway.

        Nothing is written while the gateway is closed or has not told us the whole guild.
        """
        await self.bot.timing.check()
        guild = self.bot.get_guild(settings.DISCORD_GUILD_ID)
        if not self.bot.hears or guild is None or guild.unavailable:
            return
        # No await between the two: the moment belongs to exactly this look.
        at, seen = self.bot.timing.now() - _silence(self.bot), list(everybody(guild))
        await call(presence.note_voice, seen, at=at)
        await self._name(guild)

    async def _name(self, guild: discord.Guild) -> None:
        """Write down what the one channel is called, when it has another name than before."""
        only = guild.get_channel(voice_name.only())
        if only and (only.id, only.name) != self.named:
            await call(voice_name.note, only.id, only.name)
            self.named = (only.id, only.name)


def _silence(bot: "SlomixBot") -> timedelta:
    """Return how long ago the gateway said something; its heartbeat answers every 41 seconds.

    A line that is cut looks open for a minute and more. What we know is as old as its last word.
    """
    beat = getattr(bot.ws, "_keep_alive", None)
    heard = getattr(beat, "_last_recv", None)
    return timedelta(seconds=time.perf_counter() - heard if heard is not None else 0)


def everybody(guild: discord.Guild) -> Iterator[Seen]:
    """Name who is in a voice channel that counts; the AFK channel never does."""
    chosen = settings.VOICE_CHANNEL_IDS
    for channel in (*guild.voice_channels, *guild.stage_channels):
        if channel == guild.afk_channel or (chosen and channel.id not in chosen):
            continue
        for discord_id, state in channel.voice_states.items():
            yield Seen(
                discord_id,
                channel.id,
                muted=state.mute or state.self_mute,
                deafened=state.deaf or state.self_deaf,
            )
