"""The old raid bot's posts stand on in the channel, with ids like ours and numbers of their own."""

import discord

from planning.raids.models import Raid, Vote
from slomix.lib.bridge import call
from tests.raids_bot.playing import OTHER, RaidCase


class OldPostTests(RaidCase):
    async def old_post(self, number: int) -> int:
        """Post a vote as the old bot did, where this one goes on under its name; return its id."""
        view = discord.ui.View(timeout=None)
        options = [discord.SelectOption(label="20", value="20")]
        view.add_item(discord.ui.Select(custom_id=f"raid:{number}:time", options=options))
        view.add_item(discord.ui.Button(custom_id=f"raid:{number}:finish", label="Finish"))
        posted = await self.bot.get_partial_messageable(OTHER).send("Nanos", view=view)
        return posted.id

    async def test_a_press_there_is_no_press_on_the_raid_that_has_the_number_here(self) -> None:
        async with self.night():
            await self.ready()
            raid = await self.planned()
            old = await self.old_post(raid.pk)
            ana = self.ana.discord.discord_id

            told = await self.standin.press(ana, old, f"raid:{raid.pk}:finish")
            chosen = await self.standin.choose(ana, old, f"raid:{raid.pk}:time", ["20"])

            for answer in (told, chosen):
                self.assertIn("This raid is no longer there", answer["content"])
                self.assertTrue(answer["ephemeral"])
            # It is not changed in place either: everybody reads it.
            self.assertEqual(self.texts(OTHER), ["Nanos"])
            self.assertEqual(await call(Vote.objects.count), 0)
            self.assertTrue(await call(Raid.objects.filter(pk=raid.pk, status="open").exists))
