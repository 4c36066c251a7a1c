"""A raid is done, and whoever was in a slot is counted."""

from accounts.models import AuditEntry
from planning.raids import actions, queries
from planning.raids.models import Attendance, Raid
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import RaidTestCase


class FinishTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11.", "Sat 28.11."], ["20:00", "21:00"])
        self.vote(self.raid, self.ana, ["Fri 27.11."], [])

    def finish(self, raid: Raid | None = None, by: Actor | None = None) -> actions.Finished:
        number = (raid or self.raid).pk
        return actions.finish(raid_id=number, actor=by or Actor(self.ana), at=TONIGHT)

    def test_everybody_in_a_slot_is_counted_once_however_many_slots(self) -> None:
        self.assertEqual(self.finish().counted, 2)

        rows = Attendance.objects.filter(raid=self.raid)
        self.assertEqual({row.person for row in rows}, {self.bor, self.cene})
        self.assertEqual({row.status for row in rows}, {"present"})

    def test_a_slot_that_does_not_stand_counts_nobody(self) -> None:
        actions.edit(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT, min_players=3)

        self.assertEqual(self.finish().counted, 0)

    def test_the_raid_its_votes_and_its_number_stay(self) -> None:
        self.finish()

        raid = Raid.objects.get(pk=self.raid.pk)
        self.assertEqual(
            (raid.status, raid.ended_at, raid.ended_by), ("finished", TONIGHT, self.ana)
        )
        self.assertEqual(len(queries.board(raid).standing), 4)
        self.assertEqual(list(queries.open_raids(self.guild)), [])
        self.assertEqual([one.present for one in queries.past_raids(self.guild)], [2])

    def test_the_counter_rises_by_one_with_each_raid(self) -> None:
        """R1: the second raid of a number wrote no row for whoever had been at the first."""
        found = [queries.participation(self.guild, self.bor)]
        self.finish()
        found.append(queries.participation(self.guild, self.bor))
        for _time in range(2):
            raid = self.plan()
            for who in (self.bor, self.ana):
                self.vote(raid, who, ["Sat 28.11."], ["20:00"])
            self.finish(raid)
            found.append(queries.participation(self.guild, self.bor))

        self.assertEqual(found, [0, 1, 2, 3])
        self.assertEqual(queries.participation(self.guild, make.person()), 0)

    def test_each_server_counts_for_itself(self) -> None:
        self.finish()

        other = stage.server(stage.KAVARNA + 100, "Drugje")
        self.assertEqual(queries.participation(other, self.bor), 0)

    def test_an_admin_may_finish_it_also_when_its_maker_is_gone(self) -> None:
        """R10: only the creator could finish a raid; when they left nobody could."""
        Raid.objects.update(creator=None)

        self.assertEqual(self.finish(by=self.admin).counted, 2)

    def test_nobody_else_may(self) -> None:
        with self.assertRaisesMessage(
            actions.NotYours, "Only Ana Dinamit or an admin can finish this raid."
        ):
            self.finish(by=Actor(self.bor))

        self.assertTrue(Raid.objects.get(pk=self.raid.pk).is_open)
        self.assertFalse(Attendance.objects.exists())

    def test_it_ends_once(self) -> None:
        self.finish()

        with self.assertRaises(actions.RaidGone):
            self.finish()
        self.assertEqual(Attendance.objects.count(), 2)

    def test_it_is_written_down_who_did_it(self) -> None:
        self.finish(by=self.admin)

        entry = AuditEntry.objects.get(action="raid_ended")
        self.assertEqual((entry.actor, entry.subject), (self.admin.person, self.ana))
        self.assertEqual(entry.detail, {"raid": self.raid.pk, "status": "finished", "counted": 2})

    def test_the_leaderboard_leaves_out_whoever_does_not_want_to_be_listed(self) -> None:
        self.finish()
        actions.set_listed(guild=self.guild, person=self.cene, listed=False)

        found = [(place.person, place.raids) for place in queries.leaderboard(self.guild)]

        self.assertEqual(found, [(self.bor, 1)])
        actions.set_listed(guild=self.guild, person=self.cene, listed=True)
        self.assertEqual(len(queries.leaderboard(self.guild)), 2)
