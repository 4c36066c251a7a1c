"""Buttons on the local Telegram: below a call, below an answer, yesterday's, somebody else's."""

from accounts.actions import handles
from botworker import hearing
from botworker.models import Delivery, SeenUpdate, State
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.channels.evening import CallCase


class CallJourney(CallCase):
    async def test_a_call_has_the_buttons_of_discord_and_one_press_answers_it(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram")
            offered = list(self.buttons(self.bor))

            pressed = await self.press(self.bor, "I’m in")

        self.assertEqual(
            offered, ["I’m in", "10 min late", "Can’t make it", "Not tonight, stop reminders"]
        )
        self.assertTrue(pressed["answered"])
        self.assertEqual(await self.answered(self.bor), ("LOOKING", "telegram"))
        text = pressed["message"]["text"]
        self.assertTrue(text.startswith("Game night at 21:00 CET. Coming?"), text)
        self.assertIn("You are in for 21:00 CET.", text)
        self.assertIn("\nNo more of these: write STOP, or open ", text)

    async def test_the_message_keeps_the_way_back_and_it_works(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram")
            await self.press(self.bor, "Can’t make it")
            no = await self.answered(self.bor)

            pressed = await self.press(self.bor, "I can come after all")

        self.assertEqual(no, ("NOT_PLAYING", "telegram"))
        self.assertEqual(await self.answered(self.bor), ("LOOKING", "telegram"))
        self.assertIn("You are in for 21:00 CET.", pressed["message"]["text"])
        self.assertNotIn("You are not playing", pressed["message"]["text"])

    async def test_a_no_takes_back_what_is_still_planned(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram")
            await call(self.plan_the_start)

            pressed = await self.press(self.bor, "Can’t make it")

        self.assertIn("1 reminder is cancelled.", pressed["message"]["text"])
        start = await call(Delivery.objects.get, event_key="TEST:start")
        self.assertEqual((start.state, start.reason), (State.WITHDRAWN, "said no"))

    def plan_the_start(self) -> None:
        reminder = Delivery.objects.get(kind="reminder")
        reminder.pk, reminder.marker, reminder.nonce_seed = None, "m" * 22, "s" * 32
        reminder.event_key, reminder.kind, reminder.state = "TEST:start", "start", State.PLANNED
        reminder.due_at = reminder.next_at = make.at("21:00")
        reminder.expires_at = reminder.deadline_at = make.at("21:10")
        reminder.settled_at = None
        reminder.save()

    async def test_a_press_that_is_told_twice_counts_once(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram")
            await self.press(self.bor, "I’m in")
            await call(self.bor.entries.all().delete)
            query = {
                "id": "1",
                "from": {"id": int(self.address("telegram", self.bor))},
                "message": self.last(self.bor),
                "data": next(iter(self.buttons(self.bor).values())),
            }
            news = {"update_id": 77, "callback_query": query}
            first = await call(hearing.telegram, news, at=clock.now())
            again = await call(hearing.telegram, news, at=clock.now())

        self.assertIn("You are not playing tonight", first.text if first else "")
        self.assertIsNone(again)
        self.assertEqual(await call(SeenUpdate.objects.filter(key="77").count), 1)

    async def test_yesterdays_button_is_refused_in_words(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram")
            self.go_to("23:59:58")
            await self.until(lambda: clock.today(clock.now()) > make.TONIGHT.date())

            pressed = await self.press(self.bor, "I’m in")

        self.assertTrue(pressed["alert"])
        self.assertIn("That was Friday 20 November, it is over.", pressed["text"])
        self.assertEqual(await call(self.bor.entries.count), 0)
        self.assertIn("I’m in", self.buttons(self.bor))

    async def test_a_button_of_somebody_elses_message_changes_nothing(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.link("telegram", self.ana)
            await self.called(self.bor, "telegram")
            data = self.buttons(self.bor)["I’m in"]
            await self.say("telegram", self.ana, "status")
            chat, shown = int(self.address("telegram", self.ana)), self.last(self.ana)
            for number, sender in enumerate((chat, int(self.address("telegram", self.bor)))):
                query = {"id": "1", "from": {"id": sender}, "message": shown, "data": data}
                update = {"update_id": 900 + number, "callback_query": query}
                reply = await call(hearing.telegram, update, at=clock.now())

                with self.subTest(number):
                    if sender == chat:
                        self.assertIn("This belongs to somebody else.", reply.text if reply else "")
                    else:
                        self.assertIsNone(reply)
        self.assertEqual(await self.answered(self.ana), None)
        self.assertEqual(await self.answered(self.bor), None)

    async def test_after_unlinking_its_buttons_are_dead(self) -> None:
        """W28: an unlinked chat could go on changing answers."""
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.called(self.bor, "telegram")
            await call(handles.disconnect, person=self.bor, channel="telegram", at=clock.now())

            pressed = await self.press(self.bor, "I’m in")

        self.assertIn("I do not know you here yet.", pressed["text"])
        self.assertIsNone(await self.answered(self.bor))

    async def test_made_up_buttons_change_nothing(self) -> None:
        self.go_to("20:45")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.say("telegram", self.bor, "status")
            chat, shown = int(self.address("telegram", self.bor)), self.last(self.bor)
            for number, data in enumerate(
                (
                    *("", "x", "day:20261120:promote", "call:20261120:looking", "day:20269999:no"),
                    *("day:20261119:no", "day:20270301:no", f"dlv:{'a' * 22}:in:20261120"),
                    *("call:99999999:in", "evening:20261120:no:{marker}", "day:20261120:no\n"),
                )
            ):
                query = {"id": "1", "from": {"id": chat}, "message": shown, "data": data}
                update = {"update_id": 800 + number, "callback_query": query}
                reply = await call(hearing.telegram, update, at=clock.now())

                with self.subTest(data):
                    self.assertTrue(reply and reply.refused and reply.text)
        self.assertEqual(await call(self.bor.entries.count), 0)


class AnswerJourney(CallCase):
    async def test_telegram_offers_the_commands_to_whoever_types_a_slash(self) -> None:
        self.go_to("19:00")
        async with self.evening() as standin:
            await self.until(lambda: bool(standin.telegram.memory.commands))
            await self.link("telegram", self.bor)
            for one in standin.telegram.memory.commands:
                if one["command"] != "stop":
                    answer = await self.say("telegram", self.bor, f"/{one['command']}")

                    with self.subTest(one["command"]):
                        self.assertRegex(answer, "no answer yet|Write: tonight looking")

    async def test_an_answer_offers_the_four_and_a_press_edits_it(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.say("telegram", self.bor, "tonight looking")
            number = self.last(self.bor)["message_id"]
            offered = list(self.buttons(self.bor))

            pressed = await self.press(self.bor, "Maybe")

        four = ["✓ Looking", "Available", "Maybe", "Not playing", "Clear my answer"]
        self.assertEqual(offered, four)
        self.assertEqual(pressed["message"]["message_id"], number)
        self.assertIn("Your answer for Friday 20 November: Maybe.", pressed["message"]["text"])
        self.assertIn("✓ Maybe", self.buttons(self.bor))
        self.assertEqual(await self.answered(self.bor), ("MAYBE", "telegram"))

    async def test_pressing_the_same_again_says_so_and_clearing_clears(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.say("telegram", self.bor, "tonight looking")

            again = await self.press(self.bor, "✓ Looking")
            cleared = await self.press(self.bor, "Clear my answer")

        self.assertIn("Already so: Looking.", again["text"])
        self.assertIn("is cleared", cleared["message"]["text"])
        self.assertIsNone(await self.answered(self.bor))

    async def test_an_edit_that_is_refused_is_followed_by_a_new_message(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.say("telegram", self.bor, "tonight looking")
            self.fault("POST /telegram/editMessageText", fault="refuse", times=1)
            before = len(self.heard("telegram", self.bor))

            await self.press(self.bor, "Maybe")
            await self.until(lambda: len(self.heard("telegram", self.bor)) > before)

        self.assertIn(": Maybe.", self.heard("telegram", self.bor)[-1])


class StopJourney(CallCase):
    async def wishes(self) -> bool:
        await call(self.bor.preferences.refresh_from_db)
        return self.bor.preferences.allow_promotions

    async def test_a_stop_by_mistake_is_taken_back_by_one_press(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.say("telegram", self.bor, "STOP")
            stopped = await self.wishes()

            pressed = await self.press(self.bor, "That was a mistake")

        self.assertFalse(stopped)
        self.assertTrue(await self.wishes())
        self.assertIn("Messages are on again, as before.", pressed["message"]["text"])

    async def test_after_ten_minutes_the_button_says_what_to_write(self) -> None:
        self.go_to("19:00")
        async with self.evening():
            await self.link("telegram", self.bor)
            await self.say("telegram", self.bor, "STOP")
            self.go_to("19:11")

            pressed = await self.press(self.bor, "That was a mistake")

        self.assertIn("Write START.", pressed["text"])
        self.assertFalse(await self.wishes())
