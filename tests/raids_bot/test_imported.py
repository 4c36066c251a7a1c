"""Raids that came from the old bot live on in Discord."""

from slomix.lib.bridge import call
from tests.bot.journey import GUILD
from tests.raids.old_bot import DEPLOYED, KAVARNA, OnSqlite
from tests.raids_bot.playing import PLANNER, SLOTS, RaidCase


class ImportedTests(OnSqlite, RaidCase):
    tables = DEPLOYED.replace(str(KAVARNA), str(GUILD))

    async def test_their_votes_and_slots_are_posted_and_voted_on(self) -> None:
        async with self.night():
            await self.ready()

            await call(self.bring)

            await self.until(lambda: len(self.posts(PLANNER)) == 3 and len(self.posts(SLOTS)) == 1)
            [slot] = self.posts(SLOTS)
            self.assertIn("Nanos", str(slot))
            [nanos] = [post for post in self.posts(PLANNER) if "#3" in str(post["embeds"])]
            select = self.controls(nanos)["day"]
            values = {one["label"]: one["value"] for one in select["options"]}
            told = await self.standin.choose(
                *(self.bor.discord.discord_id, int(nanos["id"]), select["custom_id"]),
                [values["Sat 28.11."]],
            )
            self.assertIn("Your days: Sat", told["content"])
