from collections import Counter
from datetime import timedelta

import pytest

from accounts.models import AuditEntry, User
from availability import actions as answers
from availability.models import Status
from planning.rooms import reading
from planning.rooms.actions import lineups, naming, opening, teams, wishes
from planning.rooms.actions.refusals import Refused
from planning.rooms.models import Lineup, Member, Name, Room, Team, Vote, Wish
from slomix import person
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase
from tests.concurrency.together import together
from tests.rooms.evening import TODAY, RoomLiveTestCase

TIMES = 50


def kinds(found: list[object]) -> Counter[str]:
    """Count what the threads got, by its type."""
    return Counter(type(one).__name__ for one in found)


@pytest.mark.postgresql
class OpeningRaceTests(SlomixLiveTestCase):
    def test_fifty_creates_at_once_make_one_room(self) -> None:
        """W31: whoever came second made a thread of their own and was told that they had opened it."""
        people = [make.person() for _n in range(TIMES)]
        for who in people[:6]:
            make.entry(who)

        found = together(TIMES, lambda n: opening.open_room(person=people[n], at=TONIGHT))

        opened = [one for one in found if isinstance(one, opening.Opened)]
        self.assertEqual(len(opened), TIMES, kinds(found))
        self.assertEqual(sum(one.created for one in opened), 1)
        self.assertEqual({one.room.pk for one in opened}, {Room.objects.get().pk})
        winner = next(one for one in opened if one.created)
        self.assertEqual(Room.objects.get().creator, winner.room.creator)
        self.assertEqual(AuditEntry.objects.filter(action="room_opened").count(), 1)


