"""Deletes messages of a channel when an admin asks; what is kept true comes back."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import aiohttp
import discord
from django.db.models import F, QuerySet

from botworker.models import Tracked
from botworker.tracked_rows import FREE

log = logging.getLogger(__name__)

FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)
# Discord deletes a hundred at once, and none that is older than two weeks; an hour less is ours.
AT_ONCE, YOUNG = 100, timedelta(days=13, hours=23)
NEEDED = {
    "view_channel": "View Channel",
    "read_message_history": "Read Message History",
    "manage_messages": "Manage Messages",
}


def lacking(channel: discord.TextChannel) -> tuple[str, ...]:
    """Return what the bot lacks to delete in a channel, as Discord calls it."""
    has = channel.permissions_for(channel.guild.me)
    return tuple(name for bit, name in NEEDED.items() if not getattr(has, bit))


async def newest(channel: discord.TextChannel, amount: int, *, before: int) -> int:
    """Delete the newest messages of anybody; returns how many. `before` is Discord's id.

    Raises nothing: what Discord refuses in the middle is logged, and what is gone is counted.
    """
    return await _purge(channel, amount, before, lambda message: True)


async def own(channel: discord.TextChannel, limit: int, *, before: int) -> int:
    """Delete what the bot said among the newest `limit` messages; as `newest`."""
    me = channel.guild.me.id
    return await _purge(channel, limit, before, lambda message: message.author.id == me)


async def _purge(
    channel: discord.TextChannel,
    limit: int,
    before: int,
    wanted: Callable[[discord.Message], bool],
) -> int:
    found: list[discord.Message] = []
    try:
        # What was read before it broke is deleted all the same.
        async for message in channel.history(limit=limit, before=discord.Object(before)):
            if message.type.is_deletable() and wanted(message):
                found.append(message)  # noqa: PERF401
    except FAULTS as refused:
        log.warning("channel %d was not read to the end: %s", channel.id, refused)
    edge = discord.utils.utcnow() - YOUNG
    young = [one for one in found if one.created_at > edge]
    gone = 0
    for start in range(0, len(young), AT_ONCE):
        gone += await _delete(channel, young[start : start + AT_ONCE])
    for one in found:
        if one.created_at <= edge:
            gone += await _delete(channel, [one])
    return gone


async def _delete(channel: discord.TextChannel, found: list[discord.Message]) -> int:
    """Delete some messages, in one request where there are several; returns how many are gone."""
    try:
        await channel.delete_messages(found)
    except discord.NotFound:
        return 0  # somebody else was faster
    except FAULTS as refused:
        log.warning("messages of channel %d were not deleted: %s", channel.id, refused)
        return 0
    return len(found)


def look_again(channels: Iterable[int], *, at: datetime) -> int:
    """Have what is kept in some channels asked for now: whatever was deleted is posted anew.

    Returns how many those are. What is only being posted is asked for within a minute, as always.
    """
    kept: QuerySet[Tracked] = Tracked.objects.alive().filter(
        channel_id__in=list(channels), form=Tracked.Form.MESSAGE, message_id__isnull=False
    )
    # Whoever is showing one of them right now believes that it is there: the fence says otherwise.
    return kept.update(look_at=at, seen_at=None, fence=F("fence") + 1, **FREE)
