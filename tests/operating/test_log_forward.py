"""The log in a channel, through discord.py and real sockets."""

import logging
from typing import Any

from django.test import override_settings

from botworker import log_lines
from botworker.models import Worker
from botworker.standin.faults import Fault
from slomix.lib.bridge import call
from tests.bot.journey import GUILD
from tests.raids_bot.playing import OTHER, RaidCase

log = logging.getLogger("tests.operating.journey")


@override_settings(LOG_CHANNEL_ID=OTHER, LOG_GUILD_ID=GUILD, DISCORD_LOG_LEVEL="WARNING")
class ForwardTests(RaidCase):
    def setUp(self) -> None:
        super().setUp()
        log_lines.begin()
        self.addCleanup(log_lines.end)

    def cog(self) -> Any:
        return self.bot.get_cog("LogForward")

    def said(self) -> str:
        return "\n".join(self.texts(OTHER))

    async def test_what_was_said_before_the_bot_was_ready_is_there(self) -> None:
        log.warning("@everyone before it was ready")
        log.info("of no importance")
        async with self.night():
            await self.until(lambda: "before it was ready" in self.said())

            self.assertIn(
                "WARNING run tests.operating.journey test_log_forward.test_what_was", self.said()
            )
            self.assertNotIn("of no importance", self.said())
            [post, *_more] = self.posts(OTHER)
            self.assertTrue(post["content"].startswith("```\n"))
            self.assertFalse(post["mention_everyone"])

    async def test_many_lines_are_few_messages(self) -> None:
        """R14: each line was a message of its own, until Discord refused them all."""
        async with self.night():
            await self.until(lambda: bool(self.cog()))
            for number in range(40):
                log.warning("line number %d", number)
            await self.cog().forward()
            await self.cog().forward()

            self.assertIn("line number 39", self.said())
            self.assertLess(len(self.posts(OTHER)), 6)

    async def test_a_channel_that_refuses_loses_nothing_and_does_not_feed_itself(self) -> None:
        async with self.night() as there:
            # Its own first round must be over, or that would meet the refusal.
            await self.until(lambda: call(Worker.objects.filter(name="log forwarding").exists))
            cog = self.cog()
            cog.rest_after_refusal = 0.0
            there.parts.faults.add(Fault(f"POST /channels/{OTHER}/messages", "refuse", code=50013))
            log.warning("it waits")
            with self.assertRaisesRegex(Exception, "the log channel: Forbidden"):
                await cog.forward()

            await cog.forward()

            self.assertEqual(self.said().count("it waits"), 1)
            self.assertEqual(cog.buffer.block(), "")

    @override_settings(LOG_GUILD_ID=GUILD + 1)
    async def test_a_channel_of_another_server_gets_nothing(self) -> None:
        log.warning("not for them")
        async with self.night():
            self.cog().rest_after_refusal = 0.0
            with self.assertRaisesRegex(Exception, "not on the server LOG_GUILD_ID"):
                await self.cog().forward()

            self.assertEqual(self.posts(OTHER), [])

    @override_settings(LOG_CHANNEL_ID=0)
    async def test_without_a_channel_there_is_no_worker(self) -> None:
        async with self.night():
            await self.ready()

            self.assertIsNone(self.cog())
        self.assertFalse(await call(Worker.objects.filter(name="log forwarding").exists))
