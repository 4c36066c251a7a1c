"""Keywords through discord.py and real sockets: a reply that notifies nobody."""

from typing import Any

from django.test import override_settings

from botworker.models import KeywordReply
from botworker.standin.faults import Fault
from slomix.lib.bridge import call
from tests.bot.journey import CHANNEL
from tests.raids_bot.playing import OTHER, RaidCase


@override_settings(MESSAGE_CONTENT_INTENT=True)
class ReplyTests(RaidCase):
    def setUp(self) -> None:
        super().setUp()
        KeywordReply.objects.filter(word="approved").update(is_active=True)
        text = f"@everyone <@{self.ana.discord.discord_id}> good game"
        KeywordReply.objects.create(word="gg", reply=text)

    async def writes(self, text: str, channel: int = CHANNEL) -> None:
        await self.standin.say(self.bor.discord.discord_id, channel, text)

    async def read(self) -> None:
        cog: Any = self.bot.get_cog("Chat")
        await cog.read_keywords()

    async def test_a_word_is_answered_by_a_reply_that_notifies_nobody(self) -> None:
        async with self.night():
            await self.read()
            await self.writes("GG everybody")
            await self.until(lambda: len(self.posts(CHANNEL)) == 2)

            asked, reply = self.posts(CHANNEL)
            self.assertEqual(reply["message_reference"]["message_id"], asked["id"])
            self.assertIn("good game", reply["content"])
            self.assertEqual((reply["mentions"], reply["mention_everyone"]), ([], False))

    async def test_words_inside_others_and_switched_off_ones_are_not_answered(self) -> None:
        async with self.night():
            await self.read()
            await self.writes("eggs are unapproved, nanomon")
            await self.writes("approved", OTHER)
            await self.until(lambda: "✅ Approved." in self.texts(OTHER))

            self.assertEqual(len(self.posts(CHANNEL)), 1)

    async def test_privately_it_is_answered_too(self) -> None:
        async with self.night():
            await self.read()
            channel = await self.dm(self.bor)

            await self.writes("approved?", channel)

            await self.until(lambda: "✅ Approved." in self.inbox(self.bor))

    async def test_a_change_in_the_admin_is_noticed(self) -> None:
        async with self.night():
            await self.read()
            await call(KeywordReply.objects.filter(word="gg").update, is_active=False)
            await self.read()
            await self.writes("gg")
            await self.writes("approved", OTHER)
            await self.until(lambda: len(self.posts(OTHER)) == 2)

            self.assertEqual(self.texts(CHANNEL), ["gg"])

    async def test_a_channel_that_refuses_is_one_line_in_the_log(self) -> None:
        async with self.night() as there:
            await self.read()
            there.parts.faults.add(
                Fault(f"POST /channels/{CHANNEL}/messages", "refuse", code=50013)
            )
            with self.assertLogs("botworker.chat", "WARNING") as logged:
                await self.writes("gg")
                await self.until(lambda: bool(logged.output))
            await self.writes("approved", OTHER)
            await self.until(lambda: "✅ Approved." in self.texts(OTHER))

            self.assertEqual(len(logged.output), 1)


class WithoutContentTests(RaidCase):
    async def test_without_the_right_to_read_nothing_is_answered_on_servers(self) -> None:
        await call(KeywordReply.objects.update, is_active=True)
        async with self.night():
            cog: Any = self.bot.get_cog("Chat")
            await cog.read_keywords()
            number = self.bor.discord.discord_id
            await self.standin.say(number, CHANNEL, "approved")
            await self.standin.say(number, await self.dm(self.bor), "approved")
            await self.until(lambda: "✅ Approved." in self.inbox(self.bor))

            self.assertEqual(self.texts(CHANNEL), ["approved"])
