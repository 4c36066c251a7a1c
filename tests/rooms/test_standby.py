"""Somebody drops out of the teams: to whom the place is offered, and how long."""

from availability.models import Status
from planning.rooms import leaving, places
from planning.rooms.actions import drafting, standby
from planning.rooms.models import Lineup, Offer
from tests import make
from tests.rooms.dropping import StandbyStage
from tests.rooms.evening import after

State = Offer.State


class OfferTests(StandbyStage):
    def test_a_place_is_offered_to_the_standby_for_two_minutes(self) -> None:
        self.jan_leaves()

        offer = self.offer()
        self.assertEqual((offer.person, offer.instead_of, offer.side), (self.dana, self.jan, "A"))
        self.assertEqual(offer.expires_at, after(130))

    def test_looking_again_and_again_offers_it_once(self) -> None:
        self.jan_leaves()
        standby.reconcile(after(12))
        standby.reconcile(after(14))

        self.assertEqual(self.offered(), [(self.dana, State.OPEN)])

    def test_while_everybody_is_there_nothing_is_offered(self) -> None:
        self.assertEqual(standby.reconcile(after(10)), 0)

    def test_without_teams_there_is_no_place(self) -> None:
        Lineup.objects.all().delete()
        self.jan_leaves()

        self.assertEqual(self.offered(), [])

    def test_whoever_said_yes_and_has_no_place_comes_before_a_maybe(self) -> None:
        late = make.person("Zadnji")
        make.entry(late, Status.AVAILABLE)

        self.jan_leaves()

        self.assertEqual(self.offer().person, late)

    def test_two_places_are_offered_to_two_people(self) -> None:
        other = make.person("Zala")
        make.entry(other, Status.MAYBE)
        self.say(self.eva, Status.NOT_PLAYING, at=after(5))

        self.jan_leaves()

        self.assertEqual({who for who, _state in self.offered()}, {self.dana, other})

    def test_it_runs_out_and_the_next_in_line_is_asked(self) -> None:
        other = make.person("Zala")
        make.entry(other, Status.MAYBE)
        self.jan_leaves()

        standby.reconcile(after(130))

        self.assertEqual(self.offered(), [(self.dana, State.EXPIRED), (other, State.OPEN)])

    def test_whoever_let_it_run_out_is_not_asked_about_the_same_place_again(self) -> None:
        self.jan_leaves()

        standby.reconcile(after(130))
        standby.reconcile(after(135))

        self.assertEqual(self.offered(), [(self.dana, State.EXPIRED)])

    def test_an_erased_persons_place_is_offered_too(self) -> None:
        leaving.forget_memberships(self.jan, after(5))
        self.jan.entries.all().delete()
        standby.reconcile(after(10))
        self.accept(self.dana, 20)

        self.assertEqual(self.teams()[0], [self.ana.pk, self.dana.pk, self.fran.pk])

    def test_a_place_is_kept_until_ten_minutes_after_the_start_at_most(self) -> None:
        self.say(self.jan, Status.NOT_PLAYING, at=make.at("21:08:30"))

        standby.reconcile(make.at("21:08:40"))

        self.assertEqual(self.offer().expires_at, make.at("21:10"))

    def test_ten_minutes_after_the_start_nobody_is_asked(self) -> None:
        self.say(self.jan, Status.NOT_PLAYING, at=make.at("21:09"))

        standby.reconcile(make.at("21:09:45"))

        self.assertEqual(self.offered(), [])

    def test_it_is_ended_even_after_midnight(self) -> None:
        self.jan_leaves()

        standby.reconcile(after(6 * 3600))

        self.assertEqual(self.offer().state, State.EXPIRED)

    def test_a_draft_that_begins_ends_what_is_offered(self) -> None:
        self.jan_leaves()
        drafting.start(
            person=self.ana, captain_a=self.ana.pk, captain_b=self.bor.pk, token=1, at=after(15)
        )

        standby.reconcile(after(16))

        self.assertEqual(self.offered(), [(self.dana, State.RETURNED)])

    def test_reading_takes_six_queries_however_many_there_are(self) -> None:
        for _number in range(10):
            make.entry(make.person(), Status.MAYBE)
        self.jan_leaves()

        with self.assertNumQueries(6):
            seen = places.of(self.room)
            names = [entry.person.name for entry in seen.waiting]

        self.assertEqual((len(names), len(seen.vacancies)), (11, 1))
