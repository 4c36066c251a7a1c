"""Everybody's private channel is open long before the hour: opening many at once gets a bot blocked."""

from accounts import actions as people
from botworker.models import Delivery
from promotions import actions, jobs
from slomix.lib import clock
from slomix.lib.bridge import call
from tests import make
from tests.bot.journey import JourneyCase

OPENING = "/api/v10/users/@me/channels"


class KnownBeforeTests(JourneyCase):
    def opened(self) -> int:
        return sum(one["path"] == OPENING for one in self.standin.journal)

    def run_jobs(self) -> None:
        for job_id in jobs.due(clock.now()):
            jobs.run(job_id, at=clock.now())

    def promise(self) -> None:
        make.entry(self.bor)
        actions.promote(
            promoter=self.ana,
            include_available=False,
            include_maybe=False,
            dry_run=False,
            at=clock.now(),
        )

    async def all_known(self) -> bool:
        return not await call(people.without_dm, 50)

    async def both_sent(self) -> bool:
        sent = Delivery.objects.filter(kind__in=("reminder", "start"), state="sent")
        return await call(sent.count) == 2

    async def test_no_channel_is_opened_at_the_hour(self) -> None:
        self.go_to("20:30")
        async with self.night():
            await call(self.promise)
            await self.until(self.all_known)
            before = self.opened()

            for wall in ("20:45", "21:00"):
                self.go_to(wall)
                await call(self.run_jobs)
                await self.until(lambda: bool(self.standin.inbox(self.bor.discord.discord_id)))
            await self.until(self.both_sent)

            self.assertEqual((before > 0, self.opened() - before), (True, 0))
