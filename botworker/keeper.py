"""The keeper: what is posted says what holds now. One loop in the bot; several do no harm."""

import asyncio
import logging
import os
import secrets
import socket

import aiohttp
import discord

from botworker import (
    breaker,
    guild_events,
    guild_roles,
    guild_threads,
    pacing,
    render,
    thread_words,
    workers,
)
from botworker import tracked_looks as looks
from botworker import tracked_rows as rows
from botworker.channels import Refusal, Verdict
from botworker.channels.refusals import UNKNOWN_CHANNEL, of_http
from botworker.models import Tracked
from botworker.timing import MachineTime, Timing
from botworker.tracked import Drawn
from botworker.tracked_rows import Verb, Work
from slomix.lib.bridge import call

log = logging.getLogger(__name__)

EVERY = 0.5  # seconds between two looks at the rows
# One request with everything that discord.py does about it.
WITHIN = 10.0
# So long it waits for the pace; who has to wait longer takes its turn again.
TURN_WITHIN = 5.0
AT_ONCE = 20
# Of them so many roles: these are handed out slowly, and hold no message up.
ROLES_AT_ONCE = 5
# A gateway that must be closed does not wait for an edit.
FINISH_WITHIN = 0.5
UNREACHABLE = "Discord cannot be reached"
GARBAGE = (ValueError, TypeError, KeyError, AttributeError)


