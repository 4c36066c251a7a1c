"""Several bots that see a new room at the same instant."""

from collections import Counter

import pytest
from django.test import override_settings

from botworker import tracked
from botworker import tracked_rows as rows
from botworker.models import Delivery, Tracked
from planning.rooms.chat import keeping, keys, threads
from planning.rooms.models import InThread
from tests.concurrency.together import together
from tests.rooms.evening import TODAY, RoomLiveTestCase, after

BOTS = 20


@pytest.mark.postgresql
@override_settings(PLANNING_THREAD_ENABLED=True, PLANNING_THREAD_PARENT_ID=77)
class ThreadRaceTests(RoomLiveTestCase):
    def test_twenty_bots_at_once_promise_one_thread_and_one_begins_it(self) -> None:
        """W31: whoever came second began a second thread."""
        together(BOTS, lambda _n: keeping.promise(after(1)))

        found = together(BOTS, lambda n: rows.claim(at=after(2), owner=str(n), most=9))

        self.assertEqual(Tracked.objects.get().key, keys.thread(TODAY))
        taken = [one for one in found if one]
        self.assertEqual((len(found), len(taken)), (BOTS, 1), found)

    def test_they_promise_one_post_in_it(self) -> None:
        keeping.promise(after(1))
        Tracked.objects.update(message_id=78)

        found = together(BOTS, lambda _n: keeping.promise(after(2)))

        self.assertEqual(Counter(map(type, found)), {type(None): BOTS})
        stands = tracked.stands(keys.post(TODAY))
        self.assertFalse(stands is None or stands.closed)
        self.assertEqual(Delivery.objects.get().event_key, keys.post(TODAY))

    def test_whoever_is_let_in_by_two_bots_is_in_once(self) -> None:
        keeping.promise(after(1))
        ids = [who.discord.discord_id for who in self.six]

        together(BOTS, lambda _n: threads.moved(keys.thread(TODAY), ids, [], after(2)))

        self.assertEqual(InThread.objects.count(), len(ids))
