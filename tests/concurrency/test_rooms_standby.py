"""F14: places and picks that fifty want at the same instant."""

import pytest

from accounts.models import Preferences, User
from availability.models import Status
from planning.rooms import drafts
from planning.rooms.actions import drafting, lineups, ping, standby, teams
from planning.rooms.actions.ping import TooSoon
from planning.rooms.actions.refusals import Refused, Stale
from planning.rooms.actions.standby import OfferOver, Taken
from planning.rooms.models import Draft, Lineup, Member, Offer, Pick, Room
from tests import make
from tests.concurrency.together import together
from tests.rooms.evening import RoomLiveTestCase, after

TRIES = 50


@pytest.mark.postgresql
class StandbyRaceTests(RoomLiveTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.save_teams()
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))

    def whole(self) -> None:
        """Nobody was lost: each line-up has six places, and nobody two of them."""
        for lineup in Lineup.objects.all():
            people = list(Member.objects.filter(lineup=lineup).values_list("person", flat=True))
            self.assertEqual((len(people), len(set(people))), (6, 6), lineup)

    def test_fifty_press_for_one_place_and_one_has_it(self) -> None:
        crowd = [make.person() for _each in range(TRIES)]

        found = together(
            TRIES, lambda n: standby.accept_place(person=crowd[n], side="A", at=after(10))
        )

        taken = [one for one in found if isinstance(one, Taken)]
        late = [one for one in found if isinstance(one, OfferOver)]
        self.assertEqual((len(taken), len(late)), (1, TRIES - 1), found)
        self.assertEqual({one.state for one in late}, {Offer.State.FILLED})
        self.assertEqual(Lineup.objects.count(), 2)
        self.whole()

    def test_fifty_presses_of_one_person_take_one_place(self) -> None:
        standby.reconcile(after(10))
        offer = Offer.objects.get()

        found = together(
            TRIES,
            lambda _n: standby.accept(person=self.dana, offer_id=offer.pk, at=after(12)),
        )

        again = [one.again for one in found if isinstance(one, Taken)]
        self.assertEqual((len(again), again.count(False)), (TRIES, 1), found)
        self.assertEqual(Lineup.objects.count(), 2)
        self.whole()

    def test_taking_and_letting_pass_at_once_ends_as_one_of_them(self) -> None:
        standby.reconcile(after(10))
        offer = Offer.objects.get()

        def act(number: int) -> object:
            verb = standby.accept if number % 2 else standby.decline
            return verb(person=self.dana, offer_id=offer.pk, at=after(12))

        found = together(10, act)

        ended = Offer.objects.get().state
        self.assertIn(ended, (Offer.State.ACCEPTED, Offer.State.DECLINED))
        self.assertEqual(Lineup.objects.count(), 2 if ended == Offer.State.ACCEPTED else 1)
        refused = [one for one in found if isinstance(one, Exception)]
        self.assertTrue(all(isinstance(one, OfferOver) for one in refused), found)
        self.whole()

    def test_ten_workers_that_look_at_once_offer_it_once(self) -> None:
        found = together(10, lambda _n: standby.reconcile(after(10)))

        self.assertEqual(sorted(map(str, found)), ["0"] * 9 + ["1"])
        self.assertEqual(Offer.objects.count(), 1)

    def test_ten_presses_on_need_more_ask_once(self) -> None:
        self.say(self.eva, Status.NOT_PLAYING, at=after(6))
        Preferences.objects.filter(user=self.dana).update(allow_planning=True)

        found = together(10, lambda _n: ping.need_more(person=self.ana, at=after(10)))

        self.assertEqual(found.count(1), 1, found)
        self.assertEqual(sum(isinstance(one, TooSoon) for one in found), 9, found)

    def test_an_editor_saves_as_somebody_accepts_and_both_are_whole(self) -> None:
        standby.reconcile(after(10))
        offer = Offer.objects.get()

        def act(number: int) -> object:
            if number:
                return standby.accept(person=self.dana, offer_id=offer.pk, at=after(12))
            return self.save_without_jan()

        found = together(2, act)

        problems = [one for one in found if isinstance(one, Exception)]
        self.assertTrue(all(isinstance(one, (Stale, OfferOver)) for one in problems), found)
        self.assertLessEqual(len(problems), 1)

    def save_without_jan(self) -> Lineup:
        return teams.save(
            person=self.ana,
            a=[self.ana.pk, self.fran.pk],
            b=[self.bor.pk, self.eva.pk, self.gaja.pk],
            captain_a=None,
            captain_b=None,
            token=1,
            at=after(12),
        )

    def test_whoever_comes_back_as_somebody_accepts_loses_the_place_or_keeps_it(self) -> None:
        standby.reconcile(after(10))
        offer = Offer.objects.get()

        def act(number: int) -> object:
            if number:
                return standby.accept(person=self.dana, offer_id=offer.pk, at=after(12))
            self.say(self.jan, Status.LOOKING, at=after(12))
            return None

        found = together(2, act)
        standby.reconcile(after(14))

        problems = [one for one in found if isinstance(one, Exception)]
        self.assertTrue(all(isinstance(one, OfferOver) for one in problems), found)
        self.assertNotEqual(Offer.objects.get().state, Offer.State.OPEN)
        self.whole()


@pytest.mark.postgresql
class DraftRaceTests(RoomLiveTestCase):
    def start(self) -> Draft:
        return drafting.start(
            person=self.ana,
            captain_a=self.ana.pk,
            captain_b=self.bor.pk,
            token=lineups.newest(self.room),
            at=after(0),
        )

    def test_fifty_drafts_started_at_once_are_one(self) -> None:
        found = together(TRIES, lambda _n: self.start())

        self.assertEqual(Draft.objects.count(), 1)
        refused = [one for one in found if isinstance(one, Refused)]
        self.assertEqual(len(refused), TRIES - 1, found)

    def test_fifty_picks_at_once_are_one(self) -> None:
        self.start()
        pool = (self.jan, self.eva, self.fran, self.gaja)

        def act(number: int) -> object:
            who = pool[number % len(pool)]
            return drafting.pick(person=self.bor, who=who.pk, turn=1, at=after(2))

        found = together(TRIES, act)

        made = {one.person_id for one in found if isinstance(one, Pick)}
        self.assertEqual((Pick.objects.count(), len(made)), (1, 1))
        others = [one for one in found if not isinstance(one, Pick)]
        self.assertTrue(all(isinstance(one, Stale) for one in others), found)

    def test_the_clock_and_the_captain_at_once_make_one_pick(self) -> None:
        self.start()

        def act(number: int) -> object:
            if number % 2:
                return drafting.run_clock(after(45))
            return drafting.pick(person=self.bor, who=self.gaja.pk, turn=1, at=after(45))

        together(10, act)

        self.assertEqual(Pick.objects.count(), 1)

    def test_stopping_while_the_last_pick_is_made_saves_the_teams_once(self) -> None:
        self.start()
        for turn in range(1, 4):
            drafting.run_clock(after(45 * turn))
        state = drafts.of(Room.objects.get())
        assert state is not None
        captain, last = state.captain, state.pool[0].person
        assert isinstance(captain, User)

        def act(number: int) -> object:
            if number % 2:
                return drafting.stop(person=self.ana, at=after(140))
            return drafting.pick(person=captain, who=last.pk, turn=4, at=after(140))

        together(10, act)

        self.assertEqual(Lineup.objects.count(), 1)
        self.assertFalse(Draft.objects.filter(outcome=Draft.Outcome.RUNNING).exists())
