"""A raid that ends in the second in which its vote is posted: the vote says how it ended."""

import pytest

from botworker.models import Delivery, State
from botworker.standin.faults import Fault
from planning.raids import actions, keys
from planning.raids.models import Raid
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.raids_bot.playing import PLANNER, RaidCase

pytestmark = pytest.mark.slow


class EndedAtOnceTests(RaidCase):
    async def plan_now(self) -> Raid:
        return await call(self.begin)

    def begin(self) -> Raid:
        return actions.plan(
            guild=self.guild,
            actor=Actor(self.ana),
            dungeon="Nanos",
            days="x",
            times="y",
            min_players=1,
            at=clock.now(),
        ).raid

    async def cancel(self, raid: Raid) -> None:
        def verb() -> None:
            actions.cancel(raid_id=raid.pk, actor=Actor(self.ana), at=clock.now())

        await call(verb)

    async def closed(self, raid: Raid) -> None:
        await self.until(
            lambda: (
                len(self.posts(PLANNER)) == 1 and "is cancelled" in str(self.planner()["embeds"])
            ),
            60,
        )
        self.assertEqual(self.planner()["components"], [])

        async def left_alone() -> bool:
            return (await self.kept(keys.planner(raid.pk))).closed_at is not None

        await self.until(left_alone, 60)

    async def state(self, raid: Raid, *wanted: State) -> bool:
        found = Delivery.objects.filter(event_key=keys.planner(raid.pk), state__in=wanted)
        return await call(found.exists)

    async def test_promised_and_not_yet_said(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.plan_now()
            await self.until(
                lambda: self.state(raid, State.SCHEDULED, State.SENDING, State.SENT), 60
            )
            await self.cancel(raid)

            await self.closed(raid)

    async def test_while_discord_takes_its_time(self) -> None:
        async with self.night():
            await self.ready()
            slow = f"POST /channels/{PLANNER}/messages"
            self.standin.parts.faults.add(Fault(slow, "slow", seconds=2.0, times=1))
            raid = await self.plan_now()
            await self.until(lambda: self.state(raid, State.SENDING), 60)
            await self.cancel(raid)

            await self.closed(raid)

    async def test_posted_and_nobody_has_looked_where(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.plan_now()
            await self.until(lambda: bool(self.posts(PLANNER)), 60)
            await self.cancel(raid)

            await self.closed(raid)
