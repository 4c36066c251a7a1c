"""Who would like to play together, or apart."""

from accounts.models import User
from availability.actions import NotLinked
from availability.models import Status
from planning.rooms import reading
from planning.rooms.actions import wishes
from planning.rooms.actions.refusals import NoRoom, NotTheirs
from planning.rooms.actions.wishes import WishRefused
from planning.rooms.models import Wish
from tests.cast import TONIGHT
from tests.corpus import fingerprint, tables
from tests.rooms.evening import TODAY, RoomTestCase, after


class WishCase(RoomTestCase):
    def wish(self, who: User, one: int, two: int, kind: str = "together") -> Wish:
        return wishes.wish(person=who, first=one, second=two, kind=kind, at=TONIGHT)

    def back(self, who: User, one: User, two: User) -> bool:
        return wishes.unwish(person=who, first=one.pk, second=two.pk, at=TONIGHT)

    def all(self) -> list[tuple[int, int, str]]:
        return list(Wish.objects.order_by("pk").values_list("first", "second", "kind"))


class WishingTests(WishCase):
    def test_everybody_wishes_for_themselves_and_somebody_else(self) -> None:
        seen = reading.version_of(TODAY)

        self.wish(self.jan, self.jan.pk, self.bor.pk)

        self.assertEqual(self.all(), [(self.bor.pk, self.jan.pk, "together")])
        self.assertGreater(reading.version_of(TODAY), seen)

    def test_a_pair_has_one_wish_the_last_one_said(self) -> None:
        self.wish(self.jan, self.jan.pk, self.bor.pk)

        self.wish(self.bor, self.bor.pk, self.jan.pk, "apart")

        self.assertEqual(self.all(), [(self.bor.pk, self.jan.pk, "apart")])

    def test_an_editor_wishes_for_any_two(self) -> None:
        self.wish(self.ana, self.jan.pk, self.dana.pk, "apart")

        self.assertEqual(len(self.all()), 1)

    def test_other_peoples_pairs_strangers_and_nonsense_are_refused(self) -> None:
        self.say(self.gaja, Status.NOT_PLAYING)
        before = fingerprint(tables())
        jan, bor, eva = self.jan.pk, self.bor.pk, self.eva.pk
        for who, one, two, kind, refusal in (
            (self.jan, bor, eva, "together", NotTheirs),
            (self.jan, jan, jan, "together", WishRefused),
            (self.jan, jan, bor, "near", WishRefused),
            (self.jan, jan, bor, "", WishRefused),
            (self.jan, jan, self.gaja.pk, "apart", WishRefused),
            (self.jan, jan, self.cene.pk, "apart", WishRefused),
            (self.jan, jan, 2**64, "apart", WishRefused),
            (self.jan, jan, -1, "apart", WishRefused),
            (self.cene, self.cene.pk, bor, "apart", NotLinked),
        ):
            with self.subTest(f"{who} {one} {two} {kind}"), self.assertRaises(refusal):
                self.wish(who, one, two, kind)
        with self.assertRaises(NoRoom):
            wishes.wish(person=self.jan, first=jan, second=bor, kind="apart", at=after(24 * 3600))

        self.assertEqual(fingerprint(tables()), before)

    def test_three_from_one_person_are_enough(self) -> None:
        for other in (self.ana, self.bor, self.eva):
            self.wish(self.jan, self.jan.pk, other.pk)

        with self.assertRaises(WishRefused):
            self.wish(self.jan, self.jan.pk, self.fran.pk)

        self.wish(self.jan, self.jan.pk, self.eva.pk, "apart")
        self.assertEqual(len(self.all()), 3)


class TakingBackTests(WishCase):
    def test_whoever_made_it_either_of_the_two_and_editors_take_it_back(self) -> None:
        for who in (self.jan, self.bor, self.ana):
            with self.subTest(who.name):
                self.wish(self.jan, self.jan.pk, self.bor.pk)

                self.assertTrue(self.back(who, self.bor, self.jan))
                self.assertEqual(self.all(), [])

    def test_nobody_else_does(self) -> None:
        self.wish(self.jan, self.jan.pk, self.bor.pk)

        with self.assertRaises(NotTheirs):
            self.back(self.eva, self.jan, self.bor)

        self.assertEqual(len(self.all()), 1)

    def test_one_that_is_not_there_is_no_fault(self) -> None:
        self.assertFalse(self.back(self.jan, self.jan, self.bor))