class Keeper:
    """Edits what is out of date and has posted anew what was deleted, until it is told to stop."""

    def __init__(self, client: discord.Client, timing: Timing | None = None) -> None:
        self.client = client
        self.timing = timing or MachineTime()
        self.stopping = asyncio.Event()
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"[:64]
        self._flying: dict[asyncio.Task[None], Tracked] = {}
        self._turn = asyncio.Lock()

    def stop(self) -> None:
        """Begin nothing more; requests under way are given a moment."""
        self.stopping.set()

    async def run(self) -> None:
        """Keep everything true until stopped. A fault of the database is logged and survived."""
        diary = workers.Diary("keeper")
        while not self.stopping.is_set():
            try:
                if self.client.is_ready():
                    async with diary.turn():
                        await self.round()
            except Exception:
                log.exception("a round of the keeper failed; the next one begins in a moment")
            await self._rest(EVERY)
        await self.finish()

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    async def round(self) -> bool:
        """Notice what changed and begin what is due; True when something was begun."""
        await self.timing.check()
        at = self.timing.now()
        busy = {row.channel_id for row in self._flying.values()}
        most = AT_ONCE - len(self._flying)
        roles = sum(row.form == Tracked.Form.ROLE for row in self._flying.values())
        claimed = await call(
            rows.take,
            at=at,
            owner=self.owner,
            most=most,
            busy=busy,
            roles=max(0, ROLES_AT_ONCE - roles),
        )
        for row in claimed:
            task = asyncio.create_task(self._fly(row), name=f"keep {row.key}")
            self._flying[task] = row
            task.add_done_callback(self._landed)
        return bool(claimed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        row = self._flying.pop(task)
        if not task.cancelled() and (fault := task.exception()):
            # The database could not be told; the row comes back with its lease.
            log.error("%s was not settled", row.key, exc_info=fault)

    async def finish(self) -> None:
        """End what is under way: requests get a moment, the rest is tried again by the next one."""
        if not self._flying:
            return
        held = dict(self._flying)
        _done, slow = await asyncio.wait(held, timeout=FINISH_WITHIN)
        for task in slow:
            task.cancel()
            await call(rows.abandon, held[task])

    async def _fly(self, row: Tracked) -> None:
        by = asyncio.get_running_loop().time() + TURN_WITHIN
        # One is drawn at a time, and its token comes with it: in the database's thread a press then
        # stands behind one of us and not behind twenty, and we behind the presses once and not twice.
        try:
            async with asyncio.timeout_at(by):
                await self._turn.acquire()
        except TimeoutError:
            await call(rows.hand_back, row)
            return
        try:
            work, paced = await self._look(row)
            paced = paced or (work is not None and await self._wait_for_pace(by))
        finally:
            self._turn.release()
        if work and paced:
            await self._do(work)
        elif work:
            await call(rows.hand_back, row)

    async def _look(self, row: Tracked) -> tuple[Work | None, bool]:
        try:
            return await call(looks.begin, row, at=self.timing.now())
        except Exception:
            log.exception("%s could not be drawn", row.key)
            await call(
                rows.failed, row, "it could not be drawn", definite=True, at=self.timing.now()
            )
        return None, False

    async def _take_turn(self) -> bool:
        """Wait until one more request may start, of what is under way already."""
        by = asyncio.get_running_loop().time() + TURN_WITHIN
        try:
            async with asyncio.timeout_at(by), self._turn:
                return await self._wait_for_pace(by)
        except TimeoutError:
            return False

    async def _wait_for_pace(self, by: float) -> bool:
        # Of those that wait one asks, or they would ask more often than anybody votes.
        try:
            async with asyncio.timeout_at(by):
                # Nobody tells us when a token is free: another process may have taken it.
                while not await call(pacing.take, rows.CHANNEL, 1, at=self.timing.now()):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        except TimeoutError:
            return False
        return True

    async def _do(self, work: Work) -> None:
        try:
            async with asyncio.timeout(WITHIN):
                await self._ask(work)
        except discord.HTTPException as refused:
            await self._refused(work, refused)
        except guild_threads.Unfit as unfit:
            await self._failed(work, str(unfit), definite=True)
        except (guild_threads.Unclear, TimeoutError, aiohttp.ClientError, OSError):
            # A thread that was asked for may come true a moment later; then it is found.
            begins = work.verb is Verb.THREAD and work.row.message_id is None
            await self._failed(work, UNREACHABLE, definite=begins)
        except GARBAGE:
            # discord.py could make nothing of the answer. An edit may be repeated at any time.
            log.exception("%s: the answer made no sense", work.row.key)
            await self._failed(work, "the answer made no sense")

    async def _ask(self, work: Work) -> None:
        row = work.row
        if work.verb in (Verb.EVENT, Verb.END_EVENT):
            await guild_events.keep(self.client, work, self.timing)
            return
        if work.verb is Verb.THREAD:
            await guild_threads.keep(self.client, work, self.timing, self._take_turn)
            return
        if work.verb is Verb.ROLE:
            await guild_roles.keep(self.client, work, self.timing)
            return
        assert row.message_id is not None
        message = self.client.get_partial_messageable(row.channel_id).get_partial_message(
            row.message_id
        )
        if work.verb is Verb.DELETE:
            await message.delete()
            await call(rows.close, row, at=self.timing.now())
            return
        if work.verb is Verb.CHECK:
            await message.fetch()
            at = self.timing.now()
            await call(rows.settle, row, shows=work.shows, at=at, seen=True)
            return
        assert isinstance(work.drawn, Drawn)
        said = {"embed": None, "view": None, **render.arguments(work.drawn.extras, row.marker)}
        await message.edit(
            content=work.drawn.body or None,
            allowed_mentions=discord.AllowedMentions.none(),
            **said,
        )
        await call(rows.settle, row, shows=work.shows, at=self.timing.now(), edited=True)

    async def _refused(self, work: Work, refused: discord.HTTPException) -> None:
        at = self.timing.now()
        if work.verb is Verb.DELETE and refused.status == 404:
            await call(rows.close, work.row, "deleted", at=at)
            return
        on_message = work.verb in (Verb.EDIT, Verb.CHECK)
        if on_message and refused.status == 404 and refused.code != UNKNOWN_CHANNEL:
            await call(rows.gone, work.row, at=at)
            return
        if work.verb is Verb.CHECK and refused.status == 403:
            # Without the right to read the history it is believed to be there.
            await call(rows.settle, work.row, shows=work.shows, at=at, seen=True)
            return
        refusal = of_http(refused)
        if refusal.verdict is Verdict.BLOCKED:
            await call(breaker.record, rows.CHANNEL, [refusal], at=at)
        definite = refusal.verdict in (Verdict.PERMANENT, Verdict.OUR_FAULT)
        await self._failed(work, self._words(work, refusal), definite=definite)

    def _words(self, work: Work, refusal: Refusal) -> str:
        if work.row.form == Tracked.Form.EVENT and refusal.http_status == 403:
            return "the bot may not manage this server's events"
        if work.verb is Verb.ROLE and refusal.http_status == 403:
            return guild_roles.NOT_ALLOWED
        if work.verb is Verb.THREAD:
            return thread_words.WORDS.get(refusal.code or 0, refusal.reason)
        return refusal.reason

    async def _failed(self, work: Work, why: str, *, definite: bool = False) -> None:
        await call(rows.failed, work.row, why, definite=definite, at=self.timing.now())
