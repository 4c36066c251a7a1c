"""The bot's commands, buttons, selects, forms and menus, and the people who use them."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from tests.standin.case import ANA, BRIEFING, GAME_NIGHT, Bot

from .stage import NothingThere, Stage, act

MAPS = ("Fuel Dump", "Gold Rush", "Oasis", "Radar")
SIDES = [discord.SelectOption(label=one, value=one.lower()) for one in ("Axis", "Allies")]


class When(discord.ui.Modal, title="When?"):
    at: discord.ui.TextInput[Any] = discord.ui.TextInput(label="At", custom_id="at", max_length=5)

    async def on_submit(self, press: discord.Interaction) -> None:
        await press.response.send_message(f"at {self.at.value}", ephemeral=True)


class Answers(discord.ui.View):
    """Everything a bot does with a press or a choice."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Looking", custom_id="looking", emoji="🎮")
    async def looking(self, press: discord.Interaction, _: Any) -> None:
        await press.response.edit_message(content=f"{press.user.name} is looking", view=Answers())

    @discord.ui.button(label="Later", custom_id="later", style=discord.ButtonStyle.secondary)
    async def later(self, press: discord.Interaction, _: Any) -> None:
        await press.response.defer()
        await press.edit_original_response(content=f"{press.user.name} comes later")
        await press.followup.send("noted", ephemeral=True)

    @discord.ui.button(label="Think", custom_id="think")
    async def think(self, press: discord.Interaction, _: Any) -> None:
        await press.response.defer(ephemeral=True, thinking=True)
        said = await press.followup.send("thought about it", wait=True)
        await said.edit(content="thought again")
        await press.delete_original_response()

    @discord.ui.button(label="When", custom_id="when")
    async def when(self, press: discord.Interaction, _: Any) -> None:
        await press.response.send_modal(When())

    @discord.ui.select(custom_id="side", options=SIDES)
    async def side(self, press: discord.Interaction, menu: discord.ui.Select[Any]) -> None:
        await press.response.send_message(menu.values[0], ephemeral=True)

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, press: discord.Interaction, menu: discord.ui.UserSelect[Any]) -> None:
        await press.response.send_message(menu.values[0].name, ephemeral=True)


def add_commands(bot: Bot) -> None:
    """Give the bot commands with every kind of answer."""

    @bot.tree.command(description="Say when you play")
    @app_commands.choices(
        answer=[app_commands.Choice(name=one, value=one) for one in ("yes", "no")]
    )
    async def avail(press: discord.Interaction, answer: str, late: bool = False) -> None:
        await press.response.send_message(f"{answer} {late}", ephemeral=late, view=Answers())
        await press.original_response()

    @bot.tree.command(description="Plan a raid")
    async def raid(
        press: discord.Interaction,
        seats: app_commands.Range[int, 2, 12],
        who: discord.Member | None = None,
        where: discord.VoiceChannel | None = None,
    ) -> None:
        await press.response.defer(thinking=True)
        await press.followup.send(f"{seats} {who} {where}", embed=discord.Embed(title="Raid"))

    @bot.tree.command(name="map", description="Choose a map")
    async def choose(press: discord.Interaction, name: str) -> None:
        await press.response.send_message(name)
        await press.followup.send("loading", ephemeral=True)

    @choose.autocomplete("name")
    async def offer(press: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=one, value=one) for one in MAPS if typed in one]

    group = app_commands.Group(name="season", description="The season")

    @group.command(description="Begin it")
    async def begin(press: discord.Interaction, share: float) -> None:
        await press.response.send_message(f"{share}")

    bot.tree.add_command(group)

    @bot.tree.context_menu(name="Who is it")
    async def who_is_it(press: discord.Interaction, person: discord.Member) -> None:
        await press.response.send_message(person.display_name, ephemeral=True)

    @bot.tree.context_menu(name="Quote")
    async def quote(press: discord.Interaction, message: discord.Message) -> None:
        await press.response.send_message(message.content or "nothing", ephemeral=True)


def _asking(stage: Stage) -> dict[str, Any]:
    """Give a message that has buttons now."""
    asking = [
        one
        for one in stage.standin.messages(GAME_NIGHT)[-40:]
        if any(
            part.get("custom_id") == "looking"
            for row in one["components"]
            for part in row.get("components", [])
        )
        and not one["flags"] & 64
    ]
    return stage.one(asking)


@act(14)
async def press_a_button(stage: Stage) -> None:
    message = _asking(stage)
    name = stage.one(("looking", "later", "think"))
    await stage.standin.press(stage.person(), message["id"], name)


@act(6)
async def fill_in_a_form(stage: Stage) -> None:
    person = stage.person()
    opened = await stage.standin.press(person, _asking(stage)["id"], "when")
    interaction = opened.get("interaction")
    if not opened.get("modal") or not interaction:
        raise NothingThere
    await stage.standin.submit_modal(person, interaction, {"at": "21:00"})


@act(6)
async def choose_in_a_select(stage: Stage) -> None:
    message, person = _asking(stage), stage.person()
    name, value = stage.one((("side", "axis"), ("who", str(ANA))))
    await stage.standin.choose(person, message["id"], name, [value])


@act(12)
async def run_a_command(stage: Stage) -> None:
    used: tuple[tuple[str, dict[str, Any]], ...] = (
        ("avail", {"answer": "yes", "late": stage.coin()}),
        ("raid", {"seats": 6, "who": ANA, "where": BRIEFING}),
        ("raid", {"seats": stage.dice.randint(0, 14)}),
        ("map", {"name": "Oasis"}),
        ("season begin", {"share": 0.5}),
    )
    name, options = stage.one(used)
    await stage.standin.run_command(stage.person(), GAME_NIGHT, name, options)


@act(4)
async def complete_an_option(stage: Stage) -> None:
    await stage.standin.autocomplete(stage.person(), GAME_NIGHT, "map", {"name": "O"}, "name")


@act(5)
async def use_a_menu(stage: Stage) -> None:
    name, target = stage.one((("Who is it", ANA), ("Quote", stage.message().id)))
    await stage.standin.run_menu(stage.person(), GAME_NIGHT, name, target)


@act(1)
async def register_the_commands(stage: Stage) -> None:
    await stage.bot.tree.sync()


@act(2)
async def look_at_the_commands(stage: Stage) -> None:
    command = stage.one(await stage.bot.tree.fetch_commands())
    await stage.bot.tree.fetch_command(command.id)
