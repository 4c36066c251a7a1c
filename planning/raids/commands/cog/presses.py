"""What is pressed, chosen and filled in below a raid: found by the id alone, so it works after any
restart."""

import re
from typing import Any

import discord
from discord.ext import commands

from availability.commands.cog import door as evenings
from availability.commands.cog.door import Interaction
from availability.presses import Reply, unknown_button
from botworker import interactions
from botworker.client import SlomixBot
from botworker.interactions import Ack
from planning.raids.actions.common import gone
from planning.raids.commands import ending, planning, settings, showing, voting
from planning.raids.commands.cog import door
from planning.raids.commands.common import FORM_ID, LIST_ID, RAID_ID, SETTINGS_ID, Where

Found = dict[str, Any]


class Presses(commands.Cog):
    """Answers what is pressed."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        # Nobody else answers them.
        evenings.BELOW_ANSWERS.update((RAID_ID, LIST_ID, SETTINGS_ID))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer by the id alone; ids that are none of ours are somebody else's."""
        data: Found = dict(interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        if interaction.type is discord.InteractionType.modal_submit:
            if found := re.fullmatch(FORM_ID, custom_id):
                await _filled_in(interaction, found.groupdict(), data)
        elif interaction.type is discord.InteractionType.component:
            values = [str(one) for one in data.get("values") or []]
            if found := re.fullmatch(RAID_ID, custom_id):
                await _on_raid(interaction, found.groupdict(), values)
            elif found := re.fullmatch(LIST_ID, custom_id):
                await _on_list(interaction, found.groupdict())
            elif found := re.fullmatch(SETTINGS_ID, custom_id):
                await _on_settings(interaction, found.groupdict(), values)


async def _answer(interaction: Interaction, verb: Any, where: Where, **given: Any) -> None:
    """Answer beside a message that others see, or change the answer that only the presser sees.

    It counts also where Discord took no acknowledgement in time.
    """
    public = given.pop("public")
    ack = await interactions.acknowledge(interaction, thinking=public)
    if ack is Ack.ANOTHERS:
        return
    reply = await door.decide(interaction, verb, where, **given)
    if public:
        await evenings.whisper(interaction, reply, ack)
    else:
        await door.change_or_whisper(interaction, ack, reply)


async def _on_raid(interaction: Interaction, found: Found, values: list[str]) -> None:
    verb, raid = found["verb"], found["raid"]
    about: Found = {"raid": raid, "public": bool(found["marker"])}
    where = door.where_of(interaction)
    if not found["marker"] and not _only_its_readers(interaction):
        await _answer(interaction, _of_the_old_bot, where, raid=raid, public=True)
    elif verb in ("day", "time"):
        about |= {"kind": verb, "chosen": values}
        await _answer(interaction, voting.choose, where, **about)
    elif verb in ("out", "back") and found["day"]:
        about |= {"day": found["day"], "time": found["time"]}
        does = voting.leave if verb == "out" else voting.rejoin
        await _answer(interaction, does, where, **about)
    else:
        await _answer(interaction, ending.BY_BUTTON.get(verb, _unknown), where, **about)


def _only_its_readers(interaction: Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


def _of_the_old_bot(_press: object, _where: Where, *, raid: str) -> Reply:
    """Its posts have such ids, too, in numbers of its own: never take one for a raid of ours."""
    raise gone()


async def _on_list(interaction: Interaction, found: Found) -> None:
    verb, where = found["verb"], door.where_of(interaction)
    public = bool(found["marker"])
    if verb == "page":
        number = int(found["number"])
        await _answer(interaction, showing.raidlist_page, where, number=number, public=public)
    elif verb == "mine":
        await _answer(interaction, voting.mine, where, guild=found["guild"], public=public)
    elif verb == "alloff":
        await _answer(interaction, ending.cancel_all, where, guild=found["guild"], public=public)
    else:
        does = ending.not_yet if verb == "notyet" else _unknown
        await _answer(interaction, does, where, raid="0", public=public)


def _unknown(_press: object, _where: Where, *, raid: str) -> Reply:
    return unknown_button()


async def _on_settings(interaction: Interaction, found: Found, values: list[str]) -> None:
    chosen, which = found["chosen"], found["which"]
    where = door.where_of(interaction, settings.channels_in(chosen, values))
    if which == "save":
        await _answer(interaction, settings.save, where, chosen=chosen, public=False)
    else:
        about: Found = {"which": which, "chosen": chosen, "picked": values, "public": False}
        await _answer(interaction, settings.choose, where, **about)


async def _filled_in(interaction: Interaction, found: Found, data: Found) -> None:
    text = door.written(data)
    given = {name: text.get(name, "") for name in ("days", "times", "least")}
    guild = interaction.guild
    # Looked at before it is known which two are meant: a server has a few hundred at most.
    channels = [one.id for one in guild.text_channels] if guild else []
    verb = planning.plan if found["verb"] == "plan" else planning.edit
    await door.answer(interaction, verb, channels=channels, number=found["number"], **given)
