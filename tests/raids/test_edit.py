"""A planned raid changes."""

from typing import Any

from accounts.models import AuditEntry
from planning.raids import actions, keys, queries
from planning.raids.models import Raid, Vote
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase


class EditTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()
        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11.", "Sat 28.11."], ["20:00"])

    def edit(self, by: Actor | None = None, **other: Any) -> actions.Edited:
        asked: dict[str, Any] = {"at": TONIGHT, "actor": by or Actor(self.ana)}
        return actions.edit(raid_id=self.raid.pk, **asked | other)

    def test_votes_for_what_stays_stay(self) -> None:
        """R10: a raid could not be changed, only thrown away with its votes."""
        self.edit(days="SAT 28.11., Sun 29.11.")

        board = queries.board(self.raid)
        self.assertEqual([one.label for one in board.days], ["SAT 28.11.", "Sun 29.11."])
        self.assertEqual(self.slots(self.raid), {("SAT 28.11.", "20:00"): ["Bazooka Bor", "Cene"]})
        self.assertEqual(Vote.objects.filter(person=self.bor).count(), 2)

    def test_only_what_is_named_changes(self) -> None:
        self.edit(min_players="3")

        raid = Raid.objects.get(pk=self.raid.pk)
        self.assertEqual((raid.min_players, raid.options.count()), (3, 4))
        self.assertEqual(self.slots(self.raid), {})

    def test_a_day_that_is_over_may_stay_but_not_come(self) -> None:
        later = self.travel("20:00") + (make.TONIGHT.replace(day=28) - make.TONIGHT)

        self.edit(days="Fri 27.11., Sun 29.11.", at=later)

        with self.assertRaisesMessage(actions.BadInput, "Thursday 26 November is over."):
            self.edit(days="Fri 27.11., Thu 26.11.", at=later)

    def test_a_wrong_part_changes_nothing(self) -> None:
        """R4: a change that failed halfway was half done."""
        with self.assertRaises(actions.BadInput):
            self.edit(min_players=5, days="Sun 29.11., Thu 2026-11-19", times="22:00")

        self.assertEqual(Raid.objects.get(pk=self.raid.pk).min_players, 2)
        self.assertEqual(len(self.slots(self.raid)), 2)

    def test_its_maker_and_admins_may(self) -> None:
        self.edit(by=self.admin, min_players=1)

        with self.assertRaisesMessage(actions.NotYours, "or an admin can change this raid."):
            self.edit(by=Actor(self.bor), min_players=1)

    def test_whatever_shows_it_notices(self) -> None:
        before = Raid.objects.get(pk=self.raid.pk).version

        self.edit(times="20:00, 22:00")

        self.assertGreater(Raid.objects.get(pk=self.raid.pk).version, before)


class HandOverTests(RaidTestCase):
    def test_whoever_gets_it_may_finish_it(self) -> None:
        """R10: a raid whose creator left could not be finished by anybody."""
        raid = self.plan()

        actions.hand_over(raid_id=raid.pk, actor=Actor(self.ana), to=self.bor, at=TONIGHT)

        with self.assertRaises(actions.NotYours):
            actions.finish(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)
        actions.finish(raid_id=raid.pk, actor=Actor(self.bor), at=TONIGHT)
        entry = AuditEntry.objects.get(action="raid_handed_over")
        self.assertEqual((entry.actor, entry.subject), (self.ana, self.bor))

    def test_an_admin_may_and_nobody_takes_it(self) -> None:
        raid = self.plan()

        with self.assertRaises(actions.NotYours):
            actions.hand_over(raid_id=raid.pk, actor=Actor(self.bor), to=self.bor, at=TONIGHT)
        actions.hand_over(raid_id=raid.pk, actor=self.admin, to=self.bor, at=TONIGHT)

    def test_it_goes_to_somebody_else_who_is_there(self) -> None:
        raid = self.plan()
        gone = make.person("Gone", discord=False, linked=False)

        for to, words in ((self.ana, "theirs already"), (gone, "Choose somebody who is on")):
            with self.assertRaisesMessage(actions.BadInput, words):
                actions.hand_over(raid_id=raid.pk, actor=Actor(self.ana), to=to, at=TONIGHT)


class RoleTests(RaidTestCase):
    def test_a_role_is_known_by_its_id(self) -> None:
        raid = self.plan()

        actions.remember_role(raid_id=raid.pk, role_id=55, at=TONIGHT)
        self.assertEqual(Raid.objects.get(pk=raid.pk).role_created, True)

        actions.cancel(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)
        actions.remember_role(raid_id=raid.pk, role_id=None, at=TONIGHT)
        self.assertIsNone(Raid.objects.get(pk=raid.pk).role_id)

    def test_a_role_that_is_made_changes_nothing_that_is_shown(self) -> None:
        """Roles are made in the middle of a rush of votes: each made the messages of its raid wait
        for quiet once more."""
        raid = self.plan()
        shown = [keys.planner(raid.pk), keys.raidlist(self.guild.pk)]
        before = queries.versions(shown)

        actions.remember_role(raid_id=raid.pk, role_id=55, at=TONIGHT)

        self.assertEqual(queries.versions(shown), before)
