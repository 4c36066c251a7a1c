"""The import runs again and again while people vote: nothing is lost, and nothing is there twice."""

import threading
from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.db import connection

from accounts.models import User
from planning.raids import actions, queries
from planning.raids.models import Attendance, Option, Raid, Vote
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together
from tests.raids.old_bot import ANA, CENE, OnSqlite

LATER = TONIGHT + timedelta(hours=1)
VOTERS, ROUNDS = 12, 4
FRIDAY, EIGHT = "Fri 27.11.", "20:00"
NEW_THERE = """
INSERT INTO raid_votes (id, raid_id, kind, option_label, user_id) VALUES
  (20, 17, 'day', 'Fri 27.11.', CENE), (21, 17, 'time', '20:00', CENE);
"""


@pytest.mark.postgresql
class ImportRaceTests(OnSqlite, SlomixLiveTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.bring()
        self.travel(LATER)
        self.raid = self.number(3)
        self.people = [make.person(f"Player {number}") for number in range(VOTERS)]

    def vote(self, who: User) -> None:
        """Say it and take it back, and in the end say it."""
        for said in ([FRIDAY], [], [FRIDAY]):
            actions.set_votes(
                raid_id=self.raid.pk, person=who, days=said, times=[EIGHT] if said else [], at=LATER
            )

    def bring_again(self) -> int:
        """Import until it came through; returns how often it had to give way."""
        for given_way in range(20):
            try:
                self.bring()
            except CommandError as refused:
                self.assertIn("Nothing was changed; run it again", str(refused))
            else:
                return given_way
        raise AssertionError("the import never came through")

    def test_votes_that_are_cast_meanwhile_all_count_once(self) -> None:
        before = Raid.objects.count(), Option.objects.count(), Attendance.objects.count()
        mine = Vote.objects.filter(option__raid=self.raid, person=self.who(ANA)).count()
        self.there(NEW_THERE)

        def either(number: int) -> object:
            if number >= VOTERS:
                return [self.bring_again() for _each in range(ROUNDS)]
            self.vote(self.people[number])
            return None

        found = together(VOTERS + 1, either)

        self.assertFalse([one for one in found if isinstance(one, Exception)], found)
        board = queries.board(Raid.objects.select_related("guild").get(pk=self.raid.pk))
        for who in self.people:
            self.assertEqual(board.mine(who.pk, "day"), [FRIDAY], who)
            self.assertEqual(board.mine(who.pk, "time"), [EIGHT], who)
        votes = list(Vote.objects.values_list("option", "person"))
        self.assertEqual(len(votes), len(set(votes)))
        # Whoever was known before stays as they were, too.
        self.assertEqual(board_of(self.raid, self.who(ANA)), mine)
        after = Raid.objects.count(), Option.objects.count(), Attendance.objects.count()
        self.assertEqual(after, before)

    def test_two_imports_at_once_bring_everything_once(self) -> None:
        before = Raid.objects.count(), Attendance.objects.count()
        self.there(NEW_THERE)
        gate = threading.Barrier(2)

        def bring(_number: int) -> object:
            gate.wait(30)
            return self.bring_again()

        found = together(2, bring)

        self.assertEqual({type(one) for one in found}, {int}, found)
        self.assertEqual((Raid.objects.count(), Attendance.objects.count()), before)
        new = Vote.objects.filter(option__raid=self.raid, person=self.who(CENE))
        self.assertEqual(new.count(), 2)
        self.assertEqual(connection.vendor, "postgresql")


def board_of(raid: Raid, who: User) -> int:
    """Count what somebody ticked."""
    return Vote.objects.filter(option__raid=raid, person=who).count()
