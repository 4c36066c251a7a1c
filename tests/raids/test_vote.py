"""Ticking and unticking."""

from collections.abc import Iterable
from typing import Any

from botworker.models import SeenInteraction
from planning.raids import actions, queries
from planning.raids.models import GuildSettings, Raid, Vote
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT
from tests.raids.stage import RaidTestCase


class VoteTests(RaidTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()

    def press(self, kind: str, chosen: Iterable[str], **other: Any) -> actions.Mine:
        asked: dict[str, Any] = {"person": self.bor, "at": TONIGHT} | other
        return actions.vote(raid_id=self.raid.pk, kind=kind, chosen=chosen, **asked)

    def test_choosing_ticks_and_choosing_again_unticks(self) -> None:
        first = self.press("day", ["Fri 27.11.", "Sat 28.11."])
        then = self.press("day", ["Fri 27.11."])

        self.assertEqual(first.days, ("Fri 27.11.", "Sat 28.11."))
        self.assertEqual((then.days, then.times), (("Sat 28.11.",), ()))

    def test_a_choice_counts_whatever_its_case(self) -> None:
        """R16: a vote for FRI was not a vote for Fri."""
        self.assertEqual(self.press("day", ["FRI 27.11."]).days, ("Fri 27.11.",))

    def test_days_and_times_are_voted_apart(self) -> None:
        with self.assertRaisesMessage(actions.BadInput, "“20:00” is not among the choices"):
            self.press("day", ["20:00"])

        self.assertFalse(self.press("day", ["Fri 27.11."]).counts)
        self.assertTrue(self.press("time", ["21:00", "20:00"]).counts)
        self.assertEqual(self.slots(self.raid), {})

    def test_all_of_it_counts_or_nothing(self) -> None:
        """R4: half of a change was done when the other half failed."""
        with self.assertRaises(actions.BadInput):
            self.press("day", ["Fri 27.11.", "Sun"], interaction_id=5)

        self.assertFalse(Vote.objects.exists())
        self.assertFalse(SeenInteraction.objects.exists())

    def test_nothing_chosen_is_refused(self) -> None:
        for chosen in ([], ["", "  "]):
            with self.assertRaisesMessage(actions.BadInput, "Choose at least one."):
                self.press("day", chosen)

    def test_the_same_press_counts_once(self) -> None:
        for _time in range(3):
            mine = self.press("day", ["Fri 27.11."], interaction_id=99)

        self.assertEqual(mine.days, ("Fri 27.11.",))

    def test_a_raid_that_ended_takes_no_votes(self) -> None:
        actions.cancel(raid_id=self.raid.pk, actor=Actor(self.ana), at=TONIGHT)

        with self.assertRaisesMessage(actions.RaidGone, "This raid is no longer there."):
            self.press("day", ["Fri 27.11."])
        with self.assertRaises(actions.RaidGone):
            actions.vote(raid_id=0, person=self.bor, kind="day", chosen=["Fri 27.11."], at=TONIGHT)

    def test_everything_that_shows_it_notices(self) -> None:
        before = self.versions()

        self.press("day", ["Fri 27.11."])

        self.assertEqual(self.versions(), tuple(one + 1 for one in before))

    def versions(self) -> tuple[int, int]:
        raid = Raid.objects.get(pk=self.raid.pk)
        return raid.version, GuildSettings.objects.get(guild=self.guild).version

    def test_it_touches_nothing_but_its_own_rows(self) -> None:
        """R2: every vote wrote the whole database anew, and lost what anybody had changed in it."""
        other = self.plan()
        self.vote(other, self.cene, ["Sat 28.11."], ["20:00"])
        rows = list(Vote.objects.values_list("pk", "at"))

        with self.assertNumQueries(13):
            self.press("day", ["Fri 27.11."], interaction_id=1)

        self.assertEqual(list(Vote.objects.values_list("pk", "at"))[: len(rows)], rows)


class WholeVoteTests(RaidTestCase):
    """On the site everything is said at once."""

    def test_exactly_what_is_named_is_ticked(self) -> None:
        raid = self.plan()
        self.vote(raid, self.bor, ["Fri 27.11."], ["20:00"])

        self.vote(raid, self.bor, ["Sat 28.11."], ["20:00", "21:00"])

        board = queries.board(raid)
        self.assertEqual(board.mine(self.bor.pk, "day"), ["Sat 28.11."])
        self.assertEqual(board.mine(self.bor.pk, "time"), ["20:00", "21:00"])

    def test_said_again_it_changes_nothing(self) -> None:
        raid = self.plan()
        self.vote(raid, self.bor, ["Fri 27.11."], ["20:00"])
        before = Raid.objects.get(pk=raid.pk).version, list(Vote.objects.values_list("pk"))

        self.vote(raid, self.bor, ["fri 27.11."], ["20:00"])

        after = Raid.objects.get(pk=raid.pk).version, list(Vote.objects.values_list("pk"))
        self.assertEqual(after, before)

    def test_nothing_takes_every_vote_back(self) -> None:
        raid = self.plan()
        self.vote(raid, self.bor, ["Fri 27.11."], ["20:00"])

        self.vote(raid, self.bor, [], [])

        self.assertFalse(Vote.objects.exists())


class BoardTests(RaidTestCase):
    def test_it_counts_most_first_and_names_whoever_said_both(self) -> None:
        raid = self.plan()
        self.vote(raid, self.bor, ["Sat 28.11."], ["20:00"])
        self.vote(raid, self.cene, ["Sat 28.11.", "Fri 27.11."], ["20:00"])
        self.vote(raid, self.ana, ["Fri 27.11.", "Sat 28.11."], [])

        board = queries.board(queries.raids().get(pk=raid.pk))

        self.assertEqual(
            [(one.label, n) for one, n in board.tally("day")],
            [("Sat 28.11.", 3), ("Fri 27.11.", 2)],
        )
        self.assertEqual(board.names(board.both_answered), ["Bazooka Bor", "Cene"])
        self.assertEqual(self.slots(raid), {("Sat 28.11.", "20:00"): ["Bazooka Bor", "Cene"]})
        self.assertEqual(f"{board.next_at:%d %H:%M}", "28 19:00")

    def test_reading_costs_the_same_for_one_and_for_sixty(self) -> None:
        raids = [self.plan(by=make.person()) for _n in range(60)]
        for raid in raids:
            self.vote(raid, self.bor, ["Fri 27.11."], ["20:00"])

        with self.assertNumQueries(4):
            found = queries.boards(queries.open_raids(self.guild))

        self.assertEqual(len(found), 60)
