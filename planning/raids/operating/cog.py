"""Discord's door to what admins and owners ask of the bot itself; it only translates."""

import logging
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from django.conf import settings

from availability.commands.cog import door as evenings
from availability.commands.cog.door import Interaction
from availability.presses import Reply
from botworker import purging
from botworker.client import SlomixBot
from planning.raids.commands import common
from planning.raids.commands.cog import door
from planning.raids.operating import answers
from slomix.lib import clock
from slomix.lib.bridge import call

log = logging.getLogger(__name__)
Choice = app_commands.Choice[str]
admin_only = app_commands.default_permissions(administrator=True)
on_servers = app_commands.guild_only()
TYPED_RESTART = ("restart", "/restart")
SCOPES = [Choice(name="this channel", value="channel"), Choice(name="server", value="server")]


async def owns(bot: SlomixBot, who: discord.User | discord.Member) -> bool:
    """Say whether Discord names somebody as an owner of the application; unclear is no."""
    try:
        return await bot.is_owner(who)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as unasked:
        log.warning("who owns the application was not told: %s", unasked)
        return False


def servers_of(bot: SlomixBot) -> list[tuple[int, str]]:
    """Return the servers that the bot is on, by id and name."""
    return [(guild.id, guild.name) for guild in bot.guilds]


def _typed_restart(message: discord.Message) -> bool:
    """Say whether a person wrote the word into the log channel, as a message of its own."""
    return (
        message.guild is not None
        and bool(settings.LOG_CHANNEL_ID)
        and message.channel.id == settings.LOG_CHANNEL_ID
        and settings.LOG_GUILD_ID in (0, message.guild.id)
        and not (message.author.bot or message.webhook_id)
        and message.content.strip().lower() in TYPED_RESTART
    )


class Care(commands.Cog):
    """How the bot is, and what it shall delete, on every server."""

    everywhere = True

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    @app_commands.command(
        name="status", description="See how the bot is, and how many raids are open"
    )
    @on_servers
    async def status(self, interaction: Interaction) -> None:
        if await evenings.taken(interaction):
            where, owner = door.where_of(interaction), await owns(self.bot, interaction.user)
            reply = await door.decide(interaction, answers.status, where, owner=owner)
            await evenings.whisper(interaction, reply)

    @app_commands.command(name="purge", description="Delete the newest messages of this channel")
    @app_commands.describe(amount="How many, of anybody: 1 to 100")
    @admin_only
    @on_servers
    async def purge(self, interaction: Interaction, amount: int = 10) -> None:
        if not await evenings.taken(interaction):
            return
        if not (channel := await self._allowed(interaction)):
            return
        most = min(max(amount, 1), 100)
        gone = await purging.newest(channel, most, before=interaction.id)
        await call(purging.look_again, [channel.id], at=clock.now())
        await self._say(interaction, answers.purged, number=gone)

    @app_commands.command(name="purgebot", description="Delete what the bot said")
    @app_commands.describe(
        scope="Where", limit="How many messages of each channel are looked at: 1 to 5000"
    )
    @app_commands.choices(scope=SCOPES)
    @admin_only
    @on_servers
    async def purgebot(self, interaction: Interaction, scope: str, limit: int = 500) -> None:
        if not await evenings.taken(interaction):
            return
        if not (here := await self._allowed(interaction, anywhere=scope == "server")):
            return
        most = min(max(limit, 1), 5000)
        every = here.guild.text_channels if scope == "server" else [here]
        channels = [one for one in every if not purging.lacking(one)]
        number = touched = kept = 0
        for channel in channels:
            gone = await purging.own(channel, most, before=interaction.id)
            # At once: what still holds does not wait for the other channels.
            kept += await call(purging.look_again, [channel.id], at=clock.now()) if gone else 0
            number, touched = number + gone, touched + bool(gone)
        told: dict[str, Any] = {"number": number, "channels": touched, "limit": most, "kept": kept}
        await self._say(interaction, answers.purged_own, **told)

    async def _allowed(
        self, interaction: Interaction, *, anywhere: bool = False
    ) -> discord.TextChannel | None:
        """Return the channel that is meant; what is refused is told."""
        where, channel = door.where_of(interaction), interaction.channel
        refused: Reply | None = await door.decide(interaction, answers.may_purge, where)
        if refused is None and isinstance(channel, discord.TextChannel):
            missing = () if anywhere else purging.lacking(channel)
            if not missing:
                return channel
            refused = await door.decide(interaction, answers.not_here, where, missing=missing)
        elif refused is None:
            refused = await door.decide(interaction, answers.not_here, where, missing=())
        assert refused is not None
        await evenings.whisper(interaction, refused)
        return None

    async def _say(self, interaction: Interaction, verb: Callable[..., Reply], **told: Any) -> None:
        reply = await door.decide(interaction, verb, door.where_of(interaction), **told)
        await evenings.whisper(interaction, reply)


