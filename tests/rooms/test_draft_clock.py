"""What time brings to a draft: the clock picks, people drop out and come, captains leave."""

from availability.models import Status
from planning.rooms.actions import drafting
from planning.rooms.actions.drafting import DraftRefused
from planning.rooms.models import Draft, Lineup
from slomix.person import erase
from tests import make
from tests.rooms.evening import after, rate
from tests.rooms.test_draft import DraftStage


class ClockTests(DraftStage):
    def test_after_45_seconds_the_highest_rated_joins(self) -> None:
        self.start()

        self.assertEqual(drafting.run_clock(after(44)), 0)
        self.assertEqual(drafting.run_clock(after(45)), 1)

        picked = self.state().picks[0]
        self.assertEqual((picked.person, picked.side, picked.by_the_clock), (self.jan, "B", True))
        self.assertEqual(self.state().seconds_left(after(45)), 45)

    def test_a_clock_that_stood_still_makes_one_pick_and_not_all(self) -> None:
        self.start()

        drafting.run_clock(after(600))
        drafting.run_clock(after(601))

        self.assertEqual(len(self.state().picks), 1)

    def test_a_pick_in_the_last_second_counts(self) -> None:
        self.start()
        self.pick(self.bor, self.gaja, 1, seconds=44.9)

        drafting.run_clock(after(45))

        self.assertEqual([place.person for place in self.state().picks], [self.gaja])

    def test_what_the_clock_picked_is_not_taken_back(self) -> None:
        self.start()
        drafting.run_clock(after(45))

        with self.assertRaises(DraftRefused):
            drafting.take_back_pick(person=self.bor, turn=1, at=after(46))

    def test_left_alone_the_clock_finishes_the_draft(self) -> None:
        self.start()

        for turn in range(1, 5):
            drafting.run_clock(after(45 * turn))

        self.assertEqual(self.state().draft.outcome, Draft.Outcome.DONE)
        self.assertEqual(
            self.teams(),
            (
                [self.ana.pk, self.eva.pk, self.fran.pk],
                [self.bor.pk, self.jan.pk, self.gaja.pk],
            ),
        )


class ComeAndGoTests(DraftStage):
    def test_whoever_drops_out_leaves_the_pool(self) -> None:
        self.start()
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))

        self.assertEqual(self.pool(), [self.eva, self.fran, self.gaja])
        self.assertEqual(self.state().order, "BAA")

    def test_whoever_comes_stands_at_the_end_of_the_pool_however_good(self) -> None:
        self.start()
        best = rate(make.person("Zvezda"), 2.0)
        self.say(best, Status.LOOKING, at=after(5))

        self.assertEqual(self.pool(), [self.jan, self.eva, self.fran, self.gaja, best])
        self.assertEqual(self.state().order, "BAABB")

    def test_saying_available_instead_of_looking_changes_no_place_in_the_pool(self) -> None:
        self.start()
        self.say(self.jan, Status.AVAILABLE, at=after(5))

        self.assertEqual(self.pool()[0], self.jan)

    def test_a_picked_person_who_drops_out_keeps_a_vacant_place(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))

        self.assertTrue(self.state().picks[0].gone)
        self.assertEqual(self.state().turn, 2)

    def test_when_the_last_of_the_pool_drop_out_the_draft_is_done(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)
        for who in (self.eva, self.fran, self.gaja):
            self.say(who, Status.NOT_PLAYING, at=after(5))

        drafting.run_clock(after(6))

        self.assertEqual(self.state().draft.outcome, Draft.Outcome.DONE)
        self.assertEqual(self.teams(), ([self.ana.pk], [self.bor.pk, self.jan.pk]))

    def test_a_captain_who_drops_out_stops_the_draft(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)
        self.say(self.ana, Status.NOT_PLAYING, at=after(5))

        with self.assertRaisesMessage(DraftRefused, "captain"):
            self.pick(self.ana, self.eva, 2, seconds=5.5)
        drafting.run_clock(after(6))

        self.assertEqual(self.state().draft.outcome, Draft.Outcome.STOPPED)
        self.assertEqual(self.teams(), ([self.ana.pk], [self.bor.pk, self.jan.pk]))

    def test_a_picked_person_who_is_erased_leaves_a_place_and_the_draft_goes_on(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)
        erase(person=self.jan, at=after(5), signed_in_at=after(5))

        with self.assertRaisesMessage(DraftRefused, "cannot be picked"):
            self.pick(self.ana, self.jan, 2, seconds=6)
        for turn in range(1, 4):
            drafting.run_clock(after(6 + 45 * turn))

        self.assertEqual(
            self.teams(),
            ([self.ana.pk, self.eva.pk, self.fran.pk], [self.bor.pk, None, self.gaja.pk]),
        )

    def test_a_captain_who_is_erased_stops_it_and_nothing_is_lost(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)
        erase(person=self.ana, at=after(5), signed_in_at=after(5))

        drafting.run_clock(after(6))

        self.assertEqual(self.teams(), ([None], [self.bor.pk, self.jan.pk]))

    def test_the_end_of_the_evening_stops_it(self) -> None:
        self.start()

        drafting.run_clock(make.at("23:59:59"))
        self.assertTrue(self.state().running)
        for _look in range(2):
            drafting.run_clock(after(5 * 3600))

        self.assertEqual(self.state().draft.outcome, Draft.Outcome.STOPPED)

    def test_teams_that_were_saved_while_it_ran_are_below_those_of_the_draft(self) -> None:
        self.start()
        self.save_teams()

        for turn in range(1, 5):
            drafting.run_clock(after(45 * turn))

        newest = Lineup.objects.filter(room=self.room).latest("number")
        self.assertEqual((newest.number, newest.how), (2, Lineup.How.DRAFT))
