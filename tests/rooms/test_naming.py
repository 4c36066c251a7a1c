"""Suggesting team names and voting for them, as tonight's people do."""

from accounts.models import AuditEntry, User
from availability import queries
from availability.actions import NotLinked
from planning.rooms import reading
from planning.rooms.actions import naming
from planning.rooms.actions.naming import NameRefused, NameTaken, NoSuchName
from planning.rooms.actions.refusals import NoRoom, NotTheirs
from planning.rooms.models import Name, Room, Vote
from tests import make
from tests.cast import TONIGHT, SlomixTestCase
from tests.corpus import TEXTS, fingerprint, tables
from tests.rooms.evening import TODAY, RoomTestCase


class NamingCase(RoomTestCase):
    def suggest(self, who: User, text: str) -> Name:
        return naming.suggest(person=who, text=text, at=TONIGHT)

    def vote(self, who: User, name: Name) -> Vote:
        return naming.vote(person=who, name_id=name.pk, at=TONIGHT)

    def withdraw(self, who: User, name: Name) -> None:
        naming.withdraw_name(person=who, name_id=name.pk, at=TONIGHT)

    def votes(self) -> dict[str, int]:
        return {one.text: one.count for one in reading.named(self.room)}  # type: ignore[attr-defined]


class SuggestTests(NamingCase):
    def test_a_name_has_the_vote_of_whoever_suggests_it(self) -> None:
        self.suggest(self.bor, "  Panzer   Wolves ")

        self.assertEqual(self.votes(), {"Panzer Wolves": 1})

    def test_with_a_second_name_the_vote_goes_to_it(self) -> None:
        self.suggest(self.bor, "Wolves")

        self.suggest(self.bor, "Foxes")

        self.assertEqual(self.votes(), {"Foxes": 1, "Wolves": 0})

    def test_a_twin_is_refused_and_says_which_one_is_there(self) -> None:
        there = self.suggest(self.bor, "Alpha")
        before = fingerprint(tables())

        for twin in ("alpha", "ALPHA", "Аlpha", "Al\u200bpha", " Alpha "):
            with self.subTest(ascii(twin)), self.assertRaises(NameTaken) as refused:
                self.suggest(self.jan, twin)
            self.assertEqual(refused.exception.name, there)

        self.assertEqual(str(refused.exception), "Alpha is already there. Vote for it instead?")
        self.assertEqual(fingerprint(tables()), before)

    def test_whatever_is_sent_is_a_name_or_refused_in_words(self) -> None:
        for text in TEXTS:
            with self.subTest(ascii(text[:20])):
                Name.objects.all().delete()
                try:
                    kept = self.suggest(self.bor, text)
                except NameRefused as refused:
                    self.assertEqual(str(refused), "A team name has 2 to 48 characters.")
                    self.assertFalse(Name.objects.exists())
                else:
                    self.assertEqual(Name.objects.get().text, kept.text)

    def test_nobody_fills_the_room_with_names(self) -> None:
        for number in range(naming.MOST_OF_ONE):
            self.suggest(self.bor, f"Name {number}x")

        with self.assertRaises(NameRefused):
            self.suggest(self.bor, "One more")

        self.suggest(self.jan, "One more")

    def test_it_takes_a_player_and_an_open_room(self) -> None:
        with self.assertRaises(NotLinked):
            self.suggest(self.cene, "Alpha")
        midnight = queries.times(TODAY).ends_at
        with self.assertRaises(NoRoom):
            naming.suggest(person=self.bor, text="Alpha", at=midnight)
        self.assertEqual(self.votes(), {})


class VoteTests(NamingCase):
    def test_of_each_person_the_last_vote_counts(self) -> None:
        wolves, foxes = self.suggest(self.bor, "Wolves"), self.suggest(self.jan, "Foxes")

        self.vote(self.eva, foxes)
        self.vote(self.eva, wolves)
        self.vote(self.eva, wolves)

        self.assertEqual(self.votes(), {"Wolves": 2, "Foxes": 1})

    def test_it_can_be_taken_back(self) -> None:
        self.suggest(self.bor, "Wolves")

        self.assertTrue(naming.take_back_vote(person=self.bor, at=TONIGHT))
        self.assertFalse(naming.take_back_vote(person=self.bor, at=TONIGHT))

        self.assertEqual(self.votes(), {"Wolves": 0})

    def test_a_name_of_another_room_cannot_be_voted_for(self) -> None:
        self.suggest(self.bor, "Wolves")
        other = Room.objects.create(day=make.TONIGHT.date().replace(day=13), creator=self.ana)
        strange = Name.objects.create(
            room=other, person=self.bor, text="Old", folded="old", suggested_at=TONIGHT
        )
        before = fingerprint(tables())

        for number in (strange.pk, 0, -1, 2**31, 2**63, 2**64):
            with self.subTest(number), self.assertRaises(NoSuchName):
                naming.vote(person=self.jan, name_id=number, at=TONIGHT)

        self.assertEqual(fingerprint(tables()), before)

    def test_every_change_is_noticed_and_nothing_else(self) -> None:
        wolves = self.suggest(self.bor, "Wolves")
        seen = reading.version_of(TODAY)
        self.vote(self.bor, wolves)
        self.assertEqual(reading.version_of(TODAY), seen)

        self.vote(self.jan, wolves)

        self.assertGreater(reading.version_of(TODAY), seen)


class WithdrawTests(NamingCase):
    def test_ones_own_goes_while_nobody_else_voted(self) -> None:
        wolves = self.suggest(self.bor, "Wolves")

        self.withdraw(self.bor, wolves)

        self.assertEqual(self.votes(), {})
        self.suggest(self.jan, "wolves")

    def test_it_stays_once_others_voted(self) -> None:
        wolves = self.suggest(self.bor, "Wolves")
        self.vote(self.jan, wolves)

        with self.assertRaises(NameRefused):
            self.withdraw(self.bor, wolves)

        self.assertEqual(self.votes(), {"Wolves": 2})

    def test_nobody_takes_out_the_name_of_another(self) -> None:
        wolves = self.suggest(self.bor, "Wolves")

        with self.assertRaises(NotTheirs):
            self.withdraw(self.jan, wolves)

        self.assertEqual(self.votes(), {"Wolves": 1})

    def test_a_promoter_may_and_it_is_written_down_without_the_name(self) -> None:
        wolves = self.suggest(self.bor, "Wolves")
        self.vote(self.jan, wolves)

        self.withdraw(self.ana, wolves)

        self.assertEqual(self.votes(), {})
        entry = AuditEntry.objects.get(action="name_withdrawn")
        self.assertEqual(
            (entry.actor, entry.detail), (self.ana, {"room": self.room.pk, "votes": 2})
        )


class CostTests(SlomixTestCase):
    def test_reading_the_names_costs_the_same_for_one_and_for_thirty(self) -> None:
        """W36: names were looked up one by one."""
        room = Room.objects.create(day=TODAY, creator=self.ana)

        def fill(number: int) -> None:
            who = make.person(f"N{number}")
            Name.objects.create(
                room=room, person=who, text=f"T{number}", folded=f"t{number}", suggested_at=TONIGHT
            )

        fill(0)
        with self.assertNumQueries(1):
            [one.person.name for one in reading.named(room) if one.person]
        for number in range(1, 30):
            fill(number)
        with self.assertNumQueries(1):
            [one.person.name for one in reading.named(room) if one.person]
