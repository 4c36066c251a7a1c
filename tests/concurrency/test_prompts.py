"""Prompts promised by several at once, and answers at the instant in which an evening turns."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry, Preferences
from availability import actions, prompts, readiness
from availability.actions import nudging
from availability.actions.nudging import NudgeRefused
from availability.quorum import Memory
from botworker.models import Delivery
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

TODAY = TONIGHT.date()
SOON = TONIGHT + timedelta(seconds=20)


@pytest.mark.postgresql
class PromptRaceTests(SlomixLiveTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.players = [make.person(allow_session_ready=True) for _each in range(6)]

    def look(self, number: int) -> object:
        who = self.players[number]
        return actions.answer(person=who, day=TODAY, status="LOOKING", at=TONIGHT)

    def told(self, kind: str) -> list[int]:
        return sorted(Delivery.objects.filter(kind=kind).values_list("person", flat=True))

    def test_six_who_say_looking_at_once_hear_once_each_that_we_play(self) -> None:
        together(6, self.look)

        self.assertEqual(readiness.of(TODAY), Memory(TONIGHT, TONIGHT))
        found = together(6, lambda _number: prompts.run(SOON))
        self.assertEqual(sorted(map(str, found)), ["0", "0", "0", "0", "0", "6"])
        self.assertEqual(self.told("session_ready"), sorted(who.pk for who in self.players))

    def test_answers_and_promises_at_once_still_tell_everybody_once(self) -> None:
        for number in range(5):
            self.look(number)

        def act(number: int) -> object:
            return self.look(5) if number == 0 else prompts.run(SOON)

        together(6, act)
        prompts.run(SOON + timedelta(seconds=20))

        self.assertEqual(self.told("session_ready"), sorted(who.pk for who in self.players))

    def test_one_leaves_as_another_comes_and_the_evening_knows_how_many_are_left(self) -> None:
        for number in range(5):
            self.look(number)

        def act(number: int) -> object:
            if number == 0:
                return self.look(5)
            return actions.clear(person=self.players[0], day=TODAY, at=TONIGHT)

        together(2, act)

        self.assertIsNone(readiness.of(TODAY).on_since)

    def test_six_workers_ask_the_daily_question_once(self) -> None:
        Preferences.objects.filter(user=self.bor).update(allow_daily_prompt=True)

        found = together(6, lambda _number: prompts.ask_daily(make.at("16:00")))

        self.assertEqual(sorted(map(str, found)), ["0", "0", "0", "0", "0", "1"])
        self.assertEqual(self.told("daily_prompt"), [self.bor.pk])

    def test_ten_presses_on_need_one_more_ask_once(self) -> None:
        found = together(10, lambda _number: nudging.nudge(promoter=self.ana, at=TONIGHT))

        refused = [one for one in found if isinstance(one, NudgeRefused)]
        self.assertEqual((len(refused), found.count(1)), (9, 1), found)
        self.assertEqual(self.told("nudge"), [self.bor.pk])
        self.assertEqual(AuditEntry.objects.filter(action="nudged").count(), 1)
