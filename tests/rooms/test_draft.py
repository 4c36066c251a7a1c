"""Two captains pick in turn; the lower rated begins, and the last pick saves the teams."""

from accounts.models import User
from availability.models import Door, Status
from planning.rooms import drafts
from planning.rooms.actions import drafting, lineups
from planning.rooms.actions.drafting import DraftRefused, NotYourTurn
from planning.rooms.actions.refusals import NoRoom, NotTheirs, Stale
from planning.rooms.drafts import DraftState
from planning.rooms.models import Draft, Lineup, Pick
from tests import make
from tests.cast import TONIGHT
from tests.rooms.evening import RoomTestCase, after


class DraftStage(RoomTestCase):
    def start(self) -> Draft:
        return drafting.start(
            person=self.ana,
            captain_a=self.ana.pk,
            captain_b=self.bor.pk,
            token=lineups.newest(self.room),
            at=TONIGHT,
        )

    def pick(self, captain: User, who: User, turn: int, seconds: float = 1) -> Pick:
        return drafting.pick(person=captain, who=who.pk, turn=turn, at=after(seconds))

    def state(self) -> DraftState:
        found = drafts.of(self.room)
        assert found is not None
        return found

    def pool(self) -> list[User]:
        return [one.person for one in self.state().pool]


class StartTests(DraftStage):
    def test_the_lower_rated_captain_begins_and_the_pool_is_by_rating(self) -> None:
        self.start()

        state = self.state()
        self.assertEqual((state.captain, state.order, state.turn), (self.bor, "BAAB", 1))
        self.assertEqual(self.pool(), [self.jan, self.eva, self.fran, self.gaja])
        self.assertEqual(state.seconds_left(after(10)), 35)

    def test_whoever_is_a_maybe_is_not_picked_and_whoever_is_available_is(self) -> None:
        self.say(self.gaja, Status.AVAILABLE)
        self.start()

        self.assertIn(self.gaja, self.pool())
        self.assertNotIn(self.dana, self.pool())

    def test_the_unrated_come_last(self) -> None:
        guest = make.person("Novi")
        make.entry(guest)

        self.start()

        self.assertEqual(self.pool()[-1], guest)

    def test_somebody_who_only_ever_used_discord_is_picked_like_everybody(self) -> None:
        """W4: whoever answers in Discord is a person here, and saving them loses nobody."""
        zoja = make.person("Zoja")
        make.entry(zoja, door=Door.DISCORD)
        self.start()

        self.pick(self.bor, zoja, 1)

        self.assertEqual(self.state().picks[0].person, zoja)

    def test_only_an_editor_starts_one(self) -> None:
        with self.assertRaises(NotTheirs):
            drafting.start(
                person=self.jan, captain_a=self.jan.pk, captain_b=self.bor.pk, token=0, at=TONIGHT
            )

    def test_one_person_is_no_two_captains(self) -> None:
        with self.assertRaisesMessage(DraftRefused, "two captains"):
            drafting.start(
                person=self.ana, captain_a=self.bor.pk, captain_b=self.bor.pk, token=0, at=TONIGHT
            )

    def test_a_stranger_is_no_captain(self) -> None:
        with self.assertRaisesMessage(DraftRefused, "in the room"):
            drafting.start(
                person=self.ana, captain_a=self.ana.pk, captain_b=self.cene.pk, token=0, at=TONIGHT
            )

    def test_a_second_draft_is_refused_while_one_runs(self) -> None:
        self.start()

        with self.assertRaisesMessage(DraftRefused, "already"):
            self.start()

    def test_teams_that_were_saved_meanwhile_are_looked_at_first(self) -> None:
        self.save_teams()

        with self.assertRaises(Stale):
            drafting.start(
                person=self.ana, captain_a=self.ana.pk, captain_b=self.bor.pk, token=0, at=TONIGHT
            )

    def test_without_anybody_to_pick_there_is_no_draft(self) -> None:
        for who in (self.jan, self.eva, self.fran):
            self.say(who, Status.NOT_PLAYING)

        with self.assertRaisesMessage(DraftRefused, "nobody to pick"):
            self.start()

    def test_without_a_room_nobody_starts_one(self) -> None:
        type(self.room).objects.all().delete()

        with self.assertRaises(NoRoom):
            self.start()


