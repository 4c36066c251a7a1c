"""When the thread is called to a free place, and when those in line are asked first."""

from availability.models import Status
from botworker.models import Tracked
from planning.rooms import places
from planning.rooms.actions import standby
from planning.rooms.chat import calls
from planning.rooms.models import Room
from tests.rooms.dropping import StandbyStage
from tests.rooms.evening import after


class CallTests(StandbyStage):
    """Jan drops out; Dana, who said Maybe, is the only one in line."""

    def called(self, seconds: float) -> list[str]:
        """Return the sides whose place is kept for nobody."""
        room = Room.objects.get(pk=self.room.pk)
        found = calls.kept_for_nobody(room, places.of(room), after(seconds))
        return [one.side for one in found]

    def test_nobody_is_called_while_somebody_in_line_can_be_asked(self) -> None:
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))

        self.assertEqual(self.called(60), [])

    def test_nor_while_the_place_is_offered(self) -> None:
        self.jan_leaves()

        self.assertEqual(self.called(60), [])

    def test_everybody_was_asked(self) -> None:
        self.jan_leaves()
        standby.decline(person=self.dana, offer_id=self.offer().pk, at=after(20))

        self.assertEqual(self.called(30), ["A"])

    def test_nobody_is_in_line_and_whoever_left_had_time_to_come_back(self) -> None:
        self.say(self.dana, Status.NOT_PLAYING)
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))

        self.assertEqual((self.called(14), self.called(15)), ([], ["A"]))

    def test_without_a_thread_nobody_can_be_called(self) -> None:
        self.say(self.dana, Status.NOT_PLAYING)
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))

        calls.promise(self.room, after(60))

        self.assertFalse(Tracked.objects.exists())

    def test_one_place_is_one_call_and_a_second_leaving_another(self) -> None:
        Room.objects.update(thread_id=77)
        room = Room.objects.get()
        self.say(self.dana, Status.NOT_PLAYING)
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))
        for seconds in (60, 61):
            calls.promise(room, after(seconds))
        self.say(self.jan, Status.LOOKING, at=after(70))
        self.say(self.jan, Status.NOT_PLAYING, at=after(80))

        calls.promise(room, after(100))

        self.assertEqual(Tracked.objects.count(), 2)
        texts = [calls.draw(one.key, after(100)).body for one in Tracked.objects.order_by("pk")]
        self.assertIn("no longer free", texts[0])
        self.assertIn("First to press has it.", texts[1])
