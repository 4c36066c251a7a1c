"""After the evening: who came, and the same again next week."""

from datetime import datetime, timedelta

from accounts.models import User
from availability import queries
from availability.actions import AnswerRefused
from availability.models import Door, Entry, Status
from botworker import presence
from botworker.presence import Seen
from planning.rooms import tasks
from planning.rooms.actions import NoRoom
from planning.rooms.actions import after as afterwards
from planning.rooms.models import Came, Room
from slomix.celery import app
from tests import make
from tests.cast import TONIGHT
from tests.rooms.evening import TODAY, RoomTestCase

NEXT_WEEK = TODAY + timedelta(days=7)


class CameTests(RoomTestCase):
    def look(self, wall: str, *there: User, news: str = "") -> int:
        """Look at voice at a wall time; the gateway's own news may be older."""
        seen = [Seen(one.discord.discord_id, 1) for one in there]
        presence.note_voice(seen, at=make.at(news or wall))
        return afterwards.record_presence(make.at(wall))

    def came(self) -> list[tuple[User | None, datetime, datetime]]:
        return [(one.person, one.first_at, one.last_at) for one in afterwards.came(self.room)]

    def test_whoever_is_in_voice_after_the_start_came(self) -> None:
        self.look("21:00", self.ana)
        self.look("21:10", self.ana, self.bor)
        self.look("22:40", self.bor)

        self.assertEqual(
            self.came(),
            [
                (self.ana, make.at("21:00"), make.at("21:10")),
                (self.bor, make.at("21:10"), make.at("22:40")),
            ],
        )

    def test_before_the_start_nobody_came_yet(self) -> None:
        self.assertEqual(self.look("20:59:59", self.ana), 0)

        self.assertEqual(self.came(), [])

    def test_old_evidence_is_none(self) -> None:
        self.look("21:05", self.ana, news="21:03:59")

        self.assertEqual(self.came(), [])

    def test_only_people_of_the_room_are_written_down(self) -> None:
        stranger = make.person("Mimoidoči")
        self.say(self.gaja, Status.NOT_PLAYING)

        self.look("21:05", stranger, self.gaja, self.dana)

        self.assertEqual([who for who, *_times in self.came()], [self.dana])

    def test_without_a_room_nothing_is_written_down(self) -> None:
        Room.objects.all().delete()

        self.look("21:05", self.ana)

        self.assertFalse(Came.objects.exists())

    def test_after_midnight_it_is_another_evening(self) -> None:
        midnight = queries.times(TODAY).ends_at
        presence.note_voice([Seen(self.ana.discord.discord_id, 1)], at=midnight)

        afterwards.record_presence(midnight)

        self.assertEqual(self.came(), [])

    def test_a_newcomer_is_noticed_and_whoever_stays_is_no_news(self) -> None:
        self.look("21:05", self.ana)
        version = Room.objects.get().version

        self.look("21:06", self.ana)

        self.assertEqual(Room.objects.get().version, version)

    def test_reading_takes_one_query(self) -> None:
        self.look("21:05", *self.six)

        with self.assertNumQueries(1):
            names = [one.person.name for one in afterwards.came(self.room) if one.person]

        self.assertEqual(len(names), 6)


class SameAgainTests(RoomTestCase):
    def again(self, days: int = 1) -> Entry:
        at = TONIGHT + timedelta(days=days)
        return afterwards.same_again(person=self.bor, day=TODAY, at=at, door=Door.WEB)

    def test_one_press_says_looking_for_next_week(self) -> None:
        entry = self.again()

        self.assertEqual((entry.day, entry.status), (NEXT_WEEK, Status.LOOKING))

    def test_a_week_and_more_later_it_is_over(self) -> None:
        with self.assertRaises(AnswerRefused):
            self.again(days=8)

        self.assertIsNone(queries.answer_of(self.bor.pk, NEXT_WEEK))

    def test_without_a_room_there_is_nothing_to_repeat(self) -> None:
        Room.objects.all().delete()

        with self.assertRaises(NoRoom):
            self.again()


class BeatTests(RoomTestCase):
    def test_beat_runs_what_is_there(self) -> None:
        app.loader.import_default_modules()
        named = {entry["task"] for entry in app.conf.beat_schedule.values()}
        mine = {task.name for task in (tasks.run_drafts, tasks.fill_places, tasks.note_who_came)}

        self.assertLessEqual(mine, named)
        self.assertLessEqual(mine, set(app.tasks))

    def test_the_tasks_read_the_clock(self) -> None:
        self.save_teams()
        self.say(self.jan, Status.NOT_PLAYING)

        with self.assertLogs("planning.rooms.tasks") as logs:
            tasks.fill_places()
        tasks.run_drafts()
        tasks.note_who_came()

        self.assertIn("changed: 1", logs.output[0])
