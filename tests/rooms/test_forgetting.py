"""What rooms forget by themselves, and what they keep."""

from datetime import timedelta

from availability.models import Status
from planning.rooms.actions import standby, wishes
from planning.rooms.models import Came, InThread, Lineup, Member, Offer, Wish
from slomix import person
from tests.cast import TONIGHT
from tests.rooms.evening import RoomTestCase, after


class ForgettingTests(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.save_teams()
        wishes.wish(
            person=self.ana, first=self.bor.pk, second=self.jan.pk, kind="apart", at=after(1)
        )
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))
        standby.reconcile(after(10))
        Came.objects.create(room=self.room, person=self.ana, first_at=after(1), last_at=after(2))

    def retain(self, days: int) -> dict[str, int]:
        return person.retain(TONIGHT + timedelta(days=days))

    def test_for_thirty_days_all_is_there(self) -> None:
        self.retain(30)

        self.assertEqual((Wish.objects.count(), Offer.objects.count()), (1, 1))

    def test_then_wishes_and_offers_are_forgotten(self) -> None:
        found = self.retain(31)

        self.assertEqual((found["wishes"], found["offers"], found["came"]), (1, 1, 0))
        self.assertFalse(Wish.objects.exists() or Offer.objects.exists())

    def test_then_it_is_forgotten_who_was_let_into_the_thread(self) -> None:
        InThread.objects.create(room=self.room, person=self.bor, discord_id=1, since=TONIGHT)

        self.assertEqual([self.retain(days)["threads"] for days in (29, 31)], [0, 1])

    def test_after_a_year_nobody_knows_who_came(self) -> None:
        self.assertEqual(self.retain(366)["came"], 1)

    def test_the_teams_stay(self) -> None:
        self.retain(4000)

        self.assertEqual((Lineup.objects.count(), Member.objects.count()), (1, 6))
