"""A free place is taken, passed on, given back, or lost by a moment."""

from accounts.models import User
from availability import queries
from availability.models import Status
from planning.rooms import places
from planning.rooms.actions import standby
from planning.rooms.actions.refusals import NoRoom, NotTheirs
from planning.rooms.actions.standby import AlreadyPlaced, OfferOver
from planning.rooms.models import Lineup, Offer
from tests import make
from tests.rooms.dropping import StandbyStage
from tests.rooms.evening import TODAY, after

State = Offer.State


class AcceptTests(StandbyStage):
    def test_whoever_accepts_plays_in_that_place(self) -> None:
        self.jan_leaves()

        taken = self.accept(self.dana, 20)

        self.assertEqual(
            self.teams(),
            (
                [self.ana.pk, self.dana.pk, self.fran.pk],
                [self.bor.pk, self.eva.pk, self.gaja.pk],
            ),
        )
        self.assertEqual((taken.side, taken.lineup.how), ("A", Lineup.How.STANDBY))
        self.assertEqual(self.offer().state, State.ACCEPTED)

    def test_a_maybe_becomes_looking(self) -> None:
        self.jan_leaves()
        self.accept(self.dana, 20)

        entry = queries.answer_of(self.dana.pk, TODAY)
        self.assertEqual(entry and entry.status, Status.LOOKING)

    def test_whoever_comes_later_still_comes_later(self) -> None:
        late = make.person("Pozni")
        make.entry(late, Status.AVAILABLE, late_until=make.at("21:30"))
        self.jan_leaves()

        self.accept(late, 20)

        entry = queries.answer_of(late.pk, TODAY)
        self.assertEqual(entry and entry.late_until, make.at("21:30"))

    def test_a_second_press_changes_nothing(self) -> None:
        self.jan_leaves()
        self.accept(self.dana, 20)

        self.assertTrue(self.accept(self.dana, 21).again)
        self.assertEqual(Lineup.objects.count(), 2)

    def test_whoever_an_editor_gave_a_place_meanwhile_has_that(self) -> None:
        self.jan_leaves()
        self.save((self.ana, self.fran), (self.bor, self.eva, self.dana), at=after(15))

        taken = self.accept(self.dana, 20)

        self.assertEqual((taken.side, taken.again), ("B", True))
        self.assertEqual(Lineup.objects.count(), 2)

    def test_after_its_time_it_is_refused(self) -> None:
        self.jan_leaves()

        with self.assertRaises(OfferOver) as refused:
            self.accept(self.dana, 131)

        self.assertEqual(refused.exception.state, State.EXPIRED)
        self.assertIn("ended at", str(refused.exception))

    def test_nobody_takes_what_is_offered_to_somebody_else(self) -> None:
        self.jan_leaves()

        with self.assertRaises(NotTheirs):
            self.accept(make.person("Tujec"), 20)

    def test_an_offer_that_never_was_is_refused(self) -> None:
        with self.assertRaises(NoRoom):
            standby.accept(person=self.dana, offer_id=4711, at=after(20))

    def test_a_captains_place_makes_no_captain(self) -> None:
        self.say(self.ana, Status.NOT_PLAYING, at=after(5))
        standby.reconcile(after(10))

        taken = self.accept(self.dana, 20)

        self.assertIsNone(taken.lineup.teams.get(side="A").captain)
        self.assertEqual(taken.lineup.teams.get(side="B").captain, self.bor)

    def test_whoever_takes_a_place_and_cannot_make_it_frees_it_again(self) -> None:
        other = make.person("Zala")
        make.entry(other, Status.MAYBE)
        self.jan_leaves()
        self.accept(self.dana, 20)
        self.say(self.dana, Status.NOT_PLAYING, at=after(30))

        standby.reconcile(after(32))

        self.assertEqual((self.offer().instead_of, self.offer().person), (self.dana, other))


class BackTests(StandbyStage):
    def test_whoever_left_and_comes_back_has_the_place_again(self) -> None:
        self.jan_leaves()
        self.say(self.jan, Status.LOOKING, at=after(20))

        standby.reconcile(after(22))

        self.assertEqual(self.offered(), [(self.dana, State.RETURNED)])
        with self.assertRaises(OfferOver) as refused:
            self.accept(self.dana, 25)
        self.assertIn("not free after all", str(refused.exception))

    def test_also_in_the_second_before_anybody_noticed(self) -> None:
        self.jan_leaves()
        self.say(self.jan, Status.LOOKING, at=after(20))

        with self.assertRaises(OfferOver) as refused:
            self.accept(self.dana, 20.5)

        self.assertEqual(refused.exception.state, State.RETURNED)

    def test_leaving_once_more_begins_anew(self) -> None:
        self.jan_leaves()
        self.say(self.jan, Status.LOOKING, at=after(20))
        standby.reconcile(after(22))
        self.say(self.jan, Status.NOT_PLAYING, at=after(30))

        standby.reconcile(after(32))

        self.assertEqual(self.offered(), [(self.dana, State.RETURNED), (self.dana, State.OPEN)])

    def test_teams_that_are_saved_without_that_place_end_the_offer(self) -> None:
        self.jan_leaves()
        self.save((self.ana, self.fran), (self.bor, self.eva), at=after(20))

        standby.reconcile(after(22))

        self.assertEqual(self.offered()[0], (self.dana, State.RETURNED))

    def test_whoever_leaves_standby_is_asked_no_more(self) -> None:
        self.jan_leaves()
        self.say(self.dana, Status.NOT_PLAYING, at=after(20))

        standby.reconcile(after(22))

        self.assertEqual(self.offered(), [(self.dana, State.DECLINED)])


