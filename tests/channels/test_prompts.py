"""The daily question and the nudge on Telegram and Signal: words and presses besides a call's."""

from accounts.models import Preferences, User
from availability import prompt_words
from botworker import outbox, rules
from botworker.outbox import Event, Message
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.channels.evening import DAY, CallCase


class PromptJourney(CallCase):
    async def asked(self, who: User, channel: str) -> str:
        """Ask somebody the daily question now, and return what arrives."""
        kind, rows = rules.DAILY, prompt_words.daily_rows(DAY)
        await call(
            Preferences.objects.filter(user=who).update,
            allow_daily_prompt=True,
        )
        message = Message(
            outbox.recipient_of(self.id_of(who)),
            "**Playing tonight, 21:00 CET?**",
            who.pk,
            (channel,),
            {"rows": rows},
        )
        event = Event(f"TEST:{kind}", kind, clock.now(), make.at("20:00"), DAY)
        await call(outbox.enqueue, [message], event, at=clock.now(), planned=False)
        await self.outcome("sent")
        return self.heard(channel, who)[-1]

    async def wishes_daily(self) -> bool:
        return (await call(Preferences.objects.get, user=self.bor)).allow_daily_prompt

    async def test_the_daily_question_is_answered_and_ended_by_presses(self) -> None:
        self.go_to("17:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.asked(self.bor, "telegram")

            await self.press(self.bor, "Maybe")
            answered = await self.answered(self.bor)
            ticked = list(self.buttons(self.bor))
            await self.press(self.bor, "Stop asking me daily")
            ended = await self.wishes_daily()
            await self.press(self.bor, "Ask me again")

        self.assertEqual(answered, ("MAYBE", "telegram"))
        self.assertIn("✓ Maybe", ticked)
        self.assertFalse(ended)
        self.assertTrue(await self.wishes_daily())

    async def test_on_signal_the_daily_question_says_the_words_and_they_work(self) -> None:
        self.go_to("17:00")
        async with self.evening():
            await self.link("signal", self.bor)
            told = await self.asked(self.bor, "signal")

            await self.say("signal", self.bor, "LOOKING")
            answered = await self.answered(self.bor)
            off = await self.say("signal", self.bor, "Stop daily")
            ended = await self.wishes_daily()
            await self.say("signal", self.bor, "ask daily")

        self.assertIn("Send LOOKING, AVAILABLE, MAYBE, NO or STOP DAILY.", told)
        self.assertEqual(answered, ("LOOKING", "signal"))
        self.assertIn("The daily question is off.", off)
        self.assertIn("ASK DAILY to change.", off)
        self.assertFalse(ended)
        self.assertTrue(await self.wishes_daily())

    async def test_who_is_nudged_may_leave_the_answer_as_it_is(self) -> None:
        self.go_to("19:40")
        await call(make.entry, self.bor, "MAYBE")
        async with self.evening():
            await self.link("signal", self.bor)

            left = await self.say("signal", self.bor, "LEAVE")

        self.assertIn("Your answer for tonight stays Maybe.", left)
        self.assertEqual(await self.answered(self.bor), ("MAYBE", "web"))
