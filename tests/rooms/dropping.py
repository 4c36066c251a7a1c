"""Teams that somebody drops out of."""

from accounts.models import User
from availability.models import Status
from planning.rooms.actions import standby
from planning.rooms.models import Offer
from tests.rooms.evening import RoomTestCase, after


class StandbyStage(RoomTestCase):
    """Teams stand; then jan (of A) says no, and it is 10 s later."""

    def setUp(self) -> None:
        super().setUp()
        self.save_teams()

    def jan_leaves(self) -> None:
        self.say(self.jan, Status.NOT_PLAYING, at=after(5))
        standby.reconcile(after(10))

    def offer(self) -> Offer:
        return Offer.objects.latest("pk")

    def offered(self) -> list[tuple[User | None, str]]:
        return [(one.person, one.state) for one in Offer.objects.order_by("pk")]

    def accept(self, who: User, seconds: float) -> standby.Taken:
        return standby.accept(person=who, offer_id=self.offer().pk, at=after(seconds))
