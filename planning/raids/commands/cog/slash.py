"""The slash commands of raids, on every server that the bot is on."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from availability.commands.cog import door as evenings
from availability.commands.cog.door import Interaction
from botworker import registering
from botworker.client import SlomixBot
from planning.raids.commands import ending, planning, settings, showing
from planning.raids.commands.cog import door

Choice = app_commands.Choice[str]
Choices = list[app_commands.Choice[Any]]
admin_only = app_commands.default_permissions(administrator=True)
on_servers = app_commands.guild_only()
# Owners' commands: they are not for whoever asks for help.
HIDDEN = frozenset(
    {"restart", "remote_guilds", "remote_cancel_all_raids", "remote_raidlist", "backup_db"}
)
LANGUAGES = [Choice(name="English", value="en"), Choice(name="slovenščina", value="sl")]
NUMBER = "The raid's number, as in the list"


class Raids(commands.Cog):
    """Raids by slash command; what is answered only whoever wrote it sees."""

    # Told to every server and not to the home one alone.
    everywhere = True

    def __init__(self, bot: SlomixBot) -> None:
        self.bot = bot

    # --- planning --------------------------------------------------------------------------------

    @app_commands.command(name="raidplan", description="Plan a raid: its days, times and minimum")
    @app_commands.describe(dungeon="What to raid")
    @on_servers
    async def raidplan(self, interaction: Interaction, dungeon: str) -> None:
        await door.ask(interaction, planning.ask, dungeon=dungeon)

    @raidplan.autocomplete("dungeon")
    async def dungeons(self, interaction: Interaction, typed: str) -> Choices:
        return await door.complete(interaction, showing.offered_dungeons, typed)

    @app_commands.command(name="raid_edit", description="Change a raid's days, times and minimum")
    @app_commands.describe(raid_id=NUMBER)
    @on_servers
    async def raid_edit(self, interaction: Interaction, raid_id: int) -> None:
        await door.ask(interaction, planning.ask_edit, raid_id=raid_id)

    @app_commands.command(name="raid_hand_over", description="Give a raid to somebody else")
    @app_commands.describe(raid_id=NUMBER, member="Who finishes it from now on")
    @on_servers
    async def raid_hand_over(
        self, interaction: Interaction, raid_id: int, member: discord.Member
    ) -> None:
        to = evenings.press_of(interaction.id, member)
        verb = planning.not_to_bots if member.bot else planning.hand_over
        await door.answer(interaction, verb, raid_id=raid_id, to=to)

    # --- ends ------------------------------------------------------------------------------------

    @app_commands.command(name="raid_finish", description="Finish a raid and count who is in it")
    @app_commands.describe(raid_id=NUMBER)
    @on_servers
    async def raid_finish(self, interaction: Interaction, raid_id: int) -> None:
        await door.answer(interaction, ending.finish_by_number, raid_id=raid_id)

    @app_commands.command(name="raid_cancel", description="Call one raid off")
    @app_commands.describe(raid_id=NUMBER)
    @on_servers
    async def raid_cancel(self, interaction: Interaction, raid_id: int) -> None:
        await door.answer(interaction, ending.cancel_by_number, raid_id=raid_id)

    @raid_edit.autocomplete("raid_id")
    @raid_hand_over.autocomplete("raid_id")
    @raid_finish.autocomplete("raid_id")
    @raid_cancel.autocomplete("raid_id")
    async def numbers(self, interaction: Interaction, typed: str) -> Choices:
        return await door.complete(interaction, showing.offered_raids, typed)

    @app_commands.command(name="cancel_all_raids", description="Call every open raid here off")
    @admin_only
    @on_servers
    async def cancel_all_raids(self, interaction: Interaction) -> None:
        await door.answer(interaction, ending.ask_cancel_all)

    # --- what is shown ---------------------------------------------------------------------------

    @app_commands.command(name="raidlist", description="See the open raids")
    @on_servers
    async def raidlist(self, interaction: Interaction) -> None:
        await door.answer(interaction, showing.raidlist_page)

    @app_commands.command(name="dungeonlist", description="See what can be raided")
    @on_servers
    async def dungeonlist(self, interaction: Interaction) -> None:
        await door.answer(interaction, showing.dungeons)

    @app_commands.command(name="help", description="See the commands")
    @on_servers
    async def help(self, interaction: Interaction) -> None:
        known = registering.commands_of(self.bot, interaction.guild_id or 0)
        said = [
            (one.name, str(getattr(one, "description", "")))
            for one in known
            if one.name not in HIDDEN
        ]
        await door.answer(interaction, showing.help_with, commands=said)

    @app_commands.command(name="help2", description="Post for everybody how raids work")
    @admin_only
    @on_servers
    async def help2(self, interaction: Interaction) -> None:
        if not await evenings.taken(interaction):
            return
        where = door.where_of(interaction)
        steps = await door.decide(interaction, showing.how_it_works, where)
        if steps.refused:
            await evenings.whisper(interaction, steps)
            return
        try:
            channel = self.bot.get_partial_messageable(interaction.channel_id or 0)
            await channel.send(
                steps.text,
                # discord.py tries again by itself where Discord has trouble.
                nonce=f"h{interaction.id}",
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.Forbidden, discord.NotFound):
            said = showing.not_posted
        else:
            said = showing.posted
        await evenings.whisper(interaction, await door.decide(interaction, said, where))

    # --- the server's admins ---------------------------------------------------------------------

    @app_commands.command(name="settings", description="Choose the channels for raids, and more")
    @app_commands.describe(
        minimum="How many players a slot needs, unless told otherwise; 0 means from one",
        language="What the bot writes in here",
        zone="The zone of days and times, such as Europe/Ljubljana",
        voice="Named in reminders",
        planners="Who may plan raids; without a role everybody may",
        everybody_plans="Forget that role",
        levels="Whether points for writing and talking are counted here",
        level_words="Whether a new level is told in the channel",
        leaderboard="Whether the site shows who was at most raids, and levels",
    )
    @app_commands.choices(language=LANGUAGES)
    @admin_only
    @on_servers
    async def settings(
        self,
        interaction: Interaction,
        minimum: app_commands.Range[int, 0, 999] | None = None,
        language: str | None = None,
        zone: str | None = None,
        voice: discord.VoiceChannel | None = None,
        planners: discord.Role | None = None,
        everybody_plans: bool = False,
        levels: bool | None = None,
        level_words: bool | None = None,
        leaderboard: bool | None = None,
    ) -> None:
        role = 0 if everybody_plans else planners.id if planners else None
        await door.answer(
            interaction,
            settings.show,
            default_min_players=minimum,
            language=language,
            timezone=zone,
            voice_channel_id=voice.id if voice else None,
            planner_role_id=role,
            counts_levels=levels,
            tells_levels=level_words,
            leaderboard_enabled=leaderboard,
        )

    @app_commands.command(name="template_config", description="Switch the forms' memory on or off")
    @app_commands.describe(enabled="Whether a form begins with what was planned last")
    @admin_only
    @on_servers
    async def template_config(self, interaction: Interaction, enabled: bool) -> None:
        await door.answer(interaction, settings.templates, enabled=enabled)
