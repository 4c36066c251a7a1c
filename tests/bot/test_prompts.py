from typing import Any

from accounts.models import Preferences
from availability import actions, prompts
from availability.models import Entry, Status
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import JourneyCase


class PromptJourney(JourneyCase):
    """bor wants to be asked each day and to hear when we play; both are answered in the message."""

    def inbox(self) -> list[dict[str, Any]]:
        return self.standin.inbox(self.bor.discord.discord_id)

    def button(self, verb: str) -> tuple[int, str]:
        message = self.inbox()[0]
        ids = [b["custom_id"] for row in message["components"] for b in row["components"]]
        return int(message["id"]), next(one for one in ids if f":{verb}:" in one)

    def six_look(self) -> None:
        for _each in range(6):
            who = make.person()
            actions.answer(
                person=who, day=clock.today(clock.now()), status="LOOKING", at=clock.now()
            )

    async def wish(self, **wishes: bool) -> None:
        await call(Preferences.objects.filter(user=self.bor).update, **wishes)

    async def test_the_daily_question_is_answered_and_switched_off_in_the_message(self) -> None:
        self.go_to("16:00")
        await self.wish(allow_daily_prompt=True)
        async with self.night() as discord:
            await call(prompts.run, clock.now())
            await self.until(lambda: len(self.inbox()) == 1)
            self.assertIn("Playing tonight, 21:00 CET?", self.inbox()[0]["content"])
            me = self.bor.discord.discord_id

            await discord.press(me, *self.button("maybe"))
            self.assertIn("Your answer for Friday 20 November: Maybe", self.inbox()[0]["content"])
            await discord.press(me, *self.button("nodaily"))

            self.assertIn("The daily question is off.", self.inbox()[0]["content"])
        entry = await call(Entry.objects.get, person=self.bor)
        self.assertEqual((entry.status, entry.door), (Status.MAYBE, "discord"))
        await call(self.bor.preferences.refresh_from_db)
        self.assertFalse(self.bor.preferences.allow_daily_prompt)

    async def test_whoever_hears_that_we_play_says_yes_in_the_message(self) -> None:
        self.go_to("18:00")
        await self.wish(allow_session_ready=True)
        await call(make.entry, self.bor, "AVAILABLE")
        await call(self.six_look)
        self.go_to("18:00:20")
        async with self.night() as discord:
            await call(prompts.run, clock.now())
            await self.until(lambda: len(self.inbox()) == 1)
            self.assertIn("We play tonight at 21:00 CET.", self.inbox()[0]["content"])

            await discord.press(self.bor.discord.discord_id, *self.button("in"))

            self.assertIn("You are in for 21:00 CET.", self.inbox()[0]["content"])
        entry = await call(Entry.objects.get, person=self.bor)
        self.assertEqual(entry.status, Status.LOOKING)
