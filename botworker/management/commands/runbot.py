"""manage.py runbot: a drain for Discord, and the gateway with its buttons for one of them."""

import asyncio
import functools
import logging
import signal
import sys
from typing import Any

import aiohttp
import discord
from django.conf import settings
from django.core.management.base import BaseCommand

from botworker import client, identifies, log_lines
from botworker.election import Election
from botworker.leader import Deposed, Term
from botworker.management.commands.deliver import drain_until, stay_away
from botworker.timing import DatabaseTime, Timing

log = logging.getLogger(__name__)

AGAIN = 2.0
# Beside the database's thread, which hardly ever rests while hundreds vote, whoever waits for
# Discord would get its turn two hundred times a second by default: too rarely to acknowledge a
# press in time.
TURNS_EVERY = 0.0005
AUTHENTICATION_FAILED = 4004
TOKEN_REFUSED = "Discord does not accept DISCORD_BOT_TOKEN; make a new one on the bot's page."  # noqa: S105
LOST = (discord.DiscordException, aiohttp.ClientError, OSError, identifies.TooOften)


class Command(BaseCommand):
    help = (
        "Run the Discord bot: gateway, buttons, living posts and a drain of the outbox. Start as "
        "many as wanted: one keeps the gateway, the others send and take its place when it ends. "
        "With BOT_STARTUP_VALIDATE_ONLY=true it checks its configuration and exits: "
        "0 fine, 1 something is missing, 2 something is invalid. It ends with 3 where the database "
        "lacks something, and says what."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            client.validate()
            if settings.BOT_STARTUP_VALIDATE_ONLY:
                self.stdout.write("The bot's configuration is fine.")
                return
            stay_away()
            if settings.LOG_CHANNEL_ID:
                log_lines.begin()  # what is said before the bot is ready waits for it
            asyncio.run(run())
        except client.Unusable as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(wrong.code) from wrong


async def run() -> None:
    """Run until SIGTERM or SIGINT."""
    sys.setswitchinterval(TURNS_EVERY)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await serve(stopping)


async def serve(stopping: asyncio.Event, timing: Timing | None = None) -> None:
    """Send from the first moment on, and keep the gateway whenever we are its leader.

    Raises client.Unusable when Discord refuses the bot for good.
    """
    client.point_at_discord()
    sending = asyncio.create_task(drain_until(stopping, timing))
    leading = asyncio.create_task(Election(stopping).run(on_the_gateway))
    await asyncio.wait({sending, leading}, return_when=asyncio.FIRST_COMPLETED)
    stopping.set()
    for fault in await asyncio.gather(sending, leading, return_exceptions=True):
        if fault:
            raise fault


async def on_the_gateway(term: Term) -> None:
    """Stay connected; whatever ends a connection, another one is made when its turn comes.

    Raises client.Unusable when Discord refuses the bot for good, Deposed when another one leads.
    """
    while True:
        await identifies.wait_for_turn()
        bot = client.SlomixBot(
            drains=False,
            before_identify=functools.partial(identifies.take_turn, term),
            timing=DatabaseTime(),
        )
        try:
            await stay(bot)
        except (client.Unusable, Deposed):
            raise
        except LOST as fault:
            log.warning("the gateway was lost: %s: %s", type(fault).__name__, fault)
        except Exception:
            log.exception("the gateway was lost; tried again")
        await asyncio.sleep(AGAIN)


async def stay(bot: client.SlomixBot) -> None:
    """Stay connected until the bot is closed; raises client.Unusable when Discord refuses it for
    good, with the one thing that helps."""
    staying = asyncio.create_task(bot.start(settings.DISCORD_BOT_TOKEN))
    leaving = asyncio.create_task(bot.left.wait())
    try:
        # Whoever cancels us does not cancel discord.py: below Python 3.12 it can swallow that while
        # it connects. `close` ends it for certain.
        await asyncio.wait({staying, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if staying.done():
            staying.result()
    except discord.LoginFailure as refused:
        raise client.Unusable(client.INVALID, TOKEN_REFUSED) from refused
    except discord.ConnectionClosed as closed:
        if closed.code != AUTHENTICATION_FAILED:
            raise
        raise client.Unusable(client.INVALID, TOKEN_REFUSED) from closed
    except discord.PrivilegedIntentsRequired as refused:
        text = (
            f"Discord closed the connection (4014): switch on {_guarded()} for the bot "
            "at https://discord.com/developers/applications, page Bot, then start it again."
        )
        raise client.Unusable(client.INVALID, text) from refused
    finally:
        if not bot.is_closed():
            await bot.close()
        for task in (staying, leaving):
            task.cancel()
        await asyncio.gather(staying, leaving, return_exceptions=True)


def _guarded() -> str:
    """Return the intents that we ask for and that Discord guards, as its page calls them."""
    if settings.MESSAGE_CONTENT_INTENT:
        return "“Server Members Intent” and “Message Content Intent”"
    return "“Server Members Intent”"
