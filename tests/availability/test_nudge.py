from datetime import datetime, timedelta

from django.test import override_settings

from accounts.models import AuditEntry, Preferences, User
from availability.actions import nudging
from availability.actions.nudging import NudgeRefused
from botworker import outbox
from botworker.models import Delivery, State
from tests import make
from tests.availability.prompting import PromptCase, rows
from tests.cast import TONIGHT

TODAY = TONIGHT.date()


class NudgeTests(PromptCase):
    """ana asks whoever could still come; bor, who asked for reminders, said maybe."""

    def setUp(self) -> None:
        super().setUp()
        self.answer(self.bor, "MAYBE")

    def nudge(self, at: datetime = TONIGHT, by: User | None = None) -> int:
        return nudging.nudge(promoter=by or self.ana, at=at)

    def why_not(self) -> dict[str, int]:
        return dict(nudging.see(promoter=self.ana, at=TONIGHT).reasons)

    def hold(self, kind: str, due_at: str, state: str) -> None:
        event = outbox.Event("T", kind, make.at(due_at), make.at("20:57"), evening=TODAY)
        who = outbox.recipient_of(self.bor.discord.discord_id)
        outbox.enqueue([outbox.Message(who, "?", self.bor.pk)], event, at=TONIGHT, planned=True)
        Delivery.objects.filter(event_key="T").update(state=state)

    def test_it_asks_in_the_words_of_the_message_book(self) -> None:
        for _each in range(4):
            self.answer(make.person())

        self.assertEqual(self.nudge(), 1)

        row = rows("nudge").get()
        self.assertEqual((row.person, row.event_key), (self.bor, "NUDGE:2026-11-20"))
        said = "⏳ **Tonight, 21:00 CET: 2 are needed.** You said Maybe. Could you come?"
        self.assertEqual(row.body, said)
        labels = [button["label"] for button in row.extras["rows"][0]]
        self.assertEqual(labels, ["I’m in", "Leave it", "Can’t make it"])

    def test_whoever_did_not_answer_is_asked_without_an_answer(self) -> None:
        make.person("Dana", opted_in=True)

        self.nudge()

        body = rows("nudge").get(person__discord__display_name="Dana").body
        self.assertTrue(body.endswith("are needed.** Could you come?"), body)

    def test_whoever_looks_or_said_no_or_never_asked_for_reminders_is_left_alone(self) -> None:
        self.answer(make.person(opted_in=True), "LOOKING")
        self.answer(make.person(opted_in=True), "NOT_PLAYING")
        self.answer(make.person(opted_in=False), "MAYBE")

        self.assertEqual(self.nudge(), 1)

    def test_once_an_evening_whoever_asks(self) -> None:
        self.nudge()
        dana = make.person(promoter=True)

        with self.assertRaisesMessage(NudgeRefused, "at 19:30. Once per evening"):
            self.nudge(TONIGHT + timedelta(minutes=5), by=dana)

        self.assertEqual(rows("nudge").count(), 1)

    def test_nobody_is_asked_more_than_twice_a_week(self) -> None:
        for days in (0, 1):
            self.nudge(TONIGHT + timedelta(days=days))
        third = TONIGHT + timedelta(days=2)

        with self.assertRaisesMessage(NudgeRefused, "Nobody is left"):
            self.nudge(third)
        self.assertEqual(self.nudge(TONIGHT + timedelta(days=7, seconds=1)), 1)

    def test_nobody_is_asked_in_quiet_hours(self) -> None:
        make.quiet(self.bor, "19:00", "20:00")

        self.assertEqual(self.why_not(), {"quiet hours": 1})

    def test_a_reminder_near_by_says_it(self) -> None:
        self.hold("reminder", "19:50", State.PLANNED)

        self.assertEqual(self.why_not(), {"the reminder says it": 1})

    def test_whoever_heard_from_us_today_has_heard_enough(self) -> None:
        self.hold("daily_prompt", "16:00", State.SENT)

        self.assertEqual(self.why_not(), {"enough for one evening": 1})

    def test_an_opt_out_between_asking_and_sending_counts(self) -> None:
        self.nudge()
        Preferences.objects.filter(user=self.bor).update(allow_promotions=False)

        self.drain(TONIGHT + timedelta(seconds=1))

        self.assertEqual(rows("nudge").get().reason, "reminders are off")

    def test_an_answer_takes_the_question_back(self) -> None:
        self.nudge()
        self.answer(self.bor, "LOOKING", TONIGHT + timedelta(seconds=1))

        self.drain(TONIGHT + timedelta(seconds=2))

        self.assertEqual(rows("nudge").get().state, State.CANCELLED)

    def test_when_enough_are_looking_nobody_is_asked(self) -> None:
        for _each in range(6):
            self.answer(make.person())

        with self.assertRaisesMessage(NudgeRefused, "we play"):
            self.nudge()

    def test_when_it_has_begun_nobody_is_asked(self) -> None:
        with self.assertRaisesMessage(NudgeRefused, "has begun"):
            self.nudge(make.at("21:00"))

    def test_only_a_promoter_asks(self) -> None:
        with self.assertRaisesMessage(NudgeRefused, "Only promoters"):
            self.nudge(by=self.bor)

    @override_settings(PROMPTS_ENABLED=False)
    def test_it_can_be_switched_off(self) -> None:
        with self.assertRaisesMessage(NudgeRefused, "switched off"):
            self.nudge()

    def test_the_audit_log_knows_who_asked_how_many(self) -> None:
        self.nudge()

        entry = AuditEntry.objects.get(action="nudged")
        self.assertEqual(
            (entry.actor, entry.detail), (self.ana, {"day": "2026-11-20", "people": 1})
        )

    def test_it_costs_the_same_for_one_and_for_forty(self) -> None:
        for number in (1, 39):
            for _each in range(number):
                make.person(opted_in=True)
            with self.assertNumQueries(7):
                nudging.see(promoter=self.ana, at=TONIGHT)


class NudgePageTests(PromptCase):
    """Numbers first, then one button; it works without a script."""

    def setUp(self) -> None:
        super().setUp()
        self.answer(self.bor, "AVAILABLE")
        self.sign_in(self.ana)

    def test_it_says_how_many_would_be_asked_and_what_they_read(self) -> None:
        page = self.client.get("/nudge/").content.decode()

        self.assertIn("1 person would be asked", page)
        self.assertIn("Could you come?", page)
        self.assertNotIn("Bazooka Bor", page)
        self.assertFalse(rows("nudge").exists())

    def test_one_press_asks_and_says_how_many(self) -> None:
        answer = self.client.post("/nudge/", follow=True)

        self.assertContains(answer, "Asked 1 person who could come. Once per evening")
        self.assertEqual(rows("nudge").count(), 1)

    def test_a_second_press_is_refused_in_words(self) -> None:
        self.client.post("/nudge/")

        answer = self.client.post("/nudge/")

        self.assertContains(answer, "Once per evening is enough", status_code=400)

    def test_whoever_is_left_out_is_counted_with_the_reason(self) -> None:
        make.quiet(make.person(opted_in=True), "19:00", "20:00")

        self.assertContains(self.client.get("/nudge/"), "1 in quiet hours")

    def test_where_nobody_is_left_it_says_why_and_has_no_button(self) -> None:
        make.quiet(self.bor, "19:00", "20:00")

        page = self.client.get("/nudge/")

        self.assertContains(page, "Nobody is left who could be asked.")
        self.assertContains(page, "1 in quiet hours")
        self.assertNotContains(page, '<button class="button first"')
