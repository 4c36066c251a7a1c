"""Private threads that are kept: begun once, their people let in and taken out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, cast

import aiohttp
import discord
from discord import ChannelType

from botworker import tracked, wire
from botworker import tracked_rows as rows
from botworker.models import Tracked
from botworker.thread_words import NO_THREADS_HERE, REMOVED, WORDS
from botworker.timing import Timing
from botworker.tracked import DrawnThread, ThreadKind
from botworker.tracked_rows import Work
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

# A day without a word, and Discord folds it up by itself.
FOLDS_AFTER: Final = 1440
# Of the keeper's ten seconds; the rest is for writing down what came of it.
BEGUN_WITHIN = 8.0
# People a time: each takes a request. Whoever is left comes with the next look.
AT_ONCE = 5
NO_MEMBER, NO_USER, FULL = 10007, 10013, 30033
Turn = Callable[[], Awaitable[bool]]


class Unclear(Exception):
    """Nobody can say whether a thread was begun; it is looked for before another one would be."""


class Unfit(Exception):
    """There can be no private threads where one is wanted; the text is one of our words."""


async def keep(client: discord.Client, work: Work, timing: Timing, turn: Turn) -> None:
    """Do what is to be done for one thread and settle it. Raises Unclear, Unfit, and what discord.py raises.

    Whoever deletes it by hand is right: it does not come back. One that was folded up is opened.
    """
    assert isinstance(work.drawn, DrawnThread)
    if work.row.message_id is None:
        thread = await _find(client, work.row, work.drawn) or await _begin(client, work)
        await _settle(work, timing, message_id=thread.id, again=True)
        return
    try:
        thread = await _fetch(client, work.row.message_id)
        if thread.archived:
            await thread.edit(archived=False)
    except discord.NotFound:
        await call(rows.close, work.row, REMOVED, at=timing.now())
        return
    left = await _move(thread, work, timing, turn)
    await _settle(work, timing, again=left)


async def _settle(
    work: Work, timing: Timing, *, message_id: int | None = None, again: bool = False
) -> None:
    at = timing.now()
    await call(
        rows.settle, work.row, shows="", at=at, seen=True, message_id=message_id, again=again
    )


async def _fetch(client: discord.Client, thread_id: int) -> discord.Thread:
    found = await client.fetch_channel(thread_id)
    assert isinstance(found, discord.Thread)
    return found


async def _find(client: discord.Client, row: Tracked, drawn: DrawnThread) -> discord.Thread | None:
    """Look for one that we began and died before writing it down: ours, by its name."""
    parent = await _parent(client, row)
    mine = client.user.id if client.user else 0
    there = await parent.guild.active_threads()
    there += [one async for one in parent.archived_threads(private=True, joined=True, limit=50)]
    for one in there:
        ours = (one.parent_id, one.owner_id, one.name) == (parent.id, mine, drawn.name)
        if ours and one.type is ChannelType.private_thread:
            return one
    return None


async def _begin(client: discord.Client, work: Work) -> discord.Thread:
    assert isinstance(work.drawn, DrawnThread)
    parent = await _parent(client, work.row)
    seen = wire.begin(once=True)
    try:
        async with asyncio.timeout(BEGUN_WITHIN):
            return await parent.create_thread(
                name=work.drawn.name,
                type=ChannelType.private_thread,
                # Whoever is not in the room is not brought in.
                invitable=False,
                auto_archive_duration=FOLDS_AFTER,
                reason=work.row.key,
            )
    except (wire.Again, discord.DiscordServerError, aiohttp.ClientError, OSError) as unclear:
        if seen.may_have_arrived:
            raise Unclear from unclear
        raise


async def _parent(client: discord.Client, row: Tracked) -> discord.TextChannel:
    found = client.get_channel(row.channel_id) or await client.fetch_channel(row.channel_id)
    if not isinstance(found, discord.TextChannel):
        raise Unfit(WORDS[NO_THREADS_HERE])
    return found


async def _move(thread: discord.Thread, work: Work, timing: Timing, turn: Turn) -> bool:
    """Let people in and take them out, a few at a time; True when some are left."""
    assert isinstance(work.drawn, DrawnThread)
    todo = [(thread.add_user, one) for one in sorted(work.drawn.add)]
    todo += [(thread.remove_user, one) for one in sorted(work.drawn.remove)]
    added: set[int] = set()
    removed: set[int] = set()
    try:
        for verb, person in todo[:AT_ONCE]:
            if not await turn():
                break
            await _one(verb, person)
            (added if person in work.drawn.add else removed).add(person)
    finally:
        if added or removed:
            await call(_tell, work.row, added, removed, timing)
    return len(added) + len(removed) < len(todo)


async def _one(verb: Callable[[discord.abc.Snowflake], Awaitable[None]], person: int) -> None:
    try:
        await verb(discord.Object(person))
    except discord.HTTPException as refused:
        if refused.code not in (NO_MEMBER, NO_USER, FULL):
            raise
        # Not on the server, or a thousand are inside: asking again would change nothing.
        log.info("somebody could not be moved in thread: %s", refused.code)


def _tell(row: Tracked, added: Iterable[int], removed: Iterable[int], timing: Timing) -> None:
    cast(ThreadKind, tracked.kind_of(row.kind)).moved(row.key, added, removed, timing.now())
