"""Telegram and Signal beside Discord: a drain for each that is set up, and an ear; and an ear for
the game server.

Any number of processes may send; of those that could hear a channel one does, by a lease in a row:
Telegram ends the request of whoever asked first, Signal gives each message once, and a game server
counts our questions together.
"""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext_lazy

from botworker import hearing, pacing, pulse, webhook
from botworker.channels import ChannelError, http
from botworker.channels import signal as signal_channel
from botworker.channels import telegram as telegram_channel
from botworker.drain import Drain
from botworker.game import GameNews
from botworker.hearing import Answer
from botworker.timing import Timing
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

WAIT = 20  # seconds that a question for news may stay open
AGAIN = 2.0
NEWS = ["message", "callback_query", "my_chat_member"]
Handler = Callable[..., Answer | None]
# What Telegram offers to whoever types "/"; whatever else is written is understood, too.
MENU = {
    "today": gettext_lazy("Tonight: what you say, or today looking"),
    "tomorrow": gettext_lazy("Tomorrow: what you say, or tomorrow maybe"),
    "status": gettext_lazy("What holds, and how many are missing"),
    "help": gettext_lazy("What can be written"),
    "stop": gettext_lazy("No more messages"),
}


async def run(stopping: asyncio.Event, timing: Timing) -> None:
    """Send and hear on every channel that is set up, until told to stop."""
    parts: list[Coroutine[Any, Any, None]] = []
    apis: list[telegram_channel.Api | signal_channel.Api] = []
    if settings.TELEGRAM_ENABLED:
        telegram = telegram_channel.Api()
        apis.append(telegram)
        sends = Drain(telegram_channel.TelegramChannel(telegram), stopping, timing)
        parts += [
            sends.run(),
            Ear("telegram", TelegramNews(telegram, timing), stopping, timing).run(),
        ]
    if settings.SIGNAL_ENABLED:
        signal = signal_channel.Api()
        apis.append(signal)
        sends = Drain(signal_channel.SignalChannel(signal), stopping, timing)
        parts += [sends.run(), Ear("signal", SignalNews(signal, timing), stopping, timing).run()]
    if settings.GAME_SERVER:
        parts.append(Ear("game", GameNews(timing), stopping, timing).run())
    try:
        await asyncio.gather(*parts)
    finally:
        for api in apis:
            await api.close()


class Ear:
    """Hears one channel for as long as this process holds its lease."""

    def __init__(
        self,
        channel: str,
        news: "TelegramNews | SignalNews | GameNews",
        stopping: asyncio.Event,
        timing: Timing,
    ) -> None:
        self.channel, self.news = channel, news
        self.stopping, self.timing = stopping, timing
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"[:64]

    async def run(self) -> None:
        """Listen until told to stop; a fault is logged and survived."""
        while not self.stopping.is_set():
            try:
                if await call(hearing.hold, self.channel, self.owner, at=self.timing.now()):
                    await self._unless_stopped(self.news.look())
                    continue
            except ChannelError as refused:
                log.warning("%s is not heard: %s", self.channel, refused.refusal.reason)
                self.news.begin_anew()
            except Exception:
                log.exception("a look at %s failed; the next one is in two seconds", self.channel)
            await self._unless_stopped(asyncio.sleep(AGAIN))
        await call(hearing.let_go, self.channel, self.owner, at=self.timing.now())

    async def _unless_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        doing = asyncio.create_task(work)
        stopped = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({doing, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
        if doing.done():
            doing.result()
            return
        # What was not confirmed is told again to whoever asks next.
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)


class TelegramNews:
    """Asks Telegram for news, or has it bring them where a webhook is set up."""

    def __init__(self, api: telegram_channel.Api, timing: Timing) -> None:
        self.api, self.timing = api, timing
        self.offset = 0
        self.begun = False

    def begin_anew(self) -> None:
        """Tell Telegram again how we want our news."""
        self.begun = False

    async def look(self) -> None:
        """Take one look, handle what is new and say what is to be said. Raises ChannelError."""
        if not self.begun:
            await self._begin()
        if settings.TELEGRAM_WEBHOOK_SECRET:
            await asyncio.sleep(WAIT)
            return
        asked = {"offset": self.offset, "timeout": WAIT, "allowed_updates": NEWS}
        updates = await self.api.call("getUpdates", within=WAIT + 10, **asked)
        for update in updates if isinstance(updates, list) else []:
            reply = await _handled(hearing.telegram, update, self.timing)
            # A database that fails is asked again; what we cannot handle is left behind.
            self.offset = max(self.offset, int(update["update_id"]) + 1)
            if reply:
                await self._say(reply)

    async def _begin(self) -> None:
        me = await self.api.call("getMe")
        if settings.TELEGRAM_WEBHOOK_SECRET:
            secret = settings.TELEGRAM_WEBHOOK_SECRET
            await self.api.call(
                "setWebhook",
                url=webhook.address(secret),
                secret_token=webhook.header(secret),
                allowed_updates=NEWS,
            )
        else:
            await self.api.call("deleteWebhook")
        await self._offer_commands()
        name = me.get("username", "") if isinstance(me, dict) else ""
        await call(pulse.beat, "telegram", f"@{name}")
        self.begun = True

    async def _offer_commands(self) -> None:
        commands = [{"command": word, "description": str(says)} for word, says in MENU.items()]
        try:
            await self.api.call("setMyCommands", commands=commands)
        except ChannelError as refused:
            log.warning("the menu on telegram was not taken: %s", refused.refusal.reason)

    async def _say(self, answer: Answer) -> None:
        for method, params in telegram_channel.calls(answer):
            await _take_turn("telegram", self.timing)
            await telegram_channel.do(self.api, method, params)


class SignalNews:
    """Asks signal-cli for news."""

    def __init__(self, api: signal_channel.Api, timing: Timing) -> None:
        self.api, self.timing = api, timing
        self.begun = False

    def begin_anew(self) -> None:
        """Say anew that we are there."""
        self.begun = False

    async def look(self) -> None:
        """Take one look, handle what is new and say what is to be said. Raises ChannelError."""
        if not self.begun:
            await call(pulse.beat, "signal", settings.SIGNAL_SENDER)
            self.begun = True
        for envelope in await self.api.receive(wait=WAIT):
            reply = await _handled(hearing.signal, envelope, self.timing)
            if reply:
                await self._say(reply)

    async def _say(self, answer: Answer) -> None:
        await _take_turn("signal", self.timing)
        try:
            await self.api.send(answer.address, http.spoken(answer.text, {"rows": answer.rows}))
        except ChannelError as refused:
            log.warning("an answer on signal was not taken: %s", refused.refusal.reason)


async def _handled(verb: Handler, news: Any, timing: Timing) -> Answer | None:
    """Handle one piece of news; one that ends in a fault of ours must not end all hearing."""
    try:
        return await call(verb, news, at=timing.now())
    except DatabaseError:
        raise
    except Exception:
        log.exception("a message could not be handled")
        return None


async def _take_turn(name: str, timing: Timing) -> None:
    # Nobody tells us when a token is free: another process may have taken it.
    while not await call(pacing.take, name, 1, at=timing.now()):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
