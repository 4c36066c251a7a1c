from dataclasses import replace

from django.test import override_settings

from botworker.client import INVALID, SlomixBot, Unusable
from botworker.management.commands import runbot
from botworker.standin import World
from tests.bot.journey import JourneyCase


class RefusedTests(JourneyCase):
    """Discord refuses the bot for good: it ends with the one sentence that helps."""

    privileged = True

    def world(self) -> World:
        made = super().world()
        application = replace(made.application, privileged_intents=self.privileged)
        return replace(made, application=application)

    async def refused(self) -> Unusable:
        with self.assertRaises(Unusable) as caught:
            await runbot.stay(SlomixBot())
        return caught.exception

    async def test_intents_that_are_switched_off_are_named(self) -> None:
        self.privileged = False
        self.go_to("19:30")
        async with self.night(bot=False):
            why = await self.refused()

        self.assertEqual(why.code, INVALID)
        self.assertIn("4014", str(why))
        self.assertIn("Server Members Intent", str(why))

    @override_settings(MESSAGE_CONTENT_INTENT=True)
    async def test_what_people_write_is_named_where_it_is_asked_for(self) -> None:
        self.privileged = False
        self.go_to("19:30")
        async with self.night(bot=False):
            why = await self.refused()

        self.assertIn("“Server Members Intent” and “Message Content Intent”", str(why))

    async def test_a_token_that_is_not_accepted_is_never_shown(self) -> None:
        self.go_to("19:30")
        wrong = "NzAwMDAwMDAwMQ.GwrongX.somebody-elses-0123456789abcdef"
        async with self.night(bot=False):
            with override_settings(DISCORD_BOT_TOKEN=wrong):
                why = await self.refused()

        self.assertIn("DISCORD_BOT_TOKEN", str(why))
        self.assertNotIn(wrong, str(why))

    async def test_a_gateway_that_does_not_accept_the_token_ends_it_too(self) -> None:
        self.go_to("19:30")
        async with self.night(bot=False) as discord:
            await discord.order("refuse_identifies", code=4004)
            why = await self.refused()

        self.assertEqual(why.code, INVALID)
        self.assertIn("DISCORD_BOT_TOKEN", str(why))
