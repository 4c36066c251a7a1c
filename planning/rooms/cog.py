"""Discord's door to the planning room: its thread and post, its buttons, /plan, /teams. It only translates."""

import asyncio
import logging
import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from availability.commands.cog import door
from availability.commands.cog.door import Interaction, answer
from availability.presses import Reply
from botworker import interactions, workers
from botworker.client import SlomixBot
from botworker.interactions import Ack
from planning.rooms.chat import commands as verbs
from planning.rooms.chat import form, keeping, presses
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0
# Whoever suggests waits for the form; Discord for three seconds at most.
FORM_WITHIN = 2.0
PATTERNS = {
    discord.InteractionType.component: presses.BUTTON,
    discord.InteractionType.modal_submit: presses.FORM,
}


class Rooms(commands.Cog):
    """Keeps the room's thread and post, and answers what is pressed and written."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        # Found by their pattern, so they work after any restart; nobody else answers them.
        door.BELOW_ANSWERS.add(presses.BUTTON)
        self.bot.start_loop(workers.Loop("room", self.keep, LOOK_EVERY).run)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer what is pressed, chosen and written into the form, by the id alone."""
        data: dict[str, Any] = dict(interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        pattern = PATTERNS.get(interaction.type)
        found = re.fullmatch(pattern, custom_id) if pattern else None
        if found and pattern == presses.BUTTON:
            await _pressed(interaction, found.groupdict(), data)
        elif found:
            text = form.text_of(data)
            await answer(interaction, presses.suggest, number=found["number"], text=text)

    @app_commands.command(name="plan", description="Open tonight's planning room, or see it")
    async def plan(self, interaction: Interaction) -> None:
        await answer(interaction, verbs.plan)

    @app_commands.command(name="teams", description="See tonight's teams")
    async def teams(self, interaction: Interaction) -> None:
        await answer(interaction, verbs.teams)

    async def keep(self) -> None:
        """Promise what the room has in Discord, and write down how its thread stands."""
        await self.bot.wait_until_ready()
        await call(keeping.promise, clock.now())


async def _pressed(interaction: Interaction, found: dict[str, Any], data: dict[str, Any]) -> None:
    deed, number = found["deed"], found["number"]
    if deed == presses.SUGGEST:
        await _open_form(interaction, number)
    elif deed == presses.BALANCE:
        await answer(interaction, verbs.balance, number=number)
    elif deed in presses.PRIVATE and found["marker"]:
        await _answer_privately(interaction, deed, number, found["marker"])
    else:
        chosen = "".join(data.get("values") or [])
        await answer(interaction, presses.pressed, deed=deed, number=number, chosen=chosen)


async def _open_form(interaction: Interaction, number: str) -> None:
    """Open the form, which is the acknowledgement; a refusal is told instead."""
    press = door.press_of(interaction.id, interaction.user)
    try:
        async with asyncio.timeout(FORM_WITHIN):
            asked = await door.decide(press, presses.may_suggest, number=number)
    except TimeoutError:
        asked = Reply("")  # the form refuses by itself what cannot be
    if asked.refused:
        if await door.taken(interaction):
            await door.whisper(interaction, asked)
        return
    labels = await call(form.labels, press)
    try:
        await interaction.response.send_modal(_form(number, *labels))
    except discord.HTTPException as refused:
        log.warning("the form of interaction %s was not opened: %s", interaction.id, refused)


def _form(number: str, title: str, label: str) -> discord.ui.Modal:
    """Make the form; it is finished at once, so discord.py keeps no copy: the listener answers it."""
    made = discord.ui.Modal(title=title, custom_id=f"room:name:{number}", timeout=None)
    text: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=form.FIELD, min_length=form.SHORTEST, max_length=form.LONGEST
    )
    made.add_item(discord.ui.Label(text=label, component=text))
    made.stop()
    return made


async def _answer_privately(interaction: Interaction, deed: str, number: str, marker: str) -> None:
    """Answer below an offer; the message then says what now holds."""
    ack = await interactions.acknowledge(interaction, thinking=False)
    if ack is Ack.ANOTHERS:
        return
    press = door.press_of(interaction.id, interaction.user)
    reply = await door.decide(press, presses.pressed, deed=deed, number=number)
    if reply.refused:
        await door.whisper(interaction, reply, ack)
    else:
        await interactions.change(interaction, ack, reply.text, reply.rows, marker)


async def setup(bot: SlomixBot) -> None:
    """Add the cog to a bot, as discord.py's extensions do."""
    await bot.add_cog(Rooms(bot))
