"""Chats at one instant: a link for one answer, a press told many times, two channels at once."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.test import override_settings

from availability import actions
from availability.models import Change, Entry, Status
from botworker import hearing
from botworker.hearing import Answer
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.channels.keys import CHAT, HAVE_BOTH, PHONE
from tests.concurrency.together import together

DAY = TONIGHT.date()


@pytest.mark.postgresql
class LinkRaceTests(SlomixLiveTestCase):
    def test_twenty_presses_at_once_are_one_answer(self) -> None:
        statuses = list(Status.values) * 5

        def press(number: int) -> Entry:
            return actions.answer_once(
                person=self.bor,
                day=DAY,
                status=statuses[number],
                key="one link",
                at=TONIGHT + timedelta(minutes=1),
                door="signal",
            )

        found = Counter(type(one).__name__ for one in together(20, press))

        self.assertEqual(found, {"Entry": 1, "LinkUsed": 19})
        self.assertEqual(Entry.objects.filter(person=self.bor).count(), 1)
        self.assertEqual(Change.objects.filter(person=self.bor).count(), 1)


@pytest.mark.postgresql
@override_settings(**HAVE_BOTH)
class ChatRaceTests(SlomixLiveTestCase):
    def setUp(self) -> None:
        super().setUp()
        make.handle(self.bor, "telegram", CHAT)
        make.handle(self.bor, "signal", PHONE)

    def press(self, _number: int) -> Answer | None:
        chat = {"id": int(CHAT), "type": "private"}
        query = {
            "id": "1",
            "from": {"id": int(CHAT)},
            "message": {"message_id": 5, "chat": chat},
            "data": "day:20261120:looking",
        }
        return hearing.telegram({"update_id": 7, "callback_query": query}, at=TONIGHT)

    def test_a_press_that_is_told_ten_times_at_once_counts_once(self) -> None:
        found = Counter(type(one).__name__ for one in together(10, self.press))

        self.assertEqual(found, {"Answer": 1, "NoneType": 9})
        self.assertEqual(Change.objects.filter(person=self.bor).count(), 1)

    def test_both_channels_at_once_take_turns(self) -> None:
        def say(number: int) -> Answer | None:
            if number % 2:
                envelope = {"sourceNumber": PHONE, "timestamp": number}
                words = {"message": "tonight no" if number % 4 == 1 else "danes morda"}
                return hearing.signal(envelope | {"dataMessage": words}, at=TONIGHT)
            chat = {"id": int(CHAT), "type": "private"}
            said = {"message_id": number, "chat": chat, "text": "tonight looking"}
            return hearing.telegram({"update_id": 100 + number, "message": said}, at=TONIGHT)

        found = Counter(type(one).__name__ for one in together(12, say))

        self.assertEqual(found, {"Answer": 12})
        entry = Entry.objects.get(person=self.bor)
        changes = list(Change.objects.filter(person=self.bor).order_by("pk"))
        self.assertEqual((entry.status, entry.door), (changes[-1].after, changes[-1].after_door))
        for before, after in itertools.pairwise(changes):
            self.assertEqual((before.after, before.after_door), (after.before, after.before_door))
