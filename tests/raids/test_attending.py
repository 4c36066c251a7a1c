"""Attendance is set right."""

from typing import Any

from accounts.models import AuditEntry
from planning.raids import actions, queries
from planning.raids.models import Attendance, Objection, Raid
from planning.raids.policy import Actor
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase


class AttendanceTestCase(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])
        actions.finish(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)

    def correct(self, **other: Any) -> Attendance:
        asked: dict[str, Any] = {
            "raid_id": self.raid.pk,
            "person": self.bor,
            "status": "absent",
            "actor": Actor(self.ana),
            "at": TONIGHT,
        }
        return actions.correct_attendance(**asked | other)

    def counted(self) -> int:
        return queries.participation(self.guild, self.bor)


class CorrectTests(AttendanceTestCase):
    def test_the_leader_says_who_was_not_there(self) -> None:
        row = self.correct()

        self.assertEqual((row.status, row.marked_by, self.counted()), ("absent", self.ana, 0))

    def test_also_who_was_there_without_a_vote(self) -> None:
        self.correct(person=self.ana, status="present")

        self.assertEqual(queries.participation(self.guild, self.ana), 1)

    def test_it_is_written_down_once(self) -> None:
        self.correct()
        self.correct()

        (entry,) = AuditEntry.objects.filter(action="attendance_corrected")
        self.assertEqual((entry.actor, entry.subject), (self.ana, self.bor))
        self.assertEqual(
            entry.detail, {"raid": self.raid.pk, "before": "present", "after": "absent"}
        )

    def test_an_admin_may_and_nobody_else(self) -> None:
        self.correct(actor=self.admin)

        with self.assertRaises(actions.NotYours):
            self.correct(actor=Actor(self.bor), status="present")
        self.assertEqual(self.counted(), 0)

    def test_a_raid_that_is_planned_or_was_cancelled_counts_nobody(self) -> None:
        raid = self.plan()
        for _time in range(2):
            with self.assertRaisesMessage(actions.BadInput, "Only a raid that is over"):
                self.correct(raid_id=raid.pk)
            if Raid.objects.get(pk=raid.pk).is_open:
                actions.cancel(raid_id=raid.pk, actor=self.admin, at=TONIGHT)

    def test_there_is_present_and_absent(self) -> None:
        for wrong in ("pending", "maybe", ""):
            with self.assertRaisesMessage(actions.BadInput, "Write present or absent."):
                self.correct(status=wrong)


class ObjectionTests(AttendanceTestCase):
    def object(self, says: str = "absent") -> Objection:
        return actions.object_to(raid_id=self.raid.pk, person=self.bor, says=says, at=TONIGHT)

    def settle(self, objection: Objection, accept: bool, by: Actor | None = None) -> Objection:
        return actions.settle_objection(
            objection_id=objection.pk, accept=accept, actor=by or Actor(self.ana), at=TONIGHT
        )

    def test_it_waits_for_the_leader(self) -> None:
        self.object()

        (open_one,) = queries.open_objections(self.raid)
        self.assertEqual((open_one.person, open_one.says, self.counted()), (self.bor, "absent", 1))

    def test_accepted_it_corrects(self) -> None:
        self.settle(self.object(), accept=True)

        self.assertEqual((self.counted(), queries.open_objections(self.raid)), (0, []))
        self.assertEqual(AuditEntry.objects.filter(action="attendance_corrected").count(), 1)

    def test_refused_it_changes_nothing_and_may_be_raised_again(self) -> None:
        self.settle(self.object(), accept=False)
        self.assertEqual(self.counted(), 1)

        self.settle(self.object(), accept=True)
        self.assertEqual(self.counted(), 0)

    def test_said_twice_it_is_one(self) -> None:
        self.assertEqual(self.object(), self.object())

    def test_nobody_settles_their_own(self) -> None:
        objection = self.object()

        with self.assertRaises(actions.NotYours):
            self.settle(objection, accept=True, by=Actor(self.bor))

    def test_it_is_settled_once(self) -> None:
        objection = self.object()
        self.settle(objection, accept=False)

        with self.assertRaisesMessage(actions.RaidRefused, "This is settled already."):
            self.settle(objection, accept=True)
        self.assertEqual(self.counted(), 1)

    def test_what_is_so_already_is_no_objection(self) -> None:
        with self.assertRaisesMessage(actions.BadInput, "what is written down already"):
            self.object("present")
