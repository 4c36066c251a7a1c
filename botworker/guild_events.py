"""Scheduled events of the guild that are kept true: made once, changed, ended when over."""

import discord
from discord import EntityType, EventStatus, PrivacyLevel

from botworker import tracked_rows as rows
from botworker.models import Tracked
from botworker.timing import Timing
from botworker.tracked import DrawnEvent
from botworker.tracked_rows import Verb, Work
from slomix.lib.bridge import call

OPEN = (EventStatus.scheduled, EventStatus.active)
REMOVED = "removed by hand"


async def keep(client: discord.Client, work: Work, timing: Timing) -> None:
    """Do what is to be done for one event and settle it. Raises what discord.py raises.

    Whoever cancels or deletes it by hand is right: it does not come back.
    """
    guild = client.get_guild(work.row.channel_id) or await client.fetch_guild(work.row.channel_id)
    if work.row.message_id is None:
        assert isinstance(work.drawn, DrawnEvent)
        found = await _find(client, guild, work.row)
        event = await _change(found, work, timing) if found else await _make(guild, work)
        await _settle(work, event.id, timing)
        return
    try:
        event = await guild.fetch_scheduled_event(work.row.message_id, with_counts=False)
    except discord.NotFound:
        await call(rows.close, work.row, REMOVED, at=timing.now())
        return
    if work.verb is Verb.END_EVENT:
        await _end(event)
    elif event.status not in OPEN:
        await call(rows.close, work.row, REMOVED, at=timing.now())
        return
    else:
        await _change(event, work, timing)
    await _settle(work, event.id, timing)


async def _settle(work: Work, event_id: int, timing: Timing) -> None:
    at = timing.now()
    await call(rows.settle, work.row, shows=work.shows, at=at, edited=True, message_id=event_id)


async def _find(
    client: discord.Client, guild: discord.Guild, row: Tracked
) -> discord.ScheduledEvent | None:
    """Look for one that we made and died before writing it down."""
    mine = client.user.id if client.user else 0
    for event in await guild.fetch_scheduled_events(with_counts=False):
        if event.creator_id == mine and (event.description or "").endswith(_last_line(row)):
            return event
    return None


async def _make(guild: discord.Guild, work: Work) -> discord.ScheduledEvent:
    drawn = work.drawn
    assert isinstance(drawn, DrawnEvent)
    return await guild.create_scheduled_event(
        name=drawn.name,
        description=_description(work, drawn),
        start_time=drawn.start_at,
        end_time=drawn.end_at,
        entity_type=EntityType.external,
        location=drawn.location,
        privacy_level=PrivacyLevel.guild_only,
    )


async def _change(
    event: discord.ScheduledEvent, work: Work, timing: Timing
) -> discord.ScheduledEvent:
    drawn = work.drawn
    assert isinstance(drawn, DrawnEvent)
    # Discord takes no start in the past, not even the same one again.
    ahead = event.status is EventStatus.scheduled and drawn.start_at > timing.now()
    moved = ahead and event.start_time != drawn.start_at
    return await event.edit(
        name=drawn.name,
        description=_description(work, drawn),
        start_time=drawn.start_at if moved else discord.utils.MISSING,
        end_time=drawn.end_at,
        entity_type=EntityType.external,
        location=drawn.location,
    )


async def _end(event: discord.ScheduledEvent) -> None:
    if event.status is EventStatus.active:
        await event.end()
    elif event.status is EventStatus.scheduled:
        await event.cancel()


def _last_line(row: Tracked) -> str:
    return f"({row.key})"


def _description(work: Work, drawn: DrawnEvent) -> str:
    return f"{drawn.description}\n\n{_last_line(work.row)}"
