"""Discord's door to who somebody is: /link, /unlink, /player, /displayname. It only translates."""

import logging

from discord import app_commands
from discord.ext import commands

from availability.commands.cog.door import Choices, Interaction, answer, complete, reply_to
from botworker.client import SlomixBot
from slomix import identity

log = logging.getLogger(__name__)


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
