from datetime import datetime, timedelta
from typing import Any

from accounts.models import Preferences, User
from availability import actions, presses, prompts, queries
from availability.models import Status
from availability.presses import Press, Presser, Reply
from botworker import outbox
from botworker.models import Delivery, State
from tests import make
from tests.availability.prompting import PromptCase, rows
from tests.cast import TONIGHT

TODAY = TONIGHT.date()


class PressedCase(PromptCase):
    """bor is told of everything, and presses."""

    pressed = 0

    def setUp(self) -> None:
        super().setUp()
        wishes = Preferences.objects.filter(user=self.bor)
        wishes.update(allow_daily_prompt=True, allow_session_ready=True)

    def press(
        self, verb: str, kind: str = "reminder", *, who: User | None = None, at: datetime = TONIGHT
    ) -> Reply:
        PressedCase.pressed += 1
        presser = Presser((who or self.bor).discord.discord_id, "bor", "Bor", "")
        press = Press(PressedCase.pressed, presser, at)
        marker = rows(kind).get().marker
        return presses.on_reminder(press, marker=marker, verb=verb, day="20261120")

    def remind(self, due_at: str = "20:45", key: str = "T", kind: str = "reminder") -> Delivery:
        event = outbox.Event(key, kind, make.at(due_at), make.at("23:00"), evening=TODAY)
        who = outbox.recipient_of(self.bor.discord.discord_id)
        outbox.enqueue([outbox.Message(who, "🔔", self.bor.pk)], event, at=TONIGHT, planned=True)
        return Delivery.objects.get(event_key=key)

    def labels(self, reply: Reply) -> list[str]:
        return [str(button["label"]) for row in reply.rows for button in row]

    def status(self) -> str | None:
        found = queries.answer_of(self.bor.pk, TODAY)
        return found.status if found else None


class QuestionTests(PressedCase):
    """The daily question's buttons."""

    def setUp(self) -> None:
        super().setUp()
        prompts.ask_daily(make.at("16:00"))

    def press_daily(self, verb: str, **facts: Any) -> Reply:
        return self.press(verb, "daily_prompt", **facts)

    def test_a_status_is_the_answer_and_the_four_stay(self) -> None:
        reply = self.press_daily("notplaying")

        self.assertEqual(self.status(), Status.NOT_PLAYING)
        self.assertIn("**Your answer for Friday 20 November: Not playing.**", reply.text)
        four = ["Looking", "Available", "Maybe", "Not playing", "Stop asking me daily"]
        self.assertEqual(self.labels(reply), four)
        disabled = [b["label"] for row in reply.rows for b in row if b.get("disabled")]
        self.assertEqual(disabled, ["Not playing"])

    def test_the_same_again_changes_nothing_and_says_so(self) -> None:
        self.press_daily("maybe")

        reply = self.press_daily("maybe")

        self.assertTrue(reply.refused)
        self.assertEqual(reply.text, "**Already so: Maybe.** Nothing changed.")

    def test_it_can_be_switched_off_and_on_again_right_there(self) -> None:
        off = self.press_daily("nodaily")
        self.bor.preferences.refresh_from_db()
        self.assertFalse(self.bor.preferences.allow_daily_prompt)
        self.assertIn("**The daily question is off.**", off.text)
        self.assertEqual(self.labels(off), ["Ask me again"])

        on = self.press_daily("daily")

        self.bor.preferences.refresh_from_db()
        self.assertTrue(self.bor.preferences.allow_daily_prompt)
        self.assertIn("**The daily question is on, at 16:00 CET.**", on.text)

    def test_switching_it_off_works_the_next_day_and_without_a_player(self) -> None:
        """W23: whoever was asked by default could not opt out by command."""
        self.bor.link.delete()

        reply = self.press_daily("nodaily", at=TONIGHT + timedelta(days=1))

        self.assertFalse(reply.refused)
        self.bor.preferences.refresh_from_db()
        self.assertFalse(self.bor.preferences.allow_daily_prompt)

    def test_yesterdays_question_answers_nothing_today(self) -> None:
        reply = self.press_daily("looking", at=TONIGHT + timedelta(days=1))

        self.assertTrue(reply.refused)
        self.assertIsNone(self.status())

    def test_somebody_else_cannot_press_it(self) -> None:
        reply = self.press_daily("nodaily", who=self.ana)

        self.assertTrue(reply.refused)
        self.bor.preferences.refresh_from_db()
        self.assertTrue(self.bor.preferences.allow_daily_prompt)


