"""Discord's door to calls: /promote and the buttons below it. It only translates."""

from discord import app_commands
from discord.ext import commands

from availability.commands.cog import door
from availability.commands.cog.door import Interaction, answer
from botworker.client import SlomixBot
from promotions import replies


class Calls(commands.Cog):
    """Calling the others; only whoever wrote the command sees what is answered."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(door.button(replies.BUTTON, replies.pressed))

    @app_commands.command(name="promote", description="Call the others, or see tonight's call")
    @app_commands.describe(
        available="Also those who said Available", maybe="Also those who said Maybe"
    )
    async def promote(
        self, interaction: Interaction, available: bool = True, maybe: bool = True
    ) -> None:
        await answer(interaction, replies.promote, available=available, maybe=maybe)


async def setup(bot: SlomixBot) -> None:
    """Add the cog to a bot, as discord.py's extensions do."""
    await bot.add_cog(Calls(bot))
