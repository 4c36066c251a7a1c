"""The community's own server with a raid on it, for tests of the pages."""

from django.test import Client, override_settings

from accounts.models import User
from planning.raids import queries
from tests.raids.stage import KAVARNA, RaidTestCase

at_home = override_settings(DISCORD_GUILD_ID=KAVARNA)
BOTH = {"day": ["Fri 27.11."], "time": ["20:00", "21:00"]}


@at_home
class AtHome(RaidTestCase):
    """Kavarna is the community's own server; ana plans Nanos there."""

    def setUp(self) -> None:
        super().setUp()
        self.raid = self.plan()
        self.here = f"/raids/{self.raid.pk}/"

    def page(self, who: User | None, path: str = "") -> str:
        client = Client()
        if who:
            client.force_login(who)
        return client.get(path or self.here).content.decode()

    def mine(self, who: User) -> tuple[list[str], list[str]]:
        board = queries.board(self.raid)
        return board.mine(who.pk, "day"), board.mine(who.pk, "time")
