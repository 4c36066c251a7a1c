from datetime import datetime, timedelta

from django.test import override_settings

from accounts.models import Preferences
from availability import actions, prompts
from availability.models import Evening
from botworker import outbox
from botworker.models import Delivery, State
from tests import make
from tests.availability.prompting import PromptCase, rows
from tests.cast import TONIGHT

TODAY = TONIGHT.date()


class SessionReadyTests(PromptCase):
    """Six are looking; bor said maybe and wants to hear when we play."""

    def setUp(self) -> None:
        super().setUp()
        Preferences.objects.filter(user=self.bor).update(allow_session_ready=True)
        self.players = self.crowd(6)
        self.answer(self.bor, "MAYBE")

    def all_look(self, at: datetime = TONIGHT) -> None:
        for who in self.players:
            self.answer(who, at=at)

    def later(self, **by: float) -> datetime:
        return TONIGHT + timedelta(**by)

    def test_six_looking_and_whoever_asked_is_told_once(self) -> None:
        self.all_look()

        self.assertEqual(prompts.run(self.later(seconds=20)), 1)
        self.assertEqual(prompts.run(self.later(seconds=25)), 0)

        row = rows("session_ready").get()
        self.assertEqual(
            (row.person, row.event_key), (self.bor, "SESSION_READY:2026-11-20:threshold=6")
        )
        said = "🎯 **We play tonight at 21:00 CET.** 6 are looking. You said Maybe."
        self.assertEqual(row.body, said)

    def test_five_tell_nobody(self) -> None:
        for who in self.players[:5]:
            self.answer(who)

        self.assertEqual(prompts.run(self.later(seconds=20)), 0)

    def test_a_wrong_tap_that_is_taken_back_tells_nobody(self) -> None:
        self.all_look()
        actions.undo(person=self.players[0], at=self.later(seconds=5))

        self.assertEqual(prompts.run(self.later(seconds=20)), 0)

    def test_leaving_and_rejoining_does_not_tell_again(self) -> None:
        self.all_look()
        prompts.run(self.later(seconds=20))
        self.drain(self.later(seconds=21))
        for minute in (1, 2, 3):
            self.answer(self.players[0], "MAYBE", self.later(minutes=minute))
            self.answer(self.players[0], "LOOKING", self.later(minutes=minute, seconds=30))

            self.assertEqual(prompts.run(self.later(minutes=minute, seconds=50)), 0)

    def test_another_threshold_does_not_tell_again(self) -> None:
        self.all_look()
        prompts.run(self.later(seconds=20))

        with override_settings(READY_THRESHOLD=5):
            self.assertEqual(prompts.run(self.later(minutes=1)), 0)

    def test_whoever_does_not_play_is_not_told(self) -> None:
        self.answer(self.bor, "NOT_PLAYING")
        self.all_look()

        prompts.run(self.later(seconds=20))

        self.assertFalse(rows("session_ready").exists())

    def test_an_evening_that_filled_at_night_is_told_in_the_morning(self) -> None:
        self.all_look(make.at("02:00"))

        self.assertEqual(prompts.run(make.at("09:59:59")), 0)
        self.assertEqual(prompts.run(make.at("10:00")), 1)

    def test_nobody_is_told_when_it_has_begun(self) -> None:
        self.all_look(make.at("21:05"))

        self.assertEqual(prompts.run(make.at("21:06")), 0)

    def test_a_reminder_within_half_an_hour_says_it(self) -> None:
        self.all_look()
        prompts.run(self.later(seconds=20))
        event = outbox.Event("T", "reminder", make.at("19:45"), make.at("20:57"), evening=TODAY)
        who = outbox.recipient_of(self.bor.discord.discord_id)
        message = outbox.Message(who, "Coming?", self.bor.pk)
        outbox.enqueue([message], event, at=TONIGHT, planned=True)

        self.drain(self.later(seconds=21))

        self.assertEqual(rows("session_ready").get().reason, "the reminder says it")

    @override_settings(ANNOUNCE_ENABLED=True, ANNOUNCE_CHANNEL_ID=77)
    def test_the_channel_hears_it_where_that_is_wanted(self) -> None:
        self.all_look()

        prompts.run(self.later(seconds=20))

        row = Delivery.objects.get(recipient="channel:77")
        self.assertEqual(row.body, "🎯 **We play at 21:00 CET.** 6 are looking.")

    def test_a_threshold_that_was_lowered_is_noticed_without_an_answer(self) -> None:
        for who in self.players[:5]:
            self.answer(who)

        with override_settings(READY_THRESHOLD=5):
            prompts.run(self.later(seconds=5))
            self.assertEqual(prompts.run(self.later(seconds=25)), 1)


