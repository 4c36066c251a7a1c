"""Tonight's room, and people who ask for it through the JSON API."""

from typing import Any

from accounts.models import User
from tests.api.client import Caller
from tests.rooms.evening import RoomTestCase

PATH = "/api/planning/today"


def id_of(who: User) -> str:
    """Return what the API calls somebody."""
    return str(who.discord.discord_id)


class RoomCase(RoomTestCase):
    def setUp(self) -> None:
        super().setUp()
        # Signed in once, so that what is asked later changes nothing but the room.
        self.callers = {who.pk: Caller(who) for who in (self.ana, self.bor, self.jan)}

    def caller(self, who: User | None = None) -> Caller:
        who = who or self.bor
        return self.callers.get(who.pk) or Caller(who)

    def state(self, who: User | None = None) -> Any:
        return self.caller(who).get(PATH).json()

    def post(self, what: str, body: Any, who: User | None = None) -> Any:
        return self.caller(who).post(f"{PATH}/{what}", body)
