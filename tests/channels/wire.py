"""Telegram and Signal over real sockets: the local ones, and our own loops against them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from django.test import override_settings

from accounts.actions import handles
from accounts.models import Handle, LinkToken, User
from botworker import elsewhere, outbox
from botworker.models import Attempt, Breaker, Bucket, Change, Delivery
from botworker.outbox import Event, Message
from botworker.standin import StandIn
from botworker.standin.faults import Fault
from botworker.timing import MachineTime
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import owning
from tests.bot.journey import JourneyCase
from tests.channels.keys import HAVE_BOTH, KEY


class WireCase(JourneyCase):
    """The cast has phones; `evening` opens the local Telegram and Signal, and our loops if asked."""

    @asynccontextmanager
    async def evening(self, *, loops: bool = True, **more: Any) -> AsyncIterator[StandIn]:
        self.loops = loops
        async with self.night(bot=False) as standin:
            application = standin.parts.world.application
            addresses = {
                **HAVE_BOTH,
                "CONTACT_KEYS": [KEY],
                "TELEGRAM_BASE_URL": f"{standin.url}/telegram",
                "TELEGRAM_BOT_TOKEN": application.telegram_token,
                "SIGNAL_DAEMON_URL": f"{standin.url}/signal",
                "SIGNAL_SENDER": application.signal_number,
            }
            with override_settings(**addresses | more):
                self.stopping = asyncio.Event()
                running = self.begin_loops() if loops else None
                try:
                    yield standin
                finally:
                    self.stopping.set()
                    if running:
                        await running

    def begin_loops(self) -> asyncio.Task[None]:
        """Begin to send and to hear."""
        return asyncio.create_task(elsewhere.run(self.stopping, MachineTime()))

    async def forget(self) -> None:
        """Begin anew: nothing was promised, nobody linked."""
        for model in (Attempt, Change, Delivery, Handle, LinkToken, Breaker, Bucket):
            await call(owning.empty, model)

    def id_of(self, who: User) -> int:
        return int(who.discord.discord_id)

    def address(self, channel: str, who: User) -> str:
        if channel == "telegram":
            return str(self.standin.telegram.chat_of(self.id_of(who)))
        return self.standin.signal.number_of(self.id_of(who))

    async def link(self, channel: str, who: User) -> Handle:
        """Link somebody's account as if its message had been heard."""
        if channel == "telegram" and self.loops:
            await self.say(channel, who, "/start")
        elif channel == "telegram":
            self.standin.telegram.say(self.id_of(who), "/start")
            self.standin.telegram.memory.updates.clear()  # nobody answers it
        now = clock.now()
        issued = await call(handles.issue_token, person=who, channel=channel, at=now)
        return await call(
            handles.redeem,
            channel=channel,
            address=self.address(channel, who),
            token=issued.token,
            at=now,
            door="test",
        )

    async def say(self, channel: str, who: User, text: str) -> str:
        """Write to our bot or number as somebody and return what comes back."""
        before = len(self.heard(channel, who))
        if channel == "telegram":
            self.standin.telegram.say(self.id_of(who), text)
        else:
            self.standin.signal.write(self.id_of(who), text)
        await self.until(lambda: len(self.heard(channel, who)) > before)
        return self.heard(channel, who)[-1]

    def heard(self, channel: str, who: User) -> list[str]:
        """Return what somebody got from us on a channel."""
        if channel == "telegram":
            chat = self.standin.telegram.inbox(self.id_of(who))
            return [one["text"] for one in chat if one["from"]["is_bot"]]
        inbox = self.standin.signal.inbox(self.id_of(who))
        return [one["message"] for one in inbox if one["from"] == "bot"]

    def fault(self, route: str, **facts: Any) -> None:
        self.standin.parts.faults.active.append(Fault.from_json({"route": route} | facts))

    async def promise(self, who: User, *channels: str, kind: str = "reminder") -> None:
        """Promise somebody a word, due now, on some channels in this order."""
        at = clock.now()
        message = Message(
            outbox.recipient_of(self.id_of(who)),
            "**We play at 21:00 CET.** A\\_B\\* is looking.",
            who.pk,
            channels,
        )
        event = Event(f"TEST:{kind}", kind, at, at + timedelta(minutes=12))
        await call(outbox.enqueue, [message], event, at=at, planned=False)

    async def outcome(self, *states: str, within: float = 30.0) -> Delivery:
        """Wait until the promise has come to one of some states and return its row."""

        async def there() -> bool:
            return bool(await call(Delivery.objects.filter(state__in=states).exists))

        await self.until(there, within)
        return await call(Delivery.objects.get, event_key__startswith="TEST:")


SEND = {"telegram": "POST /telegram/sendMessage", "signal": "POST /signal/v2/send"}
