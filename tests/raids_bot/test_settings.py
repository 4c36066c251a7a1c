"""/settings: channels are chosen, looked at, and saved together."""

from typing import Any

from planning.raids.models import GuildSettings
from slomix.lib.bridge import call
from tests.raids_bot.playing import LIST, PLANNER, RaidCase


class SettingsTests(RaidCase):
    async def test_channels_are_chosen_and_saved_together(self) -> None:
        await call(
            self.choose,
            **dict.fromkeys(
                ("planner_channel_id", "participants_channel_id", "raidlist_channel_id")
            ),
        )
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "settings", minimum=4, language="en")
            self.assertIn("Votes: not set", told["content"])
            told = await self.pick(told, "planner", PLANNER)
            self.assertIn("Chosen, not saved yet", told["content"])
            self.assertIsNone((await self.wishes()).planner_channel_id)
            await self.stop_bot()
            await self.start_bot()
            told = await self.pick(told, "list", LIST)

            saved = await self.press_below(self.ana, told, "Save")

            self.assertIn("Saved.", saved["content"])
        wishes = await self.wishes()
        self.assertEqual((wishes.planner_channel_id, wishes.raidlist_channel_id), (PLANNER, LIST))
        self.assertIsNone(wishes.participants_channel_id)
        self.assertEqual(wishes.default_min_players, 4)

    async def test_a_channel_in_which_the_bot_cannot_write_is_refused(self) -> None:
        """R11: whether the bot might write in a chosen channel was looked at by nobody."""
        async with self.night() as there:
            await self.ready()
            closed = await there.make_channel(
                "closed",
                permission_overwrites=[
                    {"id": str(self.bot_id()), "type": 1, "allow": "0", "deny": str(1 << 11)}
                ],
            )
            await self.until(lambda: self.bot.get_channel(int(closed["id"])) is not None)
            told = await self.pick(
                await self.told(self.ana, "settings"), "slots", int(closed["id"])
            )
            self.assertIn("an admin allows me Send Messages, Embed Links there", told["content"])

            refused = await self.press_below(self.ana, told, "Save")

            self.assertIn("Nothing was saved", refused["content"])
        self.assertEqual((await self.wishes()).participants_channel_id, PLANNER + 1)

    async def test_levels_their_words_and_the_leaderboard_are_switched(self) -> None:
        async with self.night():
            await self.ready()
            told = await self.told(self.ana, "settings", levels=False, leaderboard=True)
            self.assertIn("Levels: off\nWords about new levels: on", told["content"])
            self.assertIn("Leaderboard on the site: on", told["content"])

            told = await self.told(self.ana, "settings", levels=True, level_words=False)

            self.assertIn("Levels: on\nWords about new levels: off", told["content"])
            self.assertIn("Leaderboard on the site: on", told["content"])

    def bot_id(self) -> int:
        assert self.bot.user
        return self.bot.user.id

    async def pick(self, told: dict[str, Any], which: str, channel: int) -> dict[str, Any]:
        """Choose a channel in one of the three lists."""
        posts = self.standin.parts.store.posts.values()
        post = [one for one in posts if one.message["content"] == told["content"]][-1]
        every = [one for row in post.message["components"] for one in row["components"]]
        select = next(one for one in every if f":{which}:" in one.get("custom_id", ""))
        number = self.ana.discord.discord_id
        return dict(await self.standin.choose(number, post.id, select["custom_id"], [channel]))

    async def wishes(self) -> GuildSettings:
        return await call(GuildSettings.objects.get, guild=self.guild)