class FellApartTests(PromptCase):
    """We were six and bor was told; then one leaves."""

    def setUp(self) -> None:
        super().setUp()
        Preferences.objects.filter(user=self.bor).update(allow_session_ready=True)
        self.players = self.crowd(6)
        self.answer(self.bor, "MAYBE")
        for who in self.players:
            self.answer(who)
        prompts.run(self.later(20))

    def later(self, seconds: float) -> datetime:
        return TONIGHT + timedelta(seconds=seconds)

    def told(self) -> None:
        self.drain(self.later(21))
        self.assertEqual(rows("session_ready").get().state, State.SENT)

    def leave(self) -> None:
        self.answer(self.players[0], "NOT_PLAYING", self.later(60))

    def test_those_who_were_told_are_told_once(self) -> None:
        self.told()
        self.leave()

        self.assertEqual(prompts.run(self.later(60 + 599)), 0)
        self.assertEqual(prompts.run(self.later(60 + 600)), 1)
        self.assertEqual(prompts.run(self.later(60 + 605)), 0)

        row = rows("fell_apart").get()
        self.assertEqual((row.person, row.event_key), (self.bor, "FELL_APART:2026-11-20"))
        said = "**We are 5 again. 1 more and we play.** The evening is not off."
        self.assertEqual(row.body, said)
        self.drain(self.later(670))
        self.assertEqual(rows("fell_apart").get().state, State.SENT)

    def test_a_short_dip_is_no_news(self) -> None:
        self.told()
        self.leave()
        self.answer(self.players[0], "LOOKING", self.later(300))

        self.assertEqual(prompts.run(self.later(700)), 0)

    def test_on_and_short_again_is_told_no_second_time(self) -> None:
        self.told()
        self.leave()
        prompts.run(self.later(660))
        self.answer(self.players[0], "LOOKING", self.later(700))
        self.answer(self.players[0], "MAYBE", self.later(800))

        self.assertEqual(prompts.run(self.later(2000)), 0)

    def test_after_the_start_nobody_is_told(self) -> None:
        self.told()
        self.answer(self.players[0], "NOT_PLAYING", make.at("20:55"))

        self.assertEqual(prompts.run(make.at("21:06")), 0)

    def test_whoever_had_not_heard_yet_hears_neither(self) -> None:
        self.leave()

        self.assertEqual(prompts.run(self.later(660)), 0)

        row = rows("session_ready").get()
        self.assertEqual((row.state, row.reason), (State.CANCELLED, "fell apart"))

    def test_whoever_left_themselves_is_not_told(self) -> None:
        self.told()
        self.answer(self.bor, "NOT_PLAYING", self.later(50))
        self.leave()

        self.assertEqual(prompts.run(self.later(660)), 0)

    def test_a_call_that_is_ahead_says_it_with_its_own_numbers(self) -> None:
        self.told()
        self.leave()
        event = outbox.Event("T", "reminder", make.at("20:45"), make.at("20:57"), evening=TODAY)
        who = outbox.recipient_of(self.bor.discord.discord_id)
        message = outbox.Message(who, "Coming?", self.bor.pk)
        outbox.enqueue([message], event, at=TONIGHT, planned=True)
        prompts.run(self.later(660))

        self.drain(self.later(670))

        self.assertEqual(rows("fell_apart").get().reason, "the reminder says it")

    def test_the_evening_remembers_when_it_was_said(self) -> None:
        self.told()
        self.leave()
        prompts.run(self.later(660))

        found = Evening.objects.get(day=TODAY)
        self.assertEqual(found.told_on_at, self.later(20))
        self.assertEqual(found.told_short_at, self.later(660))
