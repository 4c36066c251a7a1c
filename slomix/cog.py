"""Discord's door to who somebody is: /link, /unlink, /player, /displayname. It only translates."""

import logging
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from availability import presses
from availability.presses import Press, Presser, Reply
from botworker import render
from botworker.client import SlomixBot
from slomix import identity
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
Interaction = discord.Interaction[SlomixBot]
Choices = list[app_commands.Choice[str]]
MOST_CHOICES = 25  # https://docs.discord.com/developers/interactions/application-commands


def press_of(number: int, user: discord.User | discord.Member) -> Press:
    avatar = user.avatar.key if user.avatar else ""
    presser = Presser(user.id, user.name, user.global_name or "", avatar)
    return Press(number, presser, clock.now())


async def decide(press: Press, verb: Callable[..., Reply], **given: Any) -> Reply:
    """Run a command; a fault of ours is logged and told, never left hanging."""
    try:
        return await call(verb, press, **given)
    except Exception:
        log.exception("command %s failed", press.interaction_id)
        return presses.our_fault(press.interaction_id)


async def answer(interaction: Interaction, verb: Callable[..., Reply], **given: Any) -> None:
    """Answer a slash command so that only whoever wrote it sees it."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    reply = await decide(press_of(interaction.id, interaction.user), verb, **given)
    await interaction.followup.send(
        reply.text,
        ephemeral=True,
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": reply.rows}),
    )


async def reply_to(
    context: commands.Context[SlomixBot], verb: Callable[..., Reply], **given: Any
) -> None:
    """Answer a written command where it was written."""
    reply = await decide(press_of(context.message.id, context.author), verb, **given)
    await context.reply(
        reply.text,
        allowed_mentions=discord.AllowedMentions.none(),
        **render.arguments({"rows": reply.rows}),
    )


async def complete(
    interaction: Interaction, offer: Callable[[Press, str], list[tuple[str, str]]], typed: str
) -> Choices:
    """Offer what completes an option; nothing when we cannot look."""
    try:
        found = await call(offer, press_of(interaction.id, interaction.user), typed)
    except Exception:
        log.exception("completing for %s failed", interaction.id)
        return []
    return [app_commands.Choice(name=name, value=value) for name, value in found[:MOST_CHOICES]]


class Identity(commands.Cog):
    """Which player somebody is and what others call them, by slash command and by `!`."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_command_error(
        self, context: commands.Context[SlomixBot], error: commands.CommandError
    ) -> None:
        """Stay silent about words that are no command of ours; other faults are logged."""
        if not isinstance(error, commands.CommandNotFound):
            log.error("a written command failed", exc_info=error)

    @app_commands.command(name="link", description="Say which player you are")
    @app_commands.describe(player="Any name you ever wore in the game, or your id")
    async def link(self, interaction: Interaction, player: str = "") -> None:
        await answer(interaction, identity.link, player=player)

    @link.autocomplete("player")
    async def players(self, interaction: Interaction, typed: str) -> Choices:
        return await complete(interaction, identity.offered, typed)

    @app_commands.command(name="unlink", description="Untie your player")
    @app_commands.describe(sure="Your answers ahead go, and nothing is sent to you any more")
    async def unlink(self, interaction: Interaction, sure: bool = False) -> None:
        await answer(interaction, identity.unlink, sure=sure)

    @app_commands.command(name="player", description="See which player you are, or find one")
    @app_commands.describe(name="A piece of a name")
    async def player(self, interaction: Interaction, name: str = "") -> None:
        await answer(interaction, identity.player, name=name)

    @app_commands.command(name="displayname", description="Choose what others call you")
    @app_commands.describe(
        name="Any name; without one it is your player's again", alias="A name your player wore"
    )
    async def displayname(self, interaction: Interaction, name: str = "", alias: str = "") -> None:
        await answer(interaction, identity.rename, name=name, alias=alias)

    @displayname.autocomplete("alias")
    async def aliases(self, interaction: Interaction, typed: str) -> Choices:
        return await complete(interaction, identity.worn, typed)

    @commands.command(name="link", aliases=["select"])
    async def write_link(self, context: commands.Context[SlomixBot], *, player: str = "") -> None:
        await reply_to(context, identity.link, player=player)

    @commands.command(name="unlink")
    async def write_unlink(self, context: commands.Context[SlomixBot], word: str = "") -> None:
        await reply_to(context, identity.unlink, sure=word.lower() in ("sure", "yes"))

    @commands.command(name="find_player", aliases=["player", "myaliases"])
    async def write_player(self, context: commands.Context[SlomixBot], *, name: str = "") -> None:
        await reply_to(context, identity.player, name=name)

    @commands.command(name="setname")
    async def write_name(self, context: commands.Context[SlomixBot], *, words: str = "") -> None:
        first, _space, rest = words.partition(" ")
        named = {"alias": {"alias": rest}, "reset": {}}.get(first.lower(), {"name": words})
        await reply_to(context, identity.rename, **named)


async def setup(bot: SlomixBot) -> None:
    await bot.add_cog(Identity(bot))