class DeclineTests(StandbyStage):
    def decline(self, who: User, seconds: float) -> Offer:
        return standby.decline(person=who, offer_id=self.offer().pk, at=after(seconds))

    def test_the_next_is_asked_and_the_answer_stays(self) -> None:
        other = make.person("Zala")
        make.entry(other, Status.MAYBE)
        self.jan_leaves()

        self.decline(self.dana, 20)
        standby.reconcile(after(22))

        self.assertEqual(self.offered(), [(self.dana, State.DECLINED), (other, State.OPEN)])
        entry = queries.answer_of(self.dana.pk, TODAY)
        self.assertEqual(entry and entry.status, Status.MAYBE)

    def test_twice_is_once(self) -> None:
        self.jan_leaves()
        self.decline(self.dana, 20)

        self.assertEqual(self.decline(self.dana, 21).state, State.DECLINED)

    def test_what_was_let_pass_is_not_taken(self) -> None:
        self.jan_leaves()
        self.decline(self.dana, 20)

        with self.assertRaises(OfferOver):
            self.accept(self.dana, 21)

    def test_what_was_taken_is_not_let_pass(self) -> None:
        self.jan_leaves()
        self.accept(self.dana, 20)

        with self.assertRaises(OfferOver) as refused:
            self.decline(self.dana, 21)
        self.assertEqual(refused.exception.state, State.ACCEPTED)


class FirstToPressTests(StandbyStage):
    def press(self, who: User, seconds: float, side: str = "A") -> standby.Taken:
        return standby.accept_place(person=who, side=side, at=after(seconds))

    def test_a_place_that_is_kept_for_nobody_is_the_firsts(self) -> None:
        guest = make.person("Gost")
        self.jan_leaves()
        standby.reconcile(after(130))

        self.press(guest, 140)

        self.assertIn(guest.pk, self.teams()[0])

    def test_while_it_is_kept_for_somebody_nobody_else_takes_it(self) -> None:
        guest = make.person("Gost")
        self.jan_leaves()

        with self.assertRaises(OfferOver) as refused:
            self.press(guest, 20)

        self.assertEqual(refused.exception.state, State.OPEN)

    def test_whoever_it_is_kept_for_may_press_there_too(self) -> None:
        self.jan_leaves()

        self.press(self.dana, 20)

        self.assertEqual(self.offered(), [(self.dana, State.ACCEPTED)])

    def test_an_offer_that_has_run_out_keeps_nothing(self) -> None:
        guest = make.person("Gost")
        self.jan_leaves()

        self.press(guest, 131)

        self.assertEqual(self.offered(), [(self.dana, State.EXPIRED)])

    def test_whoever_loses_it_by_a_moment_is_first_in_line(self) -> None:
        quick, slow = make.person("Hitri"), make.person("Počasni")
        make.entry(slow, Status.MAYBE, since=after(100))
        self.say(self.dana, Status.NOT_PLAYING, at=after(1))
        self.say(slow, Status.NOT_PLAYING, at=after(2))
        self.jan_leaves()
        self.press(quick, 140)

        with self.assertRaises(OfferOver) as refused:
            self.press(slow, 141)
        self.assertEqual(refused.exception.state, State.FILLED)
        for who in (self.dana, slow):
            self.say(who, Status.MAYBE, at=after(150))

        self.assertEqual([one.person for one in places.of(self.room).waiting], [slow, self.dana])

    def test_long_afterwards_nobody_becomes_first_by_pressing(self) -> None:
        slow = make.person("Počasni")
        self.jan_leaves()
        self.press(self.dana, 20)

        with self.assertRaises(OfferOver) as refused:
            self.press(slow, 300)

        self.assertEqual(refused.exception.state, State.RETURNED)
        self.assertFalse(Offer.objects.filter(person=slow).exists())

    def test_whoever_has_a_place_needs_no_other(self) -> None:
        self.jan_leaves()

        with self.assertRaises(AlreadyPlaced):
            self.press(self.eva, 20)
