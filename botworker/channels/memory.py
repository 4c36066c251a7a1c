"""A channel that keeps what it is given: for tests of the ledger that are not about Discord."""

from botworker.channels import ChannelError, Refusal, Said
from botworker.claims import Job


class MemoryChannel:
    """Say everything at once, or refuse as told; `said` is its memory, nonce by nonce."""

    name = "discord"
    reads_back = True

    def __init__(self) -> None:
        self.said: dict[str, Job] = {}
        self.refusals: list[Refusal] = []

    async def send(self, job: Job) -> Said:
        """Keep the message; a nonce that was seen before is the same message."""
        if self.refusals:
            raise ChannelError(self.refusals.pop(0))
        self.said.setdefault(job.nonce, job)
        return self._where(job)

    async def find(self, job: Job) -> Said | None:
        """Look for the message of a delivery."""
        return self._where(job) if job.nonce in self.said else None

    def _where(self, job: Job) -> Said:
        return Said(channel_id=1, message_id=list(self.said).index(job.nonce) + 1)
