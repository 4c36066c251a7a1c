"""Discord's door to levels; it only translates."""

from discord import app_commands
from discord.ext import commands

from availability.commands.cog.door import Interaction
from botworker.client import SlomixBot
from planning.raids.commands.cog import door
from planning.raids.levels import answers


class Levels(commands.Cog):
    """One's own level, by slash command."""

    # Told to every server and not to the home one alone.
    everywhere = True

    @app_commands.command(name="level", description="See your points and your level here")
    @app_commands.describe(
        count="Whether points are counted for you; without them, what there was goes"
    )
    @app_commands.guild_only()
    async def level(self, interaction: Interaction, count: bool | None = None) -> None:
        await door.answer(interaction, answers.own, counts=count)


async def setup(bot: SlomixBot) -> None:
    """Add levels to a bot, as discord.py's extensions do."""
    await bot.add_cog(Levels())
