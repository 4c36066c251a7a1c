"""An evening with a room in it: ana opened it, bor and four others look, dana is a maybe."""

from datetime import datetime, timedelta

from accounts.models import Player, User
from availability import actions as answers
from availability.models import Status
from planning.rooms.actions import lineups, opening
from planning.rooms.actions.lineups import Sides
from planning.rooms.models import Lineup, Room
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase, SlomixTestCase, Stage

TODAY = TONIGHT.date()


def after(seconds: float) -> datetime:
    """Return an instant so long after half past seven."""
    return TONIGHT + timedelta(seconds=seconds)


def rate(who: User, rating: float | None) -> User:
    """Give somebody's player a rating."""
    Player.objects.filter(link__user=who).update(rating=rating)
    return User.objects.with_identity().get(pk=who.pk)


class RoomStage(Stage):
    """Six look, rated from 0.900 down by 0.05: ana, bor, jan, eva, fran, gaja; dana is a maybe."""

    def setUp(self) -> None:
        super().setUp()
        self.jan, self.eva, self.fran, self.gaja = (
            make.person(name) for name in ("Jan", "Eva", "Fran", "Gaja")
        )
        self.dana = make.person("Dana")
        self.six = (self.ana, self.bor, self.jan, self.eva, self.fran, self.gaja)
        for number, who in enumerate(self.six):
            rate(who, 0.9 - 0.05 * number)
            make.entry(who, since=TONIGHT - timedelta(minutes=60 - number))
        make.entry(self.dana, Status.MAYBE)
        self.room: Room = opening.open_room(person=self.ana, at=TONIGHT).room

    def save(self, a: tuple[User, ...], b: tuple[User, ...], *, at: datetime = TONIGHT) -> Lineup:
        """Save two teams, the first of each its captain."""
        sides = Sides(
            [who.pk for who in a], [who.pk for who in b], captain_a=a[0].pk, captain_b=b[0].pk
        )
        return lineups.write(
            self.room,
            sides,
            token=lineups.newest(self.room),
            by=self.ana,
            at=at,
            how=Lineup.How.BY_HAND,
        )

    def save_teams(self) -> Lineup:
        """Save ana, jan, fran against bor, eva, gaja."""
        return self.save((self.ana, self.jan, self.fran), (self.bor, self.eva, self.gaja))

    def say(self, who: User, status: str, *, at: datetime = TONIGHT) -> None:
        """Let somebody answer for tonight."""
        answers.answer(person=who, day=TODAY, status=status, at=at)

    def teams(self) -> tuple[list[int | None], list[int | None]]:
        """Return the people of the line-up that holds, by number: A, B."""
        lineup = Lineup.objects.filter(room=self.room).latest("number")
        sides = lineups.sides_of(lineup)
        return list(sides.a), list(sides.b)


class RoomTestCase(RoomStage, SlomixTestCase):
    """Everything is rolled back after each test."""


class RoomLiveTestCase(RoomStage, SlomixLiveTestCase):
    """For tests whose threads must see what is committed."""
