"""The bot is killed at ten points of a raid's life; every message ends right, once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from botworker.standin.faults import Fault
from planning.raids import actions, keys
from planning.raids.models import Raid
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.bot.journey import GUILD
from tests.raids_bot.playing import LIST, OTHER, PLANNER, SLOTS, RaidCase

pytestmark = pytest.mark.slow

Point = Callable[[], Awaitable[object]]


class KillTests(RaidCase):
    async def kill(self, after: float) -> None:
        """End the bot without a goodbye, and begin another one."""
        await asyncio.sleep(after)
        for task in [*self.bot._loops, *self.bot.keeper._flying]:
            task.cancel()
        if self.bot.drain:
            self.bot.drain.stop()
        self._running.cancel()
        await self.bot.http.close()
        await asyncio.wait([self._running], timeout=5)
        await self.stop_bot()
        await self.start_bot()

    def slow(self, route: str, seconds: float = 1.5) -> None:
        self.standin.parts.faults.add(Fault(route, "slow", seconds=seconds, times=1))

    def do(self, verb: Callable[..., object], **given: object) -> Point:
        """Return what commits something without the bot."""
        return lambda: call(lambda: verb(at=clock.now(), **given))

    async def play(self, at_point: int) -> None:
        """Play a raid; kill the bot at one point, a moment after it was committed."""
        raid = await call(self.begin)
        ana, admin = Actor(self.ana), Actor(self.ana, guild_admin=True)
        both = {"raid_id": raid.pk, "days": ["x"], "times": ["y"]}
        points: list[tuple[Point, float, str]] = [
            (self.do(lambda at: None), 0.0, ""),
            (self.do(lambda at: None), 0.6, f"POST /channels/{PLANNER}/messages"),
            (self.do(actions.set_votes, person=self.bor, **both), 0.0, ""),
            (
                self.do(actions.set_votes, person=self.ana, **both),
                1.6,
                f"POST /channels/{SLOTS}/messages",
            ),
            (self.do(lambda at: None), 2.2, f"POST /guilds/{GUILD}/roles"),
            (self.do(lambda at: None), 2.5, f"PATCH /channels/{PLANNER}/messages/*"),
            (self.do(actions.set_votes, person=self.cene, **both), 2.0, ""),
            (
                self.do(
                    actions.set_settings,
                    guild=self.guild,
                    actor=admin,
                    participants_channel_id=OTHER,
                ),
                0.8,
                f"POST /channels/{OTHER}/messages",
            ),
            (self.do(lambda at: None), 0.3, f"DELETE /channels/{SLOTS}/messages/*"),
            (
                self.do(actions.finish, raid_id=raid.pk, actor=ana),
                0.5,
                f"PATCH /channels/{PLANNER}/messages/*",
            ),
        ]
        for number, (commit, after, route) in enumerate(points):
            if number == at_point and route:
                self.slow(route)
            if number == at_point == len(points) - 1:
                # A vote that nobody ever saw need not say how it ended.
                await self.settled(keys.planner(raid.pk))
            await commit()
            if number == at_point:
                await self.kill(after)

    def begin(self) -> Raid:
        at = clock.now()
        return actions.plan(
            guild=self.guild,
            actor=Actor(self.ana),
            dungeon="Nanos",
            days="x",
            times="y",
            min_players=2,
            at=at,
        ).raid

    async def ends_right(self) -> None:
        # Whatever was held by the bot that died is free again.
        self.go_to("19:31:30")
        await self.until(lambda: len(self.posts(PLANNER)) == 1 and "is done" in self.said(), 25)
        await self.until(lambda: "No open raid" in "".join(self.texts(LIST)), 25)
        await self.until(lambda: not self.posts(SLOTS) and not self.posts(OTHER), 25)
        await self.until(lambda: "Raid #1: Nanos" not in self.role_names(), 25)
        self.assertEqual(len(self.posts(LIST)), 1)

    def role_names(self) -> set[str]:
        return {one["name"] for one in self.standin.parts.store.guilds.roles[GUILD].values()}


def _at(point: int) -> Callable[[KillTests], Awaitable[None]]:
    async def test(self: KillTests) -> None:
        async with self.night():
            await self.play(point)
            await self.ends_right()

    return test


for _point in range(10):
    setattr(KillTests, f"test_killed_at_point_{_point}", _at(_point))
