"""What is shown costs as many questions to the database for many as for one."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from botworker.models import Tracked
from planning.raids import keys
from planning.raids.posts import planner, raidlist, slot
from planning.raids.posts.keeping import Keeping
from tests import make
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase

FRIDAY, EIGHT = "Fri 27.11.", "20:00"


class QuestionTests(RaidTestCase):
    def asked(self, kind: str) -> int:
        """Count the questions of one drawing, or of one look at nothing new."""
        raid = self.raid
        names: dict[str, Callable[[], object]] = {
            "planner": lambda: planner.draw(keys.planner(raid.pk), TONIGHT),
            "slot": lambda: slot.draw(self.slot_key(), TONIGHT),
            "list": lambda: raidlist.draw(keys.raidlist(self.guild.pk), TONIGHT),
            "look": lambda: self.keeping.look(TONIGHT),
        }
        with CaptureQueriesContext(
            connection,
        ) as asked:
            names[kind]()
        return len(asked)

    def slot_key(self) -> str:
        day, time = self.option(self.raid, FRIDAY), self.option(self.raid, EIGHT)
        return keys.slot(self.raid.pk, day.pk, time.pk)

    def setUp(self) -> None:
        super().setUp()
        self.keeping = Keeping()
        self.raid = self.plan()
        for who in (self.ana, self.bor):
            self.vote(self.raid, who, [FRIDAY], [EIGHT])

    def test_it_costs_the_same_for_two_people_and_for_forty_and_for_many_raids(self) -> None:
        for _each in range(2):
            self.keeping.look(TONIGHT)
        kinds = ("planner", "slot", "list", "look")
        before = {kind: self.asked(kind) for kind in kinds}
        for _each in range(38):
            self.vote(self.raid, make.person(), [FRIDAY], [EIGHT])
        for _each in range(15):
            self.plan()
        self.keeping = Keeping()
        for _each in range(3):
            self.keeping.look(TONIGHT)

        self.assertEqual({kind: self.asked(kind) for kind in kinds}, before)
        self.assertLessEqual(max(before.values()), 10)

    def test_what_is_kept_already_is_not_asked_about_with_each_vote(self) -> None:
        for _each in range(2):
            self.keeping.look(TONIGHT)
        self.vote(self.raid, make.person(), [FRIDAY], [EIGHT])
        self.keeping.look(TONIGHT)

        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(self.keeping.look(TONIGHT + timedelta(seconds=2)), 1)

        rows = [one["sql"] for one in asked if Tracked._meta.db_table in one["sql"]]
        self.assertEqual(len(rows), 1)
