"""A raid from /raidplan to attendance, through discord.py."""

from planning.raids.models import Attendance
from slomix.lib.bridge import call
from tests.raids_bot.playing import LIST, PLANNER, SLOTS, RaidCase


class LifeTests(RaidCase):
    async def present(self) -> set[str]:
        rows = Attendance.objects.present().values_list("person__discord__display_name", flat=True)
        return set(await call(lambda: list(rows)))

    async def test_from_the_form_to_attendance(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.plan()
            self.assertIn("Raid #1: Nanos is planned", told)
            await self.until(lambda: bool(self.posts(PLANNER)))
            await self.until(lambda: bool(self.posts(LIST)))

            half = await self.choose_in(self.bor, "day", "Fri 27.11.")
            self.assertIn("Now choose times, too", half)
            whole = await self.choose_in(self.bor, "time", "20:00")
            self.assertIn("Your days: Fri 27.11. Your times: 20\\:00.", whole)
            await self.vote(self.ana)
            await self.until(lambda: bool(self.posts(SLOTS)))
            await self.until(lambda: "1 slot stands" in self.fields().get("Slots", ""))
            await self.until(lambda: "#1 Nanos, 1 slot stands, https" in self.list_text())

            sure = await self.press_on(self.ana, self.planner(), "finish")
            self.assertIn("In its slots: 2 people", sure["content"])
            done = await self.press_below(self.ana, sure, "Finish")
            self.assertIn("2 people counted", done["content"])
            await self.until(lambda: "is done" in self.said())
            await self.until(lambda: not self.posts(SLOTS))
            await self.until(lambda: "No open raid" in self.list_text())

        self.assertEqual(self.planner()["components"], [])
        self.assertEqual(await self.present(), {"Ana Dinamit", "Bazooka Bor"})
