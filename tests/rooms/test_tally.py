"""Which names lead, which are level, and what the teams are called."""

from planning.rooms import reading, tally
from planning.rooms.actions import naming
from tests import make
from tests.cast import TONIGHT
from tests.rooms.evening import RoomTestCase, after


class TallyTests(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.names = [
            naming.suggest(person=who, text=text, at=after(number))
            for number, (who, text) in enumerate(
                ((self.bor, "Wolves"), (self.jan, "Foxes"), (self.eva, "Badgers"))
            )
        ]

    def votes(self, *wanted: int) -> None:
        """Let so many more people vote for each name."""
        for name, number in zip(self.names, wanted, strict=True):
            for _n in range(number):
                naming.vote(person=make.person(), name_id=name.pk, at=TONIGHT)

    def level(self) -> dict[str, bool]:
        return {one.name.text: one.tie for one in tally.of(reading.named(self.room))}

    def winners(self) -> tuple[str, str]:
        return tally.winners(reading.named(self.room))

    def test_the_two_best_win_the_best_for_a(self) -> None:
        self.votes(0, 2, 1)

        self.assertEqual(self.winners(), ("Foxes", "Badgers"))
        self.assertEqual(set(self.level().values()), {False})

    def test_a_tie_is_shown_as_one_and_the_older_stands_first(self) -> None:
        self.votes(0, 1, 1)

        self.assertEqual(self.level(), {"Foxes": True, "Badgers": True, "Wolves": False})
        self.assertEqual(self.winners(), ("Foxes", "Badgers"))

    def test_all_can_be_level(self) -> None:
        self.assertEqual(set(self.level().values()), {True})
        self.assertEqual(self.winners(), ("Wolves", "Foxes"))

    def test_a_name_nobody_votes_for_wins_nothing_and_is_no_tie(self) -> None:
        for who in (self.bor, self.jan):
            naming.take_back_vote(person=who, at=TONIGHT)

        self.assertEqual(set(self.level().values()), {False})
        self.assertEqual(self.winners(), ("Badgers", ""))

    def test_of_no_names_there_is_no_winner(self) -> None:
        self.assertEqual(tally.winners([]), ("", ""))
