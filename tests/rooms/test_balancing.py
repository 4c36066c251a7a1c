"""Balancing tonight's people: whom it takes, what it knows of them, and what it saves."""

from datetime import timedelta

from accounts.models import Player, PlayerLink, User
from availability.models import Entry, Status
from planning.rooms import pool, why
from planning.rooms.actions import lineups, teams, wishes
from planning.rooms.actions.lineups import Sides
from planning.rooms.actions.refusals import Stale
from planning.rooms.actions.teams import NotAnEditor, TeamsRefused
from planning.rooms.balance import Reason
from planning.rooms.models import Lineup, Room
from tests import make
from tests.cast import TONIGHT
from tests.corpus import fingerprint, tables
from tests.rooms.evening import TODAY, RoomTestCase, rate


class BalanceCase(RoomTestCase):
    def balance(self, seed: int | None = 7, token: int | None = None) -> Lineup:
        token = lineups.newest(self.room) if token is None else token
        return teams.balance(person=self.ana, token=token, seed=seed, at=TONIGHT)

    def wish(self, one: User, two: User, kind: str) -> None:
        wishes.wish(person=self.ana, first=one.pk, second=two.pk, kind=kind, at=TONIGHT)

    def mates(self) -> list[set[int | None]]:
        return [set(side) for side in self.teams()]

    def earlier(self, ago: int, *captains: User) -> None:
        """Let teams of Eva, Fran, Jan and Gaja have played some evenings ago."""
        room = Room.objects.create(day=TODAY - timedelta(days=ago), creator=self.ana)
        a, b = captains
        sides = Sides([a.pk], [b.pk], captain_a=a.pk, captain_b=b.pk)
        for token in range(2):
            lineups.write(room, sides, token=token, by=None, at=TONIGHT, how="by hand")


class FairTests(BalanceCase):
    def test_sides_are_equal_in_size_whatever_the_ratings(self) -> None:
        """W33: ratings of 10, 1, 1 and 1 made one against three."""
        Entry.objects.exclude(person__in=(self.ana, self.bor, self.jan, self.eva)).delete()
        for who, rating in ((self.ana, 10.0), (self.bor, 1.0), (self.jan, 1.0), (self.eva, 1.0)):
            rate(who, rating)

        self.balance()

        self.assertEqual([len(side) for side in self.teams()], [2, 2])

    def test_it_takes_who_said_yes_and_leaves_standby_where_it_is(self) -> None:
        self.say(self.jan, Status.AVAILABLE)

        self.balance()

        everybody = set().union(*self.mates())
        self.assertEqual(everybody, {who.pk for who in self.six})

    def test_ratings_count_as_they_are_shown(self) -> None:
        """902.4 and 901.6 points look alike, so “balance again” may exchange the two."""
        rate(self.ana, 0.9024)
        rate(self.bor, 0.9016)

        shown = {player.key: player.rating for player in pool.players(pool.people(TODAY))}

        self.assertEqual([shown[self.ana.pk], shown[self.bor.pk]], [0.902, 0.902])

    def test_the_same_seed_makes_the_same_teams_and_is_kept_with_the_reason(self) -> None:
        first = self.balance(seed=7)
        there = self.teams()
        self.balance(seed=8)
        again = self.balance(seed=7)

        self.assertEqual(self.teams(), there)
        self.assertEqual((first.seed, first.how, again.number), (7, "balanced", 3))
        told = why.unpack(first.why)
        assert told is not None
        self.assertEqual((told.seed, told.possible, told.proved), (7, 10, True))

    def test_without_a_seed_there_is_one_all_the_same(self) -> None:
        found = self.balance(seed=None)

        assert found.seed is not None
        there = self.teams()
        self.balance(seed=found.seed)
        self.assertEqual(self.teams(), there)

    def test_ratings_that_are_no_numbers_or_missing_count_as_none(self) -> None:
        rate(self.jan, None)
        Player.objects.filter(link__user=self.eva).update(rating=float("inf"))
        PlayerLink.objects.filter(user=self.fran).delete()

        found = teams.proposal(TODAY, 7)

        assert found.split is not None
        self.assertEqual(
            found.split.unrated, tuple(sorted(w.pk for w in (self.jan, self.eva, self.fran)))
        )
        self.assertEqual(found.rated, 3)

    def test_of_more_than_fit_the_first_forty_are_taken(self) -> None:
        for _n in range(40):
            make.entry(make.person(), since=TONIGHT)

        self.balance()

        self.assertEqual([len(side) for side in self.teams()], [20, 20])
        self.assertTrue({who.pk for who in self.six} <= set().union(*self.mates()))

    def test_a_proposal_costs_the_same_for_six_and_for_forty(self) -> None:
        """W36: ratings were looked up one by one."""
        self.earlier(3, self.eva, self.fran)
        with self.assertNumQueries(5):
            teams.proposal(TODAY, 7)
        for _n in range(34):
            make.entry(make.person())

        with self.assertNumQueries(5):
            teams.proposal(TODAY, 7)

    def test_it_is_refused_to_others_on_old_teams_and_with_nobody_there(self) -> None:
        before = fingerprint(tables())
        with self.assertRaises(NotAnEditor):
            teams.balance(person=self.bor, token=0, seed=1, at=TONIGHT)
        with self.assertRaises(Stale):
            self.balance(token=3)
        for seed in (-1, 2**31, 2**64):
            with self.subTest(seed), self.assertRaises(TeamsRefused):
                self.balance(seed=seed)
        self.assertEqual(fingerprint(tables()), before)

        Entry.objects.exclude(person=self.ana).delete()
        with self.assertRaises(TeamsRefused) as refused:
            self.balance()
        self.assertEqual(str(refused.exception), "Teams need at least two people who said yes.")


