"""A raid is called off."""

from datetime import timedelta
from typing import Any

from botworker.models import Delivery
from planning.raids import actions
from planning.raids.models import Attendance, Raid
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids import stage
from tests.raids.stage import RaidTestCase


class CancelTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()
        for who in (self.ana, self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11."], ["20:00"])

    def cancel(self, by: Actor | None = None) -> Raid:
        return actions.cancel(raid_id=self.raid.pk, actor=by or Actor(self.ana), at=TONIGHT)

    def told(self) -> dict[object, str]:
        rows = Delivery.objects.filter(kind="raid_cancelled")
        return {row.person: row.body for row in rows}

    def test_one_raid_can_be_called_off_and_counts_nobody(self) -> None:
        """R10: there was no way to call off one raid alone."""
        other = self.plan()

        self.cancel()

        self.assertEqual(Raid.objects.get(pk=self.raid.pk).status, "cancelled")
        self.assertTrue(Raid.objects.get(pk=other.pk).is_open)
        self.assertFalse(Attendance.objects.exists())

    def test_an_admin_may_and_nobody_else(self) -> None:
        with self.assertRaisesMessage(actions.NotYours, "or an admin can cancel this raid."):
            self.cancel(Actor(self.bor))

        self.cancel(self.admin)

    def test_whoever_was_in_a_slot_is_told_but_not_who_did_it(self) -> None:
        self.cancel()

        words = "**Nanos on Friday 27 November, 20:00 CET, is cancelled.** Your evening is free."
        self.assertEqual(self.told(), {self.bor: words, self.cene: words})

    def test_who_was_in_several_slots_hears_it_once(self) -> None:
        self.vote(self.raid, self.bor, ["Fri 27.11.", "Sat 28.11."], ["20:00"])
        self.vote(self.raid, self.cene, ["Fri 27.11.", "Sat 28.11."], ["20:00"])

        self.cancel()

        self.assertEqual(self.told()[self.bor], "**Nanos is cancelled.** Your evening is free.")
        self.assertEqual(len(self.told()), 2)

    def test_nobody_is_told_of_a_slot_that_was(self) -> None:
        actions.cancel(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT + timedelta(days=8))

        self.assertEqual(self.told(), {})

    def test_a_name_with_markup_and_mentions_is_harmless(self) -> None:
        """R11: what people wrote went into messages as it was, mentions and all."""
        actions.save_dungeon(name="*Črna* @everyone <@1>", short_code="X")
        raid = self.plan(dungeon="*črna* @everyone <@1>", days="_Fri_ @here", times="`8`")
        for who in (self.bor, self.cene):
            self.vote(raid, who, ["_Fri_ @here"], ["`8`"])

        actions.cancel(raid_id=raid.pk, actor=Actor(self.ana), at=TONIGHT)

        body = self.told()[self.bor]
        self.assertIn(r"\*Črna\* @⁠everyone \<@⁠1\> on \_Fri\_ @⁠here, \`8\`,", body)


class CancelAllTests(RaidTestCase):
    def test_every_open_raid_of_the_server_and_of_no_other(self) -> None:
        other = stage.server(stage.KAVARNA + 100, "Drugje")
        ours, theirs = [self.plan(), self.plan()], self.plan(guild=other)
        actions.finish(raid_id=ours[0].pk, actor=self.admin, at=TONIGHT)

        done = actions.cancel_all(guild=self.guild, actor=self.admin, at=TONIGHT)

        self.assertEqual(done, 1)
        found = {raid.pk: raid.status for raid in Raid.objects.all()}
        self.assertEqual(
            found, {ours[0].pk: "finished", ours[1].pk: "cancelled", theirs.pk: "open"}
        )
        self.assertEqual(actions.cancel_all(guild=self.guild, actor=self.admin, at=TONIGHT), 0)

    def test_only_an_admin_may(self) -> None:
        self.plan()

        for actor in (Actor(self.ana), Actor(self.bor, owner=True)):
            with self.assertRaises(actions.NotYours):
                actions.cancel_all(guild=self.guild, actor=actor, at=TONIGHT)

    def test_from_outside_only_an_owner_of_the_bot_may(self) -> None:
        self.plan()
        asked: dict[str, Any] = {"guild": self.guild, "at": TONIGHT, "remote": True}

        with self.assertRaisesMessage(actions.NotYours, "Only the owner of this bot can do this."):
            actions.cancel_all(actor=self.admin, **asked)

        owner = Actor(make.person(), owner=True)
        self.assertEqual(actions.cancel_all(actor=owner, **asked), 1)
