"""manage.py deliver: a drain alone, without a gateway; as many as wanted."""

import asyncio
import signal
from typing import Any

import discord
from django.conf import settings
from django.core.management.base import BaseCommand

from botworker import client, elsewhere, wire
from botworker.channels.discord import DiscordChannel
from botworker.drain import Drain
from botworker.timing import DatabaseTime, Timing
from slomix.lib import starting, systemd


class Command(BaseCommand):
    help = "Send what the outbox holds, without the gateway. Start as many as wanted."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            client.validate()
            stay_away()
            asyncio.run(run())
        except client.Unusable as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(wrong.code) from wrong


def stay_away() -> None:
    """Raise client.Unusable with the list when the database is not as this version needs it."""
    lines = starting.obstacles()
    if lines:
        raise client.Unusable(starting.WRONG_SHAPE, "\n".join(lines))


async def run() -> None:
    """Drain until SIGTERM or SIGINT, then finish what is in flight."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await drain_until(stopping)


async def drain_until(stopping: asyncio.Event, timing: Timing | None = None) -> None:
    """Drain until told to stop, by the database's clock unless another is given.

    Raises client.Unusable when Discord refuses the token.
    """
    timing = timing or DatabaseTime()
    beside = asyncio.create_task(elsewhere.run(stopping, timing))
    alive = asyncio.create_task(systemd.watched(stopping))
    try:
        await _on_discord(stopping, timing)
    finally:
        stopping.set()
        await asyncio.gather(beside, alive)


async def _on_discord(stopping: asyncio.Event, timing: Timing) -> None:
    client.point_at_discord()
    async with discord.Client(intents=discord.Intents.none(), http_trace=wire.trace()) as rest:
        try:
            if not await _logged_in(rest, stopping):
                return
        except discord.LoginFailure as refused:
            text = "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."
            raise client.Unusable(client.INVALID, text) from refused
        await Drain(DiscordChannel(rest, timing), stopping, timing).run()


async def _logged_in(rest: discord.Client, stopping: asyncio.Event) -> bool:
    """Log in; False when told to stop first. While Discord is away discord.py tries for longer than
    a process may take to end."""
    trying = asyncio.create_task(rest.login(settings.DISCORD_BOT_TOKEN))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({trying, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if trying.done():
        trying.result()
        return True
    trying.cancel()
    await asyncio.gather(trying, return_exceptions=True)
    return False
