"""manage.py runbot: the gateway, the buttons and a drain for Discord."""

import asyncio
import signal
from typing import Any

import discord
from django.conf import settings
from django.core.management.base import BaseCommand

from botworker import client


class Command(BaseCommand):
    help = (
        "Run the Discord bot: gateway, buttons, living posts and a drain of the outbox. "
        "With BOT_STARTUP_VALIDATE_ONLY=true it checks its configuration and exits: "
        "0 fine, 1 something is missing, 2 something is invalid."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            client.validate()
            if settings.BOT_STARTUP_VALIDATE_ONLY:
                self.stdout.write("The bot's configuration is fine.")
                return
            asyncio.run(run())
        except client.Unusable as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(wrong.code) from wrong


async def run() -> None:
    """Run until SIGTERM or SIGINT."""
    client.point_at_discord()
    bot = client.SlomixBot()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(
            number, lambda: asyncio.ensure_future(bot.close())
        )
    await stay(bot)


async def stay(bot: client.SlomixBot) -> None:
    """Stay connected until the bot is closed; raises client.Unusable when Discord refuses it for
    good, with the one thing that helps."""
    try:
        await bot.start(settings.DISCORD_BOT_TOKEN)
    except discord.LoginFailure as refused:
        text = "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."
        raise client.Unusable(client.INVALID, text) from refused
    except discord.PrivilegedIntentsRequired as refused:
        text = (
            "Discord closed the connection (4014): switch on “Server Members Intent” for the bot "
            "at https://discord.com/developers/applications, page Bot, then start it again."
        )
        raise client.Unusable(client.INVALID, text) from refused
    finally:
        if not bot.is_closed():
            await bot.close()
