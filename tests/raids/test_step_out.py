"""Leaving one slot, with one's votes as they are."""

from typing import Any

from planning.raids import actions
from planning.raids.models import Raid
from planning.raids.policy import Actor
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase

BOTH = ["Bazooka Bor", "Cene"]


class StepOutTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan(min_players=1)
        for who in (self.bor, self.cene):
            self.vote(self.raid, who, ["Fri 27.11.", "Sat 28.11."], ["20:00"])
        self.friday: dict[str, Any] = {
            "raid_id": self.raid.pk,
            "day_id": self.option(self.raid, "Fri 27.11.").pk,
            "time_id": self.option(self.raid, "20:00").pk,
            "person": self.bor,
            "at": TONIGHT,
        }

    def found(self) -> dict[str, list[str]]:
        return {day: names for (day, _time), names in self.slots(self.raid).items()}

    def test_the_other_slots_stay(self) -> None:
        self.assertTrue(actions.leave_slot(**self.friday))
        self.assertFalse(actions.leave_slot(**self.friday))

        self.assertEqual(self.found(), {"Fri 27.11.": ["Cene"], "Sat 28.11.": BOTH})

    def test_it_can_be_taken_back(self) -> None:
        actions.leave_slot(**self.friday)

        self.assertTrue(actions.rejoin_slot(**self.friday))
        self.assertFalse(actions.rejoin_slot(**self.friday))

        self.assertEqual(self.found()["Fri 27.11."], BOTH)

    def test_whoever_votes_anew_for_the_day_means_all_of_it(self) -> None:
        actions.leave_slot(**self.friday)

        for _time in range(2):
            actions.vote(
                raid_id=self.raid.pk, person=self.bor, kind="day", chosen=["Fri 27.11."], at=TONIGHT
            )

        self.assertEqual(self.found()["Fri 27.11."], BOTH)

    def test_whoever_was_not_in_it_leaves_nothing(self) -> None:
        self.assertFalse(actions.leave_slot(**self.friday | {"person": self.ana}))

    def test_whoever_joins_one_slot_votes_for_its_day_and_time(self) -> None:
        self.assertTrue(actions.rejoin_slot(**self.friday | {"person": self.ana}))

        self.assertEqual(self.found()["Fri 27.11."], ["Ana Dinamit", *BOTH])

    def test_a_slot_that_is_gone_is_refused(self) -> None:
        actions.edit(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT, days="Sat 28.11.")

        with self.assertRaisesMessage(actions.BadInput, "This slot is not there any more."):
            actions.leave_slot(**self.friday)
        other = self.plan()
        with self.assertRaises(actions.BadInput):
            actions.leave_slot(**self.friday | {"raid_id": other.pk})

    def test_whatever_shows_it_notices(self) -> None:
        before = Raid.objects.get(pk=self.raid.pk).version

        actions.leave_slot(**self.friday)

        self.assertEqual(Raid.objects.get(pk=self.raid.pk).version, before + 1)
