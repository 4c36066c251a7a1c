"""python -m tests.benchmarks.victim SCALE: a drain whose sends never end, to be killed."""

import asyncio
import sys

import django


def main(scale: int) -> None:
    """Hold whatever is due."""
    django.setup()
    from botworker.channels import Said
    from botworker.channels.memory import MemoryChannel
    from botworker.claims import Job
    from botworker.drain import Drain
    from tests.benchmarks import resume

    class Endless(MemoryChannel):
        async def send(self, job: Job) -> Said:
            await asyncio.Event().wait()
            return await super().send(job)

    resume.shrink(scale)
    asyncio.run(Drain(Endless()).run())


if __name__ == "__main__":
    main(int(sys.argv[1]))
