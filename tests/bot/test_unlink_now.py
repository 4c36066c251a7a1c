"""“Telegram is linked to you since 19:00 CET. Not you? Press.”: the one button below it."""

from datetime import timedelta
from typing import Any

from django.test import override_settings

from accounts.actions import handles
from accounts.models import AuditEntry, Handle, User
from availability.models import Entry
from botworker import hearing
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.commanding import CommandCase, labels
from tests.channels.keys import HAVE_BOTH

LINKED = "Telegram is linked to you since"


@override_settings(**HAVE_BOTH)
class UnlinkNowTests(CommandCase):
    """Somebody linked bor's Telegram, and bor is told on Discord."""

    def setUp(self) -> None:
        super().setUp()
        self.go_to("19:00")
        make.entry(self.bor)

    def link(self, address: str = "7000000999") -> None:
        at = clock.now()
        issued = handles.issue_token(person=self.bor, channel="telegram", at=at)
        handles.redeem(channel="telegram", address=address, token=issued.token, at=at, door="test")
        hearing.tell_linked(self.bor, "telegram", at)

    async def told(self) -> dict[str, Any]:  # type: ignore[override]
        await call(self.link)
        await self.until(lambda: any(LINKED in one for one in self.inbox(self.bor)))
        return dict(self.standin.inbox(self.bor.discord.discord_id)[-1])

    async def press(self, message: dict[str, Any], who: User, **forged: Any) -> dict[str, Any]:
        button = message["components"][0]["components"][0]["custom_id"]
        number = who.discord.discord_id
        return dict(await self.standin.press(number, int(message["id"]), button, **forged))

    async def linked(self) -> bool:
        return await call(Handle.objects.filter(user=self.bor).exists)

    async def test_one_press_unlinks_it_and_the_message_says_so(self) -> None:
        async with self.night():
            message = await self.told()
            self.assertEqual(labels(message), ["Unlink it now"])

            await self.press(message, self.bor)

            await self.until(lambda: "is unlinked" in self.inbox(self.bor)[-1])
            shown = self.standin.inbox(self.bor.discord.discord_id)[-1]
        self.assertEqual(shown["content"], "**Telegram is unlinked.** Your answers stay.")
        self.assertEqual(shown["components"], [])
        self.assertFalse(await self.linked())
        self.assertTrue(await call(Entry.objects.filter(person=self.bor).exists))
        written = await call(AuditEntry.objects.get, action="channel_unlinked")
        self.assertEqual(written.door, "discord")

    async def test_nobody_else_can_press_it(self) -> None:
        async with self.night():
            message = await self.told()
            hers = await self.bot.get_partial_messageable(await self.dm(self.ana)).send("hello")

            button = message["components"][0]["components"][0]["custom_id"]
            number = self.ana.discord.discord_id
            refused = await self.standin.press(number, hers.id, button, forge=True)

            self.assertIn("belongs to somebody else", refused["content"])
        self.assertTrue(await self.linked())

    async def test_it_works_once_and_leaves_a_newer_link_alone(self) -> None:
        async with self.night():
            message = await self.told()
            await self.press(message, self.bor)
            await self.until(lambda: "is unlinked" in self.inbox(self.bor)[-1])

            again = await self.press(message, self.bor, forge=True)
            self.assertIn("That link is gone already.", again["content"])
            self.go_to("19:05")
            await call(self.link, "7000000998")
            newer = await self.press(message, self.bor, forge=True)

            self.assertIn("That link is gone already.", newer["content"])
        self.assertTrue(await self.linked())

    async def test_a_made_up_one_does_nothing(self) -> None:
        async with self.night():
            message = await self.told()
            stamp = int((clock.now() + timedelta(days=1)).timestamp())
            made_up = f"unlink:{'x' * 22}:telegram:{stamp}"

            number = self.bor.discord.discord_id
            told = await self.standin.press(number, int(message["id"]), made_up, forge=True)

            self.assertIn("does nothing any more", told["content"])
        self.assertTrue(await self.linked())
