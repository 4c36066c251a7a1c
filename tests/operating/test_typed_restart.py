"""“restart”, typed into the log channel: an owner's word restarts the bot, nobody else's does."""

import asyncio

import pytest
from django.test import override_settings

from tests.operating.test_owners import OwnerCase
from tests.raids_bot.playing import LIST, OTHER

pytestmark = pytest.mark.slow


@override_settings(MESSAGE_CONTENT_INTENT=True, LOG_CHANNEL_ID=OTHER)
class TypedRestartTests(OwnerCase):
    """Ana owns the server, Bor is PRIVILEGED_USER_ID, Dora owns the application."""

    async def test_an_owners_word_restarts_and_is_announced(self) -> None:
        for who, word in ((self.bor, "restart"), (self.dora, " /Restart ")):
            async with self.night() as there:
                await there.say(who.discord.discord_id, OTHER, word)

                await asyncio.wait_for(self.bot.left.wait(), 30)

                self.assertIn("I begin anew", self.texts(OTHER)[-1])

    async def test_nobody_elses_word_and_no_other_place_does(self) -> None:
        async with self.night() as there:
            for who in (self.ana, self.cene):
                with self.assertLogs("planning.raids.operating.cog", "WARNING") as logged:
                    await there.say(who.discord.discord_id, OTHER, "restart")
                    await self.until(lambda: bool(logged.output))
            for text, channel in (("restart", LIST), ("please restart", OTHER)):
                await there.say(self.bor.discord.discord_id, channel, text)
            # What is said after it is heard after it.
            await self.write(self.bor, "!avail status")

            self.assertFalse(self.bot.is_closed())
            self.assertNotIn("I begin anew", " ".join(self.texts(OTHER)))