class WishTests(BalanceCase):
    def test_wishes_are_kept(self) -> None:
        self.wish(self.ana, self.bor, "together")
        self.wish(self.jan, self.eva, "apart")

        self.balance()

        self.assertIn(True, [{self.ana.pk, self.bor.pk} <= side for side in self.mates()])
        self.assertNotIn(True, [{self.jan.pk, self.eva.pk} <= side for side in self.mates()])

    def test_one_that_cannot_be_kept_is_named_with_the_reason(self) -> None:
        self.wish(self.ana, self.bor, "together")
        self.wish(self.bor, self.jan, "together")
        self.wish(self.ana, self.jan, "apart")

        told = why.unpack(self.balance().why)

        assert told is not None
        self.assertEqual([one.reason for one in told.unkept], [Reason.CONTRADICTION])


class CaptainTests(BalanceCase):
    def test_the_captains_of_the_last_evenings_have_a_rest(self) -> None:
        found = lineups.sides_of(self.balance())
        assert found.captain_a is not None and found.captain_b is not None
        best = User.objects.in_bulk([found.captain_a, found.captain_b])
        self.earlier(7, *best.values())

        again = lineups.sides_of(self.balance())

        self.assertEqual((again.a, again.b), (found.a, found.b))
        self.assertFalse({again.captain_a, again.captain_b} & set(best))

    def test_only_the_teams_that_held_at_the_end_of_an_evening_count(self) -> None:
        self.earlier(2, self.eva, self.fran)
        self.earlier(9, self.jan, self.bor)
        self.earlier(-1, self.gaja, self.ana)

        self.assertEqual(
            pool.history(TODAY), [{self.jan.pk, self.bor.pk}, {self.eva.pk, self.fran.pk}]
        )
        self.assertEqual(
            pool.earlier(TODAY),
            [([self.jan.pk], [self.bor.pk]), ([self.eva.pk], [self.fran.pk])],
        )

    def test_tonights_own_teams_are_no_history(self) -> None:
        self.save_teams()

        self.assertEqual((pool.history(TODAY), pool.earlier(TODAY)), ([], []))
