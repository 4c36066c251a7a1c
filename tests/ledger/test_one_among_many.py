"""What happens to one person's message is nobody else's trouble, and not the last word on their own."""

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


class OneAmongManyTests(SlomixTestCase):
    async def states(self) -> list[str]:
        return sorted(await call(lambda: list(Delivery.objects.values_list("state", flat=True))))

    async def test_who_was_missed_at_first_is_told_in_time(self) -> None:
        """W14: what failed once for one recipient was final; only a whole job was ever retried."""
        await call(promise, self.ana, self.bor)
        channel = MemoryChannel()
        channel.refusals = [Refusal("Discord had trouble", Verdict.TRANSIENT, wait=2)]

        with time_machine.travel(make.at("20:45"), tick=False) as night:
            await Drain(channel).step()
            self.assertEqual(await self.states(), ["retry_wait", "sent"])
            night.shift(2)
            await Drain(channel).step()

        self.assertEqual((await self.states(), len(channel.said)), (["sent", "sent"], 2))

    async def test_a_provider_that_hangs_for_one_holds_nobody_else(self) -> None:
        """W20: one send without an end held the lock, and with it the whole scheduler."""
        released = asyncio.Event()

        class Hanging(MemoryChannel):
            async def send(self, job: Job) -> Said:
                if job.person_id == first.pk:
                    await released.wait()
                return await super().send(job)

        first = self.ana
        await call(promise, self.ana, self.bor)
        channel = Hanging()
        with time_machine.travel(make.at("20:45"), tick=False):
            drain = Drain(channel)
            await drain.round()
            await asyncio.sleep(0)  # the sends begin
            await drain.round()
            self.assertEqual(await self.states(), ["sending", "sent"])
            released.set()
            await drain.finish()

        self.assertEqual(await self.states(), ["sent", "sent"])
