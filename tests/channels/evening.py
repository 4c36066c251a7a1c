"""Calls on Telegram and Signal, as a real one makes them, and what is answered to them."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from availability import words
from availability.models import Entry
from botworker import outbox
from botworker.outbox import Event, Message
from slomix.lib.bridge import call
from tests import make
from tests.cast import TONIGHT
from tests.channels.wire import WireCase

DAY = TONIGHT.date()
BODY = "**Game night at 21:00 CET.** Coming?"


class CallCase(WireCase):
    """Somebody is called on a channel, and answers there."""

    async def called(self, who: User, *channels: str, at: str = "20:45") -> None:
        """Tell somebody of the evening, with the buttons that a call has, and let it arrive."""
        due = make.at(at)
        message = Message(
            recipient=outbox.recipient_of(self.id_of(who)),
            body=BODY,
            person_id=who.pk,
            channels=channels,
            extras={"rows": words.reminder_rows(DAY)},
        )
        event = Event(f"TEST:reminder:{who.pk}", "reminder", due, make.at("20:57"), DAY)
        await call(outbox.enqueue, [message], event, at=timezone.now(), planned=False)
        before = len(self.heard(channels[0], who))
        await self.until(lambda: len(self.heard(channels[0], who)) > before)
        await self.outcome("sent")

    def last(self, who: User) -> dict[str, Any]:
        """Return the last message of somebody's chat with the bot on Telegram."""
        return self.standin.telegram.inbox(self.id_of(who))[-1]

    def buttons(self, who: User) -> dict[str, str]:
        """Return the buttons below the last message on Telegram: what they carry, by their word."""
        rows = self.last(who).get("reply_markup", {}).get("inline_keyboard", [])
        return {one["text"]: one["callback_data"] for row in rows for one in row}

    async def press(self, who: User, label: str) -> dict[str, Any]:
        """Press a button below the last message on Telegram; return what the presser sees."""
        shown = self.last(who)
        return await self.standin.telegram.press(
            self.id_of(who), shown["message_id"], self.buttons(who)[label]
        )

    async def answered(self, who: User) -> tuple[str, str] | None:
        """Return somebody's answer for tonight, and its door."""
        found = await call(Entry.objects.filter(person=who, day=DAY).first)
        return (found.status, found.door) if found else None
