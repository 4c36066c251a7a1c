"""From discord.py to our commands and back; every cog with commands goes through here."""

import logging
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from availability import presses
from availability.commands import common, reached
from availability.presses import Press, Presser, Reply
from botworker import interactions, render
from botworker.channels.refusals import of_http
from botworker.client import SlomixBot
from botworker.interactions import Ack
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
Interaction = discord.Interaction[SlomixBot]
Button = discord.ui.Button[discord.ui.View]
Context = commands.Context[SlomixBot]
Choices = list[app_commands.Choice[str]]
MOST_CHOICES = 25  # https://docs.discord.com/developers/interactions/application-commands
# The ids of buttons below answers that nobody edits; each has an item of its own that answers it.
BELOW_ANSWERS: set[str] = set()


def press_of(number: int, user: discord.User | discord.Member) -> Press:
    """Return who asks, and when; `number` is Discord's id of the interaction or message."""
    avatar = user.avatar.key if user.avatar else ""
    presser = Presser(user.id, user.name, user.global_name or "", avatar)
    return Press(number, presser, clock.now())


async def decide(press: Press, verb: Callable[..., Reply], **given: Any) -> Reply:
    """Run a command; a fault of ours is logged and told, never left hanging."""
    try:
        return await call(common.run, press, verb, **given)
    except Exception:
        log.exception("command %s failed", press.interaction_id)
        return presses.our_fault(press.interaction_id)


async def answer(interaction: Interaction, verb: Callable[..., Reply], **given: Any) -> None:
    """Answer a slash command so that only whoever wrote it sees it."""
    if await taken(interaction):
        press = press_of(interaction.id, interaction.user)
        await whisper(interaction, await decide(press, verb, **given))


async def taken(interaction: Interaction) -> bool:
    """Acknowledge a command and say whether to carry it out.

    One of which Discord says itself that nobody answered is not: whoever wrote it writes it again.
    """
    ack = await interactions.acknowledge(interaction, thinking=True)
    if ack is Ack.UNCLEAR:
        await whisper(interaction, presses.our_fault(interaction.id), ack)
    return ack is Ack.OURS


async def whisper(interaction: Interaction, reply: Reply, ack: Ack = Ack.OURS) -> None:
    """Say something to whoever wrote a slash command, after it was acknowledged."""
    await interactions.whisper(interaction, ack, reply.text, reply.rows)


async def reply_to(context: Context, verb: Callable[..., Reply], **given: Any) -> None:
    """Answer a written command where it was written."""
    press = press_of(context.message.id, context.author)
    await write_back(context, await decide(press, verb, **given))


async def write_back(context: Context, reply: Reply) -> None:
    """Say something below a written command."""
    await context.reply(
        reply.text,
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": reply.rows}),
    )


async def complete(
    interaction: Interaction, offer: Callable[[Press, str], list[tuple[str, str]]], typed: str
) -> Choices:
    """Offer what completes an option; nothing when we cannot look."""
    press = press_of(interaction.id, interaction.user)
    try:
        found = await call(common.in_their_language, press, offer, typed)
    except Exception:
        log.exception("completing for %s failed", interaction.id)
        return []
    return [app_commands.Choice(name=name, value=value) for name, value in found[:MOST_CHOICES]]


async def hand_code(bot: SlomixBot, press: Press, channel: str) -> Reply:
    """Write a code into somebody's direct messages; return what is said where they asked.

    The code is in the message alone: what is returned never holds it.
    """
    code = await decide(press, reached.code, channel=channel)
    if code.refused:
        return code
    try:
        number, person = press.interaction_id, press.presser.discord_id
        await interactions.privately(bot, person, code.text, code.rows, number=number)
    except discord.Forbidden as refused:
        reason = of_http(refused).reason
        return await decide(press, reached.closed, channel=channel, reason=reason)
    except Exception:
        log.exception("a code was not handed over, command %s", press.interaction_id)
        return presses.our_fault(press.interaction_id)
    return await decide(press, reached.handed)


def button(template: str, verb: Callable[..., Reply]) -> type[discord.ui.DynamicItem[Button]]:
    """Make the kind of button that is found by its id, so it works after a restart.

    `verb` gets the press and what the template names.
    """
    BELOW_ANSWERS.add(template)

    async def answered(interaction: discord.Interaction[Any], found: dict[str, str]) -> None:
        await answer(interaction, verb, **found)

    return interactions.item(template, answered)


async def on_error(interaction: Interaction, error: app_commands.AppCommandError) -> None:
    """Answer what discord.py refuses itself: commands of an older list, and faults of ours."""
    press = press_of(interaction.id, interaction.user)
    older = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
    if isinstance(error, older):
        log.warning("a command of an older list was used: %s", error)
        reply = await decide(press, common.older_command)
    else:
        log.error("command %s failed", interaction.id, exc_info=error)
        reply = presses.our_fault(press.interaction_id)
    if interaction.response.is_done() or await taken(interaction):
        await whisper(interaction, reply)
