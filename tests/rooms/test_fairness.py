"""What a split says about itself."""

from django.test import SimpleTestCase
from django.utils import translation

from planning.rooms import balance, fairness
from planning.rooms.balance import Player, standing
from tests.rooms.teams import club, players

FRIDAY = {
    "Čmrlj": 902,
    "Ana": 811,
    "Lojze": 774,
    "p0lnočni": 748,
    "saqr": 702,
    "n00dl3": 688,
    "Jazbec": 880,
    "ŠtefK": 833,
    "Žabar": 790,
    "Pepperoni": 741,
    "malca": 699,
    "Bor": 644,
}
NAMES = dict(enumerate(FRIDAY, 1))
PEOPLE = players(*(points / 1000 for points in FRIDAY.values()))


class GapTests(SimpleTestCase):
    def test_equal_sides_are_compared_by_their_sums(self) -> None:
        found = standing(PEOPLE, [1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12])

        self.assertEqual(fairness.apart(found), "38 points apart, in favour of A.")

    def test_in_a_draft_a_side_with_one_more_is_compared_per_player(self) -> None:
        found = standing(PEOPLE, [1, 2, 3, 4], [7, 8, 9])

        said = "Per player, B is 26 points ahead: 834 to 809. A has one player more."
        self.assertEqual(fairness.apart(found), said)

    def test_before_the_first_pick_of_a_side_nothing_is_compared(self) -> None:
        found = standing(PEOPLE, [1], [])

        self.assertEqual(fairness.apart(found), "A has one player more.")
        self.assertEqual(fairness.apart(standing(PEOPLE, [], [])), "Even.")

    def test_of_sides_that_differ_by_more_it_says_by_how_many(self) -> None:
        found = standing(players(1.0, 1.0, 1.0, 1.0), [1], [2, 3, 4])

        self.assertEqual(fairness.apart(found), "Even, per player. B has 2 players more.")

    def test_less_than_a_point_is_even(self) -> None:
        found = standing(players(1.0, 1.0004), [1], [2])

        self.assertEqual((found.ahead, fairness.apart(found)), ("B", "Even."))

    def test_one_point_is_one(self) -> None:
        found = standing(players(1.0, 1.001), [1], [2])

        self.assertEqual(fairness.apart(found), "1 point apart, in favour of B.")


class WhyTests(SimpleTestCase):
    def said(self, **wished: object) -> str:
        found = balance.split(PEOPLE, seed=2011, **wished)  # type: ignore[arg-type]
        return fairness.searched(found, NAMES)

    def test_it_is_the_best_of_all_that_keep_the_wishes(self) -> None:
        for said, wished in {
            "Best of the 462 splits.": {},
            "Best of the 210 splits that keep Ana and Lojze together.": {"together": [(2, 3)]},
            "Best of the 252 splits that keep a wish to play apart.": {"apart": [(2, 3)]},
            "Best of the 112 splits that keep all wishes.": {
                "together": [(2, 3)],
                "apart": [(1, 7)],
            },
        }.items():
            with self.subTest(said):
                self.assertEqual(self.said(**wished), said)

    def test_a_name_from_right_to_left_does_not_turn_the_sentence(self) -> None:
        found = balance.split(players(*[1.0] * 4), seed=1, together=[(1, 2)])

        said = fairness.searched(found, {1: "صقر الليل", 2: "Ana"})

        told = "The only split that keeps \u2068صقر الليل\u2069 and Ana together."
        self.assertEqual(said, told)

    def test_it_is_the_best_of_those_that_keep_as_many_as_can_be(self) -> None:
        said = self.said(together=[(2, 3), (3, 4)], apart=[(2, 4)])

        self.assertRegex(said, r"^Best of the \d+ splits that keep as many wishes as can be\.$")

    def test_a_large_number_is_grouped(self) -> None:
        found = balance.split(club(20, 1), seed=1)

        self.assertEqual(fairness.searched(found, {}), "Best of the 92,378 splits.")

    def test_where_not_all_were_compared_it_says_what_is_known(self) -> None:
        self.assertEqual(
            fairness.searched(balance.split(club(40, 1), seed=1), {}), "No split is fairer."
        )

    def test_two_have_no_choice(self) -> None:
        found = balance.split(players(1.0, 2.0), seed=1)

        self.assertEqual(fairness.searched(found, NAMES), "There is no other split.")
        self.assertEqual(fairness.others(found), "No other split is as fair.")

    def test_it_says_how_many_are_as_fair(self) -> None:
        found = balance.split(players(*[1.0] * 12), seed=1)

        self.assertEqual(fairness.others(found), "461 other splits are as fair.")

    def test_it_says_what_the_unrated_count_as(self) -> None:
        found = balance.split([*PEOPLE[:5], Player(77), Player(78)], seed=1)

        said = "2 without a rating count as 787 each, the others’ mean."
        self.assertEqual(fairness.unrated(found), said)
        self.assertEqual(fairness.unrated(balance.split(PEOPLE, seed=1)), "")


class UnkeptTests(SimpleTestCase):
    def said(self, **wished: object) -> list[str]:
        found = balance.split(PEOPLE, seed=1, **wished)  # type: ignore[arg-type]
        return fairness.unkept(found, NAMES)

    def test_what_stands_against_a_wish_is_named(self) -> None:
        said = self.said(together=[(2, 3)], captains=(2, 3))

        self.assertEqual(
            said, ["Not kept: Ana and Lojze together. The captains stand on different sides."]
        )

    def test_so_are_wishes_that_contradict_it(self) -> None:
        [said] = self.said(together=[(2, 3)], apart=[(2, 3)])

        together, apart = "Ana and Lojze together", "a wish to play apart"
        either = {
            f"Not kept: {x}. Against it: {y}." for x, y in ((together, apart), (apart, together))
        }
        self.assertIn(said, either)

    def test_so_is_the_size_of_a_side(self) -> None:
        [said] = self.said(together=[(1, other) for other in range(2, 8)])

        self.assertRegex(said, r"together\. The sides would not be equal in size\.$")

    def test_wishes_about_people_who_are_not_in_are_not_spoken_of(self) -> None:
        self.assertEqual(self.said(together=[(1, 99)], apart=[(2, 2)]), [])

    def test_every_sentence_can_be_said_in_every_language(self) -> None:
        found = balance.split(PEOPLE, seed=1, together=[(2, 3)], apart=[(2, 3)])
        with translation.override("sl"):
            for said in (fairness.apart(found.standing), fairness.searched(found, NAMES)):
                self.assertNotIn("%(", said)
