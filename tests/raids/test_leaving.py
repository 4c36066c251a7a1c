"""Somebody wants to be forgotten; the raids and their numbers stay."""

from typing import Any

from botworker.models import Delivery
from planning.raids import actions, queries
from planning.raids.models import Attendance, Raid, Vote
from planning.raids.policy import Actor
from slomix import person
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase


class LeavingTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.done = self.plan(by=self.bor)
        self.raid = self.plan(by=self.bor)
        for raid in (self.done, self.raid):
            for who in (self.bor, self.cene):
                self.vote(raid, who, ["Fri 27.11."], ["20:00"])
        actions.finish(raid_id=self.done.pk, actor=Actor(self.bor), at=TONIGHT)
        actions.object_to(raid_id=self.done.pk, person=self.bor, says="absent", at=TONIGHT)
        actions.set_listed(guild=self.guild, person=self.bor, listed=False)

    def erase(self) -> None:
        person.erase(person=self.bor, at=TONIGHT, signed_in_at=TONIGHT)

    def test_everything_is_handed_out_in_its_own_words(self) -> None:
        tables: dict[str, Any] = person.export(person=self.bor, at=TONIGHT)["tables"]

        self.assertEqual(len(tables["raids.Raid"]), 2)
        self.assertEqual(
            [row["option__label"] for row in tables["raids.Vote"]], ["Fri 27.11.", "20:00"] * 2
        )
        self.assertEqual([row["status"] for row in tables["raids.Attendance"]], ["present"])
        self.assertEqual([row["says"] for row in tables["raids.Objection"]], ["absent"])
        self.assertEqual(tables["raids.Unlisted"], [{"guild__name": "Kavarna"}])

    def test_what_was_stays_with_its_numbers(self) -> None:
        self.erase()

        raid = Raid.objects.get(pk=self.done.pk)
        self.assertEqual((raid.status, raid.creator), ("finished", None))
        self.assertEqual(queries.past_raids(self.guild)[0].present, 2)
        rows = {row.person for row in Attendance.objects.filter(raid=raid)}
        self.assertEqual(rows, {None, self.cene})
        self.assertEqual(Vote.objects.filter(option__raid=raid).count(), 4)

    def test_what_is_planned_goes_on_without_them(self) -> None:
        before = Raid.objects.get(pk=self.raid.pk).version

        self.erase()

        self.assertEqual(self.slots(self.raid), {})
        self.assertEqual(Vote.objects.filter(option__raid=self.raid).count(), 2)
        raid = Raid.objects.get(pk=self.raid.pk)
        self.assertTrue(raid.is_open and raid.version > before)
        waiting = Delivery.objects.filter(state="scheduled", kind="raid_reminder")
        self.assertFalse(waiting.exists())

    def test_an_admin_looks_after_a_raid_without_a_maker(self) -> None:
        self.erase()

        with self.assertRaisesMessage(actions.NotYours, "Only an admin of this server"):
            actions.finish(raid_id=self.raid.pk, actor=Actor(self.cene), at=TONIGHT)
        actions.finish(raid_id=self.raid.pk, actor=self.admin, at=TONIGHT)

    def test_nobody_finds_them_any_more(self) -> None:
        self.erase()

        self.assertEqual(queries.participation(self.guild, self.bor), 0)
        self.assertEqual(queries.open_objections(self.done), [])
        self.assertEqual([place.person for place in queries.leaderboard(self.guild)], [self.cene])
        names = [row.person and row.person.name for row in queries.attendance_of(self.done)]
        self.assertEqual(names, ["Cene", None])
