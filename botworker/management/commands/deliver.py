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


class Command(BaseCommand):
    help = "Send what the outbox holds, without the gateway. Start as many as wanted."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            client.validate()
            asyncio.run(run())
        except client.Unusable as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(wrong.code) from wrong


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
    try:
        await _on_discord(stopping, timing)
    finally:
        stopping.set()
        await beside


async def _on_discord(stopping: asyncio.Event, timing: Timing) -> None:
    client.point_at_discord()
    async with discord.Client(intents=discord.Intents.none(), http_trace=wire.trace()) as rest:
        try:
            await rest.login(settings.DISCORD_BOT_TOKEN)
        except discord.LoginFailure as refused:
            text = "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."
            raise client.Unusable(client.INVALID, text) from refused
        await Drain(DiscordChannel(rest, timing), stopping, timing).run()
