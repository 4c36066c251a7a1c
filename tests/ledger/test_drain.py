import asyncio

import time_machine

from botworker.channels import Refusal, Said, Verdict
from botworker.channels.memory import MemoryChannel
from botworker.claims import Job
from botworker.drain import Drain
from botworker.models import Delivery
from slomix.lib.bridge import call
from tests import make
from tests.cast import SlomixTestCase
from tests.ledger.ledger import promise


class DrainTests(SlomixTestCase):
    async def drain(self, channel: MemoryChannel, wall: str, steps: int = 1) -> None:
        with time_machine.travel(make.at(wall), tick=False):
            drain = Drain(channel)
            for _step in range(steps):
                await drain.step()

    async def states(self) -> dict[str, int]:
        rows = await call(lambda: list(Delivery.objects.values_list("state", flat=True)))
        return {state: rows.count(state) for state in set(rows)}

    async def test_it_says_everything_once_however_often_it_looks(self) -> None:
        await call(promise, self.ana, self.bor)
        channel = MemoryChannel()

        await self.drain(channel, "20:45", steps=3)
        await self.drain(channel, "20:46", steps=3)

        self.assertEqual(len(channel.said), 2)
        self.assertEqual(await self.states(), {"sent": 2})

    async def test_it_says_nothing_early(self) -> None:
        await call(promise, self.bor)
        channel = MemoryChannel()

        await self.drain(channel, "20:44:59")

        self.assertEqual(len(channel.said), 0)

    async def test_it_says_nothing_late(self) -> None:
        await call(promise, self.bor)
        channel = MemoryChannel()

        await self.drain(channel, "21:30")

        self.assertEqual((len(channel.said), await self.states()), (0, {"expired": 1}))

    async def test_it_reads_back_before_it_repeats(self) -> None:
        await call(promise, self.bor)
        channel = MemoryChannel()
        channel.refusals = [Refusal("broke", Verdict.UNKNOWN)]

        await self.drain(channel, "20:45")
        self.assertEqual(await self.states(), {"unknown": 1})
        await self.drain(channel, "20:45:10", steps=2)

        self.assertEqual((len(channel.said), await self.states()), (1, {"sent": 1}))

    async def test_it_keeps_every_answer_while_others_land(self) -> None:
        class Slow(MemoryChannel):
            async def send(self, job: Job) -> Said:
                await asyncio.sleep(0.03 * (job.delivery_id % 5))
                return await super().send(job)

        people = [await call(make.person, f"p{n}", opted_in=True) for n in range(5)]
        await call(promise, *people)
        with time_machine.travel(make.at("20:45"), tick=True):
            drain = Drain(Slow())
            await drain.round()
            for _look in range(20):
                await asyncio.sleep(0.01)
                await drain.round()
            await drain.finish()

        self.assertEqual(await self.states(), {"sent": 5})

    async def test_a_fault_of_the_channel_itself_is_treated_as_no_answer(self) -> None:
        class Faulty(MemoryChannel):
            async def send(self, job: object) -> object:  # type: ignore[override]
                raise RuntimeError("a bug")

        await call(promise, self.bor)

        await self.drain(Faulty(), "20:45")

        self.assertEqual(await self.states(), {"unknown": 1})

    async def test_the_pace_alone_decides_how_long_a_crowd_takes(self) -> None:
        class Resting(Drain):
            rested = 0.0

            async def _rest(self, seconds: float) -> None:
                self.rested += seconds
                night.shift(seconds)
                if len(said.said) == len(crowd) or self.rested > 5:
                    self.stop()

        crowd = [await call(make.person, f"p{n}", opted_in=True) for n in range(20)]
        await call(promise, *crowd)
        said = MemoryChannel()  # answers at once, so nothing is ever under way
        with time_machine.travel(make.at("20:45"), tick=False) as night:
            drain = Resting(said)
            await drain.run()

        # 20 messages at 45 a second take less than half a second.
        self.assertEqual(len(said.said), 20)
        self.assertLess(drain.rested, 0.6)