class PickTests(DraftStage):
    def test_captains_pick_by_turns_and_the_last_pick_saves_the_teams(self) -> None:
        self.start()

        self.pick(self.bor, self.jan, 1)
        self.pick(self.ana, self.eva, 2)
        self.pick(self.ana, self.fran, 3)
        self.pick(self.bor, self.gaja, 4)

        self.assertEqual(
            self.teams(),
            (
                [self.ana.pk, self.eva.pk, self.fran.pk],
                [self.bor.pk, self.jan.pk, self.gaja.pk],
            ),
        )
        lineup = Lineup.objects.get(room=self.room)
        self.assertEqual((lineup.how, lineup.number), (Lineup.How.DRAFT, 1))
        self.assertEqual(self.state().draft.outcome, Draft.Outcome.DONE)

    def test_the_other_captain_waits(self) -> None:
        self.start()

        with self.assertRaises(NotYourTurn):
            self.pick(self.ana, self.jan, 1)

    def test_nobody_but_a_captain_picks(self) -> None:
        self.start()

        with self.assertRaises(NotYourTurn):
            self.pick(self.jan, self.eva, 1)

    def test_a_second_press_picks_nobody_else(self) -> None:
        self.start()
        first = self.pick(self.bor, self.jan, 1)

        self.assertEqual(self.pick(self.bor, self.jan, 1), first)
        with self.assertRaises(Stale):
            self.pick(self.bor, self.eva, 1)

        self.assertEqual(Pick.objects.count(), 1)

    def test_somebody_of_a_team_is_not_picked_again(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)

        for taken in (self.jan, self.bor, self.dana, self.cene):
            with self.assertRaisesMessage(DraftRefused, "cannot be picked"):
                self.pick(self.ana, taken, 2)

    def test_every_pick_is_noticed(self) -> None:
        self.start()
        before = type(self.room).objects.get().version

        self.pick(self.bor, self.jan, 1)

        self.assertGreater(type(self.room).objects.get().version, before)

    def test_after_midnight_nobody_picks(self) -> None:
        self.start()

        with self.assertRaises(NoRoom):
            self.pick(self.bor, self.jan, 1, seconds=5 * 3600)

    def test_reading_takes_four_queries_however_many_there_are(self) -> None:
        """W36: the planning page looked names up one by one."""
        self.start()
        for _number in range(10):
            make.entry(make.person())

        with self.assertNumQueries(4):
            state = self.state()
            names = [one.person.name for one in state.pool]
            names += [place.person.name for place in state.list_of("A") if place.person]

        self.assertEqual(len(names), 15)


class TakeBackTests(DraftStage):
    def take_back(self, who: User, turn: int, seconds: float) -> DraftState:
        return drafting.take_back_pick(person=who, turn=turn, at=after(seconds))

    def test_a_pick_is_taken_back_within_five_seconds(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1, seconds=10)

        state = self.take_back(self.bor, 1, 15)

        self.assertEqual((state.captain, state.turn), (self.bor, 1))
        self.assertEqual(state.seconds_left(after(15)), 45)

    def test_after_five_seconds_it_stands(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1, seconds=10)

        with self.assertRaisesMessage(DraftRefused, "five seconds"):
            self.take_back(self.bor, 1, 15.1)

    def test_once_the_other_has_picked_it_stands(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1, seconds=10)
        self.pick(self.ana, self.eva, 2, seconds=12)

        with self.assertRaises(DraftRefused):
            self.take_back(self.bor, 1, 13)

    def test_nobody_takes_back_what_the_other_picked(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1, seconds=10)

        with self.assertRaises(DraftRefused):
            self.take_back(self.ana, 1, 12)


class StopTests(DraftStage):
    def test_a_captain_stops_it_and_both_lists_stay_as_they_are(self) -> None:
        self.start()
        self.pick(self.bor, self.jan, 1)

        drafting.stop(person=self.bor, at=after(5))

        self.assertEqual(self.teams(), ([self.ana.pk], [self.bor.pk, self.jan.pk]))
        self.assertFalse(self.state().running)

    def test_stopped_before_the_first_pick_the_teams_that_were_there_hold(self) -> None:
        before = self.save_teams()
        self.start()

        drafting.stop(person=self.ana, at=after(5))

        self.assertEqual(Lineup.objects.latest("number"), before)

    def test_nobody_else_stops_it(self) -> None:
        self.start()

        with self.assertRaises(NotTheirs):
            drafting.stop(person=self.jan, at=after(5))

    def test_without_a_draft_there_is_nothing_to_stop(self) -> None:
        with self.assertRaisesMessage(DraftRefused, "No draft"):
            drafting.stop(person=self.ana, at=after(5))
