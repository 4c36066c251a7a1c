from collections import Counter
from datetime import timedelta

import pytest
from django.test import override_settings

from availability import posts
from botworker import tracked_rows as rows
from botworker.models import Delivery, Tracked
from tests import kept
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together

LATER = TONIGHT + timedelta(seconds=61)


@pytest.mark.postgresql
class KeptRaceTests(SlomixLiveTestCase):
    """Several bots keep the same messages true."""

    @override_settings(POLL_ENABLED=True, POLL_CHANNEL_ID=77)
    def test_twenty_bots_at_once_promise_one_post(self) -> None:
        """W22: who looked first was found out by looking, and the post came before its row."""
        found = Counter(together(20, lambda _number: posts.promise(TONIGHT)))

        self.assertEqual(found, {True: 1, False: 19})
        self.assertEqual(Tracked.objects.count(), 1)
        self.assertEqual(Delivery.objects.get().event_key, posts.key_of(TONIGHT.date()))

    @override_settings(TRACKED_KINDS=kept.KINDS)
    def test_twelve_keepers_at_once_take_every_message_once(self) -> None:
        for channel in range(8):
            kept.board(f"A{channel}", channel, TONIGHT)

        def take(number: int) -> list[str]:
            return [row.key for row in rows.claim(at=LATER, owner=f"{number}", most=3)]

        found: list[object] = together(12, take)

        taken = [key for keys in found if isinstance(keys, list) for key in keys]
        self.assertEqual(len(taken), len(set(taken)))
        self.assertEqual({type(keys) for keys in found}, {list})
        self.assertTrue(taken)

    @override_settings(TRACKED_KINDS=kept.KINDS)
    def test_keepers_that_see_it_gone_at_once_post_it_once(self) -> None:
        row = kept.board("A", 7, TONIGHT)

        together(8, lambda _number: rows.gone(Tracked.objects.get(pk=row.pk), at=LATER))

        keys = Counter(Delivery.objects.values_list("event_key", flat=True))
        self.assertEqual(set(keys.values()), {1})
        self.assertEqual(Tracked.objects.get().event_key, max(keys))
