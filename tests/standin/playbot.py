"""What an ordinary bot asks on the playground: a select, a form, a command that it completes."""

from typing import Any

import discord
from discord import app_commands

from .case import GUILD, Bot


class Question(discord.ui.Modal, title="A raid"):
    """A form with one line and one choice."""

    name = discord.ui.TextInput[Any](label="Name", custom_id="name", min_length=3)

    async def on_submit(self, press: discord.Interaction) -> None:
        await press.response.send_message(f"planned: {self.name.value}")


class Maps(discord.ui.View):
    """A select and a button that opens a form."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.select(
        custom_id="map",
        placeholder="Which map?",
        options=[discord.SelectOption(label="Gold Rush"), discord.SelectOption(label="Radar")],
    )
    async def choose(self, press: discord.Interaction, select: Any) -> None:
        await press.response.send_message(f"map: {select.values[0]}")

    @discord.ui.button(label="Plan", custom_id="plan")
    async def plan(self, press: discord.Interaction, _: Any) -> None:
        await press.response.send_modal(Question())


async def with_commands(bot: Bot) -> None:
    """Register `/raid`, which completes the map."""

    @app_commands.command(name="raid", description="Plan a raid")
    async def raid(press: discord.Interaction, place: str, quiet: bool = False) -> None:
        await press.response.send_message(f"raid on {place}, quiet {quiet}")

    @raid.autocomplete("place")
    async def places(press: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = [one for one in ("Gold Rush", "Radar") if typed.lower() in one.lower()]
        return [app_commands.Choice(name=one, value=one) for one in found]

    here = discord.Object(GUILD)
    bot.tree.add_command(raid, guild=here)
    await bot.tree.sync(guild=here)