class CallTests(PressedCase):
    """What now holds, in the words of the message book."""

    def setUp(self) -> None:
        super().setUp()
        self.remind()
        self.answer(self.bor)

    def test_reminders_that_are_on_again_say_when(self) -> None:
        self.press("stop")

        reply = self.press("resume")

        self.assertIn("**Reminders are on again tonight.** Next: 20:45 CET.", reply.text)

    def test_with_nothing_ahead_no_time_is_named(self) -> None:
        Delivery.objects.update(state=State.SENT)

        self.assertTrue(self.press("resume").text.endswith("**Reminders are on again tonight.**"))

    def test_no_more_tonight_offers_to_stop_for_good(self) -> None:
        reply = self.press("stop")

        self.assertEqual(self.labels(reply), ["Remind me again", "Stop for good"])

    def test_stopping_for_good_stops_everything_and_can_be_a_mistake(self) -> None:
        reply = self.press("forever")

        self.bor.preferences.refresh_from_db()
        wishes = self.bor.preferences
        self.assertFalse(
            wishes.allow_promotions or wishes.allow_daily_prompt or wishes.allow_session_ready
        )
        self.assertIn("**No more messages anywhere, from now on.**", reply.text)
        self.assertEqual(self.labels(reply), ["That was a mistake", "You"])

    def test_after_no_more_tonight_nothing_else_is_said_that_evening(self) -> None:
        self.press("stop")
        self.remind("20:00", "N", "nudge")
        outbox.release("N", [outbox.recipient_of(self.bor.discord.discord_id)])

        self.drain(make.at("20:00:01"))

        row = Delivery.objects.get(event_key="N")
        self.assertEqual((row.state, row.reason), (State.SUPPRESSED, "asked for no more tonight"))


class PostTests(PressedCase):
    """The living post: the same words, to the presser alone and without buttons."""

    def on_post(self, verb: str) -> Reply:
        PressedCase.pressed += 1
        presser = Presser(self.bor.discord.discord_id, "bor", "Bor", "")
        press = Press(PressedCase.pressed, presser, TONIGHT)
        return presses.on_post(press, day="20261120", verb=verb)

    def test_clearing_says_that_the_week_leaves_it_empty(self) -> None:
        actions.set_pattern(person=self.bor, week={4: "MAYBE"}, at=TONIGHT)

        reply = self.on_post("clear")

        said = "**Your answer for tonight is cleared.** Your usual week does not fill it again."
        self.assertEqual((reply.text, reply.rows), (said, []))
        self.assertIsNone(queries.answer_of(self.bor.pk, TODAY))

    def test_clearing_nothing_says_that_there_was_nothing(self) -> None:
        self.assertEqual(self.on_post("clear").text, "**There was no answer for tonight.**")

    def test_looking_after_ten_minutes_late_is_in_time_again(self) -> None:
        actions.answer(person=self.bor, day=TODAY, status="LOOKING", at=TONIGHT, late=True)

        reply = self.on_post("looking")

        self.assertFalse(reply.refused)
        found = queries.answer_of(self.bor.pk, TODAY)
        self.assertIsNone(found.late_until if found else "no answer")

    def test_the_daily_verbs_are_no_buttons_of_the_post(self) -> None:
        self.assertTrue(self.on_post("notplaying").refused)
