"""From discord.py to our commands and back; every cog with commands goes through here."""

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from availability import presses
from availability.commands import common, reached
from availability.presses import Press, Presser, Reply
from botworker import pacing, render
from botworker.channels.refusals import of_http
from botworker.client import SlomixBot
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
Interaction = discord.Interaction[SlomixBot]
Button = discord.ui.Button[discord.ui.View]
Context = commands.Context[SlomixBot]
Choices = list[app_commands.Choice[str]]
MOST_CHOICES = 25  # https://docs.discord.com/developers/interactions/application-commands
LOOK_AGAIN = 0.02
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
    await interaction.response.defer(ephemeral=True, thinking=True)
    press = press_of(interaction.id, interaction.user)
    await whisper(interaction, await decide(press, verb, **given))


async def whisper(interaction: Interaction, reply: Reply) -> None:
    """Say something to whoever wrote a slash command, after the deferral."""
    await interaction.followup.send(
        reply.text,
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": reply.rows}),
    )


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
        await _say_privately(bot, press, code)
    except discord.Forbidden as refused:
        reason = of_http(refused).reason
        return await decide(press, reached.closed, channel=channel, reason=reason)
    except Exception:
        log.exception("a code was not handed over, command %s", press.interaction_id)
        return presses.our_fault(press.interaction_id)
    return await decide(press, reached.handed)


async def _say_privately(bot: SlomixBot, press: Press, reply: Reply) -> None:
    channel_id = await bot.channel.open_dm(press.presser.discord_id)
    # Nobody tells us when a token is free: another process may have taken it.
    while not await call(pacing.take, "discord", 1, at=clock.now()):  # noqa: ASYNC110
        await asyncio.sleep(LOOK_AGAIN)
    await bot.get_partial_messageable(channel_id).send(
        reply.text,
        # discord.py tries again by itself where Discord has trouble.
        nonce=f"c{press.interaction_id}",
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": reply.rows}),
    )


def button(template: str, verb: Callable[..., Reply]) -> type[discord.ui.DynamicItem[Button]]:
    """Make the kind of button that is found by its id, so it works after a restart.

    `verb` gets the press and what the template names.
    """
    BELOW_ANSWERS.add(template)

    class Pressed(discord.ui.DynamicItem[Button], template=template):
        def __init__(self, found: dict[str, str], item: Button) -> None:
            super().__init__(item)
            self.found = found

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],
            item: discord.ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            assert isinstance(item, discord.ui.Button)
            return cls(match.groupdict(), item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await answer(interaction, verb, **self.found)

    return Pressed


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
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    await whisper(interaction, reply)
