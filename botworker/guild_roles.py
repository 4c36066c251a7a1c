"""Roles of servers that are kept: made once, given and taken, deleted when over."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import cast

import aiohttp
import discord
from django.db import transaction
from django.db.models import F

from botworker import pacing, tracked, wire
from botworker import tracked_rows as rows
from botworker.guild_threads import Unclear
from botworker.models import Tracked
from botworker.timing import Timing
from botworker.tracked_moves import DrawnRole, RoleKind
from botworker.tracked_rows import Work
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

MADE_WITHIN = 8.0
# People a time: each takes a request. Whoever is left comes with the next look.
AT_ONCE = 5
AGAIN = timedelta(seconds=1)
# Of the requests a second that Discord takes from us roles get so many: messages are never behind
# hundreds of people who are to be given one.
PACE, A_SECOND = "discord roles", 8.0
NOT_ALLOWED = "the bot may not manage roles there"
NO_SERVER = "the bot is not on this server"
# Clocks differ: ours when we asked, Discord's in the id of what it made.
SKEW = timedelta(minutes=1)
# https://docs.discord.com/developers/topics/opcodes-and-status-codes
NO_MEMBER, NO_USER, NO_ROLE = 10007, 10013, 10011


async def keep(client: discord.Client, work: Work, timing: Timing) -> None:
    """Do what is to be done for one role and settle it. Raises Unclear, and what discord.py raises."""
    guild = client.get_guild(work.row.channel_id)
    if guild is None:
        await call(rows.failed, work.row, NO_SERVER, definite=True, at=timing.now())
        return
    drawn = work.drawn if isinstance(work.drawn, DrawnRole) else None
    if drawn is None or rows.over(work.row, timing.now()):
        await _end(guild, work.row, drawn, timing)
        return
    if work.row.message_id is None:
        await _make(guild, work.row, drawn, timing)
        return
    role = guild.get_role(work.row.message_id) or await _ask(guild, work.row.message_id)
    if role is None:
        await call(_lost, work.row, timing)
        return
    left = await _hand_out(guild, role, drawn, timing)
    await call(_handed_out, work, left, timing)


async def _ask(guild: discord.Guild, role_id: int) -> discord.Role | None:
    return next((one for one in await guild.fetch_roles() if one.id == role_id), None)


async def _make(guild: discord.Guild, row: Tracked, drawn: DrawnRole, timing: Timing) -> None:
    """Make it once: whoever died before writing it down is followed by somebody who looks first."""
    asked_before = row.posted_at is not None
    await call(_asking, row, timing)
    role = await _find(guild, row, drawn) if asked_before else None
    role = role or await _create(guild, row, drawn)
    await call(_made, row, role.id, timing)


def _asking(row: Tracked, timing: Timing) -> None:
    if row.posted_at is None:
        rows.mine(row).update(posted_at=timing.now())


async def _find(guild: discord.Guild, row: Tracked, drawn: DrawnRole) -> discord.Role | None:
    """Look for one that was made since we first asked; an older one of the same name is not ours."""
    assert row.posted_at is not None
    since = row.posted_at - SKEW
    for one in await guild.fetch_roles():
        if one.name == drawn.name and not one.managed and one.created_at >= since:
            return one
    return None


async def _create(guild: discord.Guild, row: Tracked, drawn: DrawnRole) -> discord.Role:
    seen = wire.begin(once=True)
    try:
        async with asyncio.timeout(MADE_WITHIN):
            return await guild.create_role(
                name=drawn.name,
                permissions=discord.Permissions.none(),
                mentionable=True,
                reason=row.key,
            )
    except (wire.Again, discord.DiscordServerError, aiohttp.ClientError, OSError) as unclear:
        if seen.may_have_arrived:
            raise Unclear from unclear
        raise


@transaction.atomic
def _made(row: Tracked, role_id: int, timing: Timing) -> None:
    at = timing.now()
    rows.settle(row, shows="", at=at, seen=True, message_id=role_id, again=True)
    if Tracked.objects.filter(pk=row.pk, message_id=role_id).exists():
        _kind(row).made(row.key, role_id, at)


@transaction.atomic
def _lost(row: Tracked, timing: Timing) -> None:
    """Somebody deleted it in Discord: it is made anew, ever later if that goes on."""
    at = timing.now()
    rows.tell(row, "deleted")
    wait = timedelta(
        seconds=0 if row.generation == 1 else min(900, 30 * 2 ** min(row.generation, 5))
    )
    changed = rows.mine(row).update(
        generation=F("generation") + 1,
        message_id=None,
        posted_at=None,
        shown_hash="",
        error="deleted",
        not_before=at + wait,
        look_at=at + wait,
        **rows.FREE,
    )
    if changed:
        _kind(row).made(row.key, None, at)


@transaction.atomic
def _handed_out(work: Work, left: bool, timing: Timing) -> None:
    at = timing.now()
    shows = work.row.shown_hash if left else work.shows
    rows.settle(work.row, shows=shows, at=at, edited=True)
    if left:
        rows.mine(work.row).update(look_at=at + AGAIN)


async def _hand_out(
    guild: discord.Guild, role: discord.Role, drawn: DrawnRole, timing: Timing
) -> bool:
    """Give it to whoever is to have it and take it from the others; True when some are left."""
    if not guild.chunked:
        await guild.chunk()
    has = {member.id for member in role.members}
    here = {one for one in drawn.members if guild.get_member(one)}
    todo = [*sorted(here - has), *sorted(has - drawn.members)]
    for number, one in enumerate(todo[:AT_ONCE]):
        if not await call(_may_ask, first=number == 0, at=timing.now()):
            return True
        await _one(guild, role, one, give=one in drawn.members)
    return len(todo) > AT_ONCE


def _may_ask(*, first: bool, at: datetime) -> bool:
    """Say whether one more request for a person may start now; the first has its token already.

    Whoever may not comes again in a second: who waited here would be in the queue of the messages.
    """
    allowed = pacing.take(PACE, 1, at=at, rate=A_SECOND)
    return bool(allowed and (first or pacing.take(rows.CHANNEL, 1, at=at)))


async def _one(guild: discord.Guild, role: discord.Role, person: int, *, give: bool) -> None:
    member = guild.get_member(person)
    if member is None:
        return
    try:
        if give:
            await member.add_roles(role, atomic=True)
        else:
            await member.remove_roles(role, atomic=True)
    except discord.HTTPException as refused:
        if refused.code not in (NO_MEMBER, NO_USER):
            raise
        log.info("a role could not be given or taken: %s", refused.code)


async def _end(guild: discord.Guild, row: Tracked, drawn: DrawnRole | None, timing: Timing) -> None:
    """Delete it, also one that was made and not written down; with that nobody has it any more."""
    if row.message_id is not None:
        role = guild.get_role(row.message_id) or await _ask(guild, row.message_id)
    else:
        role = await _find(guild, row, drawn) if drawn and row.posted_at else None
    if role is not None:
        try:
            await role.delete(reason=row.key)
        except discord.NotFound:
            log.info("a role was deleted a moment before us")
    await call(_ended, row, timing)


@transaction.atomic
def _ended(row: Tracked, timing: Timing) -> None:
    rows.close(row, at=timing.now())
    _kind(row).made(row.key, None, timing.now())


def _kind(row: Tracked) -> RoleKind:
    return cast(RoleKind, tracked.kind_of(row.kind))
