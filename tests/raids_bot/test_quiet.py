"""A raid that went quiet: its maker is asked privately, and answers there."""

from datetime import timedelta

from botworker.models import Delivery
from planning.raids import actions, keys
from planning.raids.models import Attendance, Raid
from slomix.lib import clock
from slomix.lib.bridge import call
from tests.raids_bot.playing import RaidCase


class QuietTests(RaidCase):
    def grow_quiet(self) -> None:
        """Let six days and a half pass without a word."""
        Raid.objects.update(last_activity_at=clock.now() - timedelta(days=6, hours=12))
        actions.look(clock.now())

    async def asked(self) -> dict[str, object]:
        """Wait for the question in Ana's direct messages."""
        raid = await self.planned(days="some day", least="1")
        await self.settled(keys.planner(raid.pk))
        await self.choose_in(self.bor, "day", "some day")
        await self.choose_in(self.bor, "time", "20:00")
        await call(self.grow_quiet)
        await self.until(lambda: any("quiet for six days" in one for one in self.inbox(self.ana)))
        number = self.ana.discord.discord_id
        [one] = [one for one in self.standin.inbox(number) if "quiet for six" in one["content"]]
        return dict(one)

    async def test_it_goes_on_when_its_maker_says_so(self) -> None:
        async with self.night():
            await self.ready()
            question = await self.asked()

            told = await self.press_on(self.ana, question, "goes_on")

            self.assertIn("It goes on", told["content"])
            self.assertIsNotNone((await self.raid()).goes_on_until)

    async def test_it_is_finished_from_there_after_it_was_asked_once_more(self) -> None:
        async with self.night():
            await self.ready()
            sure = await self.press_on(self.ana, await self.asked(), "finish")
            self.assertIn("In its slots: 1 person", sure["content"])

            done = await self.press_below(self.ana, sure, "Finish")

            self.assertIn("1 person counted", done["content"])
            await self.until(lambda: "is done" in self.said())
        self.assertEqual(await call(Attendance.objects.present().count), 1)

    async def test_one_that_ends_by_itself_says_so_and_counts_nobody(self) -> None:
        async with self.night():
            await self.ready()
            await self.asked()

            def end() -> None:
                Raid.objects.update(
                    last_activity_at=clock.now() - timedelta(days=9), asked_for=clock.now()
                )
                actions.look(clock.now())

            await call(end)

            await self.until(lambda: "nothing moved for a week" in self.said())
        self.assertEqual(await call(Attendance.objects.present().count), 0)
        self.assertTrue(await call(Delivery.objects.filter(kind="raid_quiet").exists))