@pytest.mark.postgresql
class RoomRaceTests(RoomLiveTestCase):
    """What happens in a room at the same instant, on a database where it really does."""

    def test_fifty_votes_of_one_person_are_one_vote(self) -> None:
        names = [
            naming.suggest(person=who, text=f"Name {n}", at=TONIGHT)
            for n, who in enumerate((self.jan, self.eva))
        ]

        found = together(
            TIMES,
            lambda n: naming.vote(person=self.bor, name_id=names[n % 2].pk, at=TONIGHT),
        )

        self.assertEqual(kinds(found), {"Vote": TIMES})
        self.assertEqual(Vote.objects.filter(person=self.bor).count(), 1)
        self.assertEqual(Vote.objects.count(), 3)

    def test_fifty_people_vote_and_no_vote_is_lost(self) -> None:
        people = [make.person() for _n in range(TIMES)]
        name = naming.suggest(person=self.jan, text="Wolves", at=TONIGHT)
        before = Room.objects.get().version

        found = together(
            TIMES, lambda n: naming.vote(person=people[n], name_id=name.pk, at=TONIGHT)
        )

        self.assertEqual(kinds(found), {"Vote": TIMES})
        self.assertEqual(reading.named(self.room)[0].count, TIMES + 1)  # type: ignore[attr-defined]
        self.assertEqual(Room.objects.get().version, before + TIMES)

    def test_of_fifty_twins_one_is_the_name(self) -> None:
        people = [make.person() for _n in range(TIMES)]
        twins = ("Alpha", "ALPHA", "Аlpha", "Al\u200bpha")

        found = together(
            TIMES, lambda n: naming.suggest(person=people[n], text=twins[n % 4], at=TONIGHT)
        )

        self.assertEqual(kinds(found), {"Name": 1, "NameTaken": TIMES - 1})
        self.assertEqual((Name.objects.count(), Vote.objects.count()), (1, 1))

    def test_fifty_saves_on_one_token_have_one_winner_and_lose_nothing(self) -> None:
        """W4: two who saved at once deleted each other's teams."""
        first = self.save_teams()
        there = list(Member.objects.filter(lineup=first).values_list("pk", flat=True))
        editors = [make.person(f"Editor {n}", promoter=True) for n in range(TIMES)]

        found = together(
            TIMES,
            lambda n: teams.save(
                person=editors[n],
                a=[self.ana.pk, self.jan.pk],
                b=[self.bor.pk, self.eva.pk],
                captain_a=self.ana.pk,
                captain_b=self.bor.pk,
                token=1,
                at=TONIGHT,
            ),
        )

        self.assertEqual(kinds(found), {"Lineup": 1, "Stale": TIMES - 1})
        winner = next(one for one in found if isinstance(one, Lineup))
        self.assertEqual(winner.number, 2)
        self.assertEqual((Lineup.objects.count(), Team.objects.count()), (2, 4))
        self.assertEqual(Member.objects.filter(lineup=winner).count(), 4)
        self.assertEqual(
            list(Member.objects.filter(lineup=first).values_list("pk", flat=True)), there
        )
        refused = next(str(one) for one in found if not isinstance(one, Lineup))
        self.assertIn(winner.by.name, refused)  # type: ignore[union-attr]
        self.assertEqual(AuditEntry.objects.filter(action="teams_saved").count(), 1)

    def test_ten_who_go_on_from_what_they_were_told_all_save_in_turn(self) -> None:
        def insist(number: int) -> int:
            for tries in range(1, 200):
                try:
                    teams.move(
                        person=self.ana,
                        who=self.six[number % 6].pk,
                        side="AB"[number % 2],
                        token=lineups.newest(self.room),
                        at=TONIGHT,
                    )
                except Refused:
                    continue
                return tries
            return 0

        found = together(10, insist)

        self.assertFalse([one for one in found if not isinstance(one, int) or not one], found)
        numbers = list(Lineup.objects.order_by("number").values_list("number", flat=True))
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertEqual(set().union(*self.teams()), {who.pk for who in self.six})

    def test_balancing_and_saving_at_once_leave_whole_teams(self) -> None:
        def both(number: int) -> object:
            if number % 2:
                return teams.balance(person=self.ana, token=0, seed=number, at=TONIGHT)
            return teams.move(person=self.ana, who=self.bor.pk, side="A", token=0, at=TONIGHT)

        found = together(TIMES, both)

        self.assertEqual(kinds(found), {"Lineup": 1, "Stale": TIMES - 1})
        winner = Lineup.objects.get()
        whole = 6 if winner.how == Lineup.How.BALANCED else 1
        self.assertEqual(Member.objects.filter(lineup=winner).count(), whole)

    def test_two_wishes_about_a_pair_are_one(self) -> None:
        def wish(number: int) -> Wish:
            one, two = (self.jan, self.eva) if number % 2 else (self.eva, self.jan)
            kind = "apart" if number % 2 else "together"
            return wishes.wish(person=one, first=one.pk, second=two.pk, kind=kind, at=TONIGHT)

        found = together(TIMES, wish)

        self.assertEqual(kinds(found), {"Wish": TIMES})
        self.assertEqual(Wish.objects.count(), 1)

    def test_coming_voting_saving_stepping_out_and_leaving_for_good_end_all(self) -> None:
        """Nobody waits for somebody who waits for them, and whoever left has left no trace."""
        name = naming.suggest(person=self.jan, text="Wolves", at=TONIGHT)
        newcomers = [make.person() for _n in range(10)]

        def vote_or_suggest(number: int, who: User) -> object:
            if number % 2:
                return naming.suggest(person=who, text=f"Name {number}", at=TONIGHT)
            return naming.vote(person=who, name_id=name.pk, at=TONIGHT)

        def something(number: int) -> object:
            who = newcomers[number // 5]
            return (
                lambda: opening.join(person=who, at=TONIGHT),
                lambda: vote_or_suggest(number, who),
                lambda: teams.move(
                    person=self.ana,
                    who=who.pk,
                    side="A",
                    token=lineups.newest(self.room),
                    at=TONIGHT,
                ),
                lambda: answers.answer(
                    person=who, day=TODAY, status=Status.NOT_PLAYING, at=TONIGHT + timedelta(1e-5)
                ),
                lambda: person.erase(person=who, at=TONIGHT, signed_in_at=TONIGHT),
            )[number % 5]()

        found = together(TIMES, something)

        wrong = {type(one).__name__ for one in found if isinstance(one, Exception)}
        self.assertLessEqual(wrong, {"Stale", "TeamsRefused", "NotLinked"}, found)
        self.assertFalse(Vote.objects.filter(person__in=newcomers).exists())
        self.assertFalse(Member.objects.filter(person__in=newcomers).exists())
        self.assertFalse(Name.objects.filter(person__in=newcomers).exists())
