"""Who is in voice on every server, for the points of full hours; pure but for what discord.py knows."""

import discord
from django.conf import settings

EVERY = 60.0


def in_voice(guild: discord.Guild) -> dict[int, bool]:
    """Return every account in a voice channel of a server, and whether the time counts for it.

    In the AFK channel and alone it counts only where VOICE_XP_AFK and VOICE_XP_ALONE say so. Bots
    are neither counted nor company.
    """
    found: dict[int, bool] = {}
    for channel in (*guild.voice_channels, *guild.stage_channels):
        people = [one for one in channel.voice_states if not _is_bot(guild, one)]
        counts = (settings.VOICE_XP_AFK or channel != guild.afk_channel) and (
            settings.VOICE_XP_ALONE or len(people) > 1
        )
        found.update(dict.fromkeys(people, counts))
    return found


def _is_bot(guild: discord.Guild, discord_id: int) -> bool:
    member = guild.get_member(discord_id)
    return member is not None and member.bot
