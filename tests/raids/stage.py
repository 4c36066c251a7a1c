"""A server on which raids are planned, for tests: Kavarna, with its three channels.

Ana plans, bor and cene vote; cene has no player, which raids do not ask for.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from accounts.models import Guild, User
from planning.raids import actions, queries
from planning.raids.models import Dungeon, Option, Raid
from planning.raids.policy import Actor
from tests import make
from tests.cast import TONIGHT, SlomixLiveTestCase, SlomixTestCase

KAVARNA = 1_098_115_000_000_000_001
PLANNER, PARTICIPANTS, RAIDLIST = KAVARNA + 1, KAVARNA + 2, KAVARNA + 3
# A Friday, and the day after it.
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


def server(discord_id: int = KAVARNA, name: str = "Kavarna", **wishes: Any) -> Guild:
    """Make a server whose admin has chosen the channels."""
    guild = actions.guild_joined(discord_id=discord_id, name=name, at=TONIGHT)
    chosen = {
        "planner_channel_id": discord_id + 1,
        "participants_channel_id": discord_id + 2,
        "raidlist_channel_id": discord_id + 3,
    }
    admin = Actor(make.person("Upravnik"), guild_admin=True)
    actions.set_settings(guild=guild, actor=admin, at=TONIGHT, **chosen | wishes)
    return Guild.objects.get(pk=guild.pk)


def plan(**other: Any) -> Raid:
    """Plan Nanos: Friday or Saturday, at eight or at nine, unless told otherwise."""
    asked: dict[str, Any] = {
        "dungeon": "Nanos",
        "days": "Fri 27.11., Sat 28.11.",
        "times": "20:00, 21:00",
        "min_players": 2,
        "at": TONIGHT,
    }
    return actions.plan(**asked | other).raid


class Planning:
    """What every test of raids stands on; beside `SlomixTestCase`."""

    def setUp(self) -> None:
        super().setUp()  # type: ignore[misc]
        self.guild = server()
        self.admin = Actor(make.person("Aljaž"), guild_admin=True)

    def plan(self, by: User | None = None, **other: Any) -> Raid:
        """Plan it on Kavarna, as ana unless told otherwise."""
        asked: dict[str, Any] = {
            "guild": self.guild,
            "actor": Actor(by or self.ana),  # type: ignore[attr-defined]
        }
        return plan(**asked | other)

    def vote(
        self,
        raid: Raid,
        who: User,
        days: Iterable[str],
        times: Iterable[str],
        at: datetime = TONIGHT,
    ) -> None:
        """Let somebody vote for exactly these."""
        actions.set_votes(raid_id=raid.pk, person=who, days=days, times=times, at=at)

    def option(self, raid: Raid, label: str) -> Option:
        return Option.objects.get(raid=raid, label=label)

    def slots(self, raid: Raid) -> dict[tuple[str, str], list[str]]:
        """Return the slots that stand, by their labels, with names."""
        board = queries.board(queries.raids().get(pk=raid.pk))
        return {
            (slot.day.label, slot.time.label): board.names(slot.members) for slot in board.standing
        }


class RaidTestCase(Planning, SlomixTestCase):
    """Everything is rolled back after each test."""


class RaidLiveTestCase(Planning, SlomixLiveTestCase):
    """For races: threads must see what is committed."""

    def setUp(self) -> None:
        bring_back()
        super().setUp()


def bring_back() -> None:
    """What came with a migration is gone once the tables were emptied after a test."""
    if not Dungeon.objects.exists():
        actions.save_dungeon(name="Nanos", short_code="NAN", sort_order=1)
        actions.save_dungeon(name="Skull", short_code="SKL", sort_order=2)