class Operators(commands.Cog):
    """The bot itself, and servers from outside: for its owners alone, at home."""

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    async def _answer(
        self, interaction: Interaction, verb: Callable[..., Reply], **given: Any
    ) -> bool:
        """Answer; returns whether it was carried out."""
        if not await evenings.taken(interaction):
            return False
        where, owner = door.where_of(interaction), await owns(self.bot, interaction.user)
        reply = await door.decide(interaction, verb, where, owner=owner, **given)
        await evenings.whisper(interaction, reply)
        return not reply.refused

    @app_commands.command(name="restart", description="Restart the bot (its owners)")
    @on_servers
    async def restart(self, interaction: Interaction) -> None:
        if await self._answer(interaction, answers.restart):
            self._begin_anew(interaction.user.id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Restart where an owner types it into the log channel; nobody else is answered."""
        if not _typed_restart(message):
            return
        owner = await owns(self.bot, message.author)
        if not owner and message.author.id != settings.PRIVILEGED_USER_ID:
            log.warning("Discord account %d typed restart and may not", message.author.id)
            return
        press = evenings.press_of(message.id, message.author)
        reply: Reply = await call(common.run, press, common.Where(), answers.restart, owner=owner)
        if reply.refused:
            return
        try:
            await message.channel.send(
                reply.text,
                # discord.py tries again by itself where Discord has trouble.
                nonce=f"r{message.id}",
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unsaid:
            log.warning("the restart was not announced: %s", unsaid)
        self._begin_anew(message.author.id)

    def _begin_anew(self, account: int) -> None:
        log.warning("restarted by Discord account %d", account)
        self.bot.begin_anew()

    @app_commands.command(name="remote_guilds", description="Name the bot's servers (its owners)")
    @on_servers
    async def remote_guilds(self, interaction: Interaction) -> None:
        await self._answer(interaction, answers.remote_guilds, servers=servers_of(self.bot))

    @app_commands.command(
        name="remote_cancel_all_raids", description="Call every raid of a server off (its owners)"
    )
    @app_commands.describe(guild_name="A server that the bot is on")
    @on_servers
    async def remote_cancel_all_raids(self, interaction: Interaction, guild_name: str) -> None:
        told: dict[str, Any] = {"servers": servers_of(self.bot), "guild_name": guild_name}
        await self._answer(interaction, answers.remote_cancel_all, **told)

    @app_commands.command(
        name="remote_raidlist", description="Show a server's raid list anew (its owners)"
    )
    @app_commands.describe(guild_name="A server that the bot is on")
    @on_servers
    async def remote_raidlist(self, interaction: Interaction, guild_name: str) -> None:
        told: dict[str, Any] = {"servers": servers_of(self.bot), "guild_name": guild_name}
        await self._answer(interaction, answers.remote_raidlist, **told)

    @remote_cancel_all_raids.autocomplete("guild_name")
    @remote_raidlist.autocomplete("guild_name")
    async def names(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[Any]]:
        owner, where = await owns(self.bot, interaction.user), door.where_of(interaction)
        given: dict[str, Any] = {"owner": owner, "servers": servers_of(self.bot)}
        found = await door.decide(interaction, answers.offered, where, typed=typed, **given)
        if isinstance(found, Reply):
            return []
        return [app_commands.Choice(name=name, value=value) for name, value in found]


async def setup(bot: SlomixBot) -> None:
    """Add both to a bot, as discord.py's extensions do."""
    await bot.add_cog(Care(bot))
    await bot.add_cog(Operators(bot))
