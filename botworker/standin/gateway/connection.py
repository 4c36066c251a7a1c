"""One websocket: hello, identify or resume, heartbeats, member lists."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from botworker.standin import shapes
from botworker.standin.parts import PARTS, Parts
from botworker.standin.store import Store
from botworker.standin.world import Json, World

from . import intents
from .hub import Close, Outbox, Session, encode

HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, MEMBERS = 1, 2, 3, 4, 6, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED = 4001, 4002, 4003
BAD_TOKEN, ALREADY_AUTHENTICATED, DISALLOWED_INTENTS = 4004, 4005, 4014
# A client that closes with one of these cannot resume.
GOODBYE = (1000, 1001)
HEARTBEAT_MS = 41_250
CHUNK = 1000


async def gateway(request: web.Request) -> web.WebSocketResponse:
    """Serve `/gateway`. Compression is asked for by discord.py and need not be given."""
    ws = web.WebSocketResponse(compress=False, max_msg_size=0)
    await ws.prepare(request)
    await Connection(request.app[PARTS], ws, f"ws://{request.host}/gateway").run()
    return ws


class Connection:
    """Talks to one client; what must outlive the socket is in its Session."""

    def __init__(self, parts: Parts, ws: web.WebSocketResponse, url: str) -> None:
        self.parts = parts
        self.ws = ws
        self.url = url
        self.outbox: Outbox = asyncio.Queue()
        self.session: Session | None = None
        self.closed_by_us = False
        self.answers = {
            HEARTBEAT: self._heartbeat,
            IDENTIFY: self._identify,
            PRESENCE: self._ignore,
            VOICE: self._ignore,
            RESUME: self._resume,
            MEMBERS: self._members,
        }

    async def run(self) -> None:
        self._send(HELLO, {"heartbeat_interval": HEARTBEAT_MS})
        sender = asyncio.create_task(self._drain())
        try:
            await self._listen()
        finally:
            self._leave()
            sender.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sender

    async def _listen(self) -> None:
        async for frame in self.ws:
            if frame.type is WSMsgType.TEXT:
                self._hear(frame.data)

    async def _drain(self) -> None:
        while True:
            frame = await self.outbox.get()
            if isinstance(frame, Close):
                self.closed_by_us = True
                await self.ws.close(code=frame.code)
                return
            await self.ws.send_str(frame)

    def _hear(self, text: str) -> None:
        try:
            payload = json.loads(text)
            answer = self.answers.get(payload["op"])
        except (ValueError, KeyError, TypeError):
            return self._close(DECODE_ERROR)
        if answer is None:
            return self._close(UNKNOWN_OPCODE)
        return answer(payload.get("d"))

    # --- operations --------------------------------------------------------------------------

    def _heartbeat(self, data: Any) -> None:
        self._send(HEARTBEAT_ACK, None)

    def _ignore(self, data: Any) -> None:
        if not self.session:
            self._close(NOT_AUTHENTICATED)

    def _identify(self, data: Json) -> None:
        self.parts.hub.identifies += 1
        if code := self._refusal(data):
            return self._close(code)
        self._attach(Session(intents=int(data["intents"])))
        return self._welcome()

    def _refusal(self, data: Json) -> int | None:
        application = self.parts.world.application
        if self.session:
            return ALREADY_AUTHENTICATED
        if data.get("token") != application.token:
            return BAD_TOKEN
        guarded = int(data["intents"]) & intents.PRIVILEGED
        return DISALLOWED_INTENTS if guarded and not application.privileged_intents else None

    def _welcome(self) -> None:
        assert self.session
        self.session.tell("READY", ready(self.parts.world, self.session.id, self.url))
        if intents.wants(self.session.intents, intents.GUILDS):
            self.session.tell("GUILD_CREATE", self._guild(self.session.intents))

    def _guild(self, wanted: int) -> Json:
        # Without the presence intent Discord names only the bot itself (and who is in voice).
        everybody = members(self.parts.store)
        shown = everybody if wanted & intents.GUILD_PRESENCES else everybody[:1]
        return shapes.guild_create(self.parts.world, shown, len(everybody))

    def _resume(self, data: Json) -> None:
        if data.get("token") != self.parts.world.application.token:
            return self._close(BAD_TOKEN)
        session = self.parts.hub.sessions.get(str(data.get("session_id")))
        if not session or not session.can_resume(int(data.get("seq") or 0)):
            return self._send(INVALID_SESSION, False)
        for frame in session.missed(int(data.get("seq") or 0)):
            self.outbox.put_nowait(frame)
        self._attach(session)
        return session.tell("RESUMED", {})

    def _members(self, data: Json) -> None:
        if not self.session:
            return self._close(NOT_AUTHENTICATED)
        found = _chosen(self.parts.store, data)
        pieces = [found[start : start + CHUNK] for start in range(0, len(found), CHUNK)] or [[]]
        for number, piece in enumerate(pieces):
            self.session.tell(
                "GUILD_MEMBERS_CHUNK",
                {
                    "guild_id": str(self.parts.world.guild.id),
                    "members": piece,
                    "chunk_index": number,
                    "chunk_count": len(pieces),
                    "not_found": [],
                    "presences": [],
                    "nonce": data.get("nonce"),
                },
            )
        return None

    # --- the socket ----------------------------------------------------------------------------

    def _attach(self, session: Session) -> None:
        if session.outbox:
            session.outbox.put_nowait(Close(4009))
        session.outbox = self.outbox
        self.session = session
        self.parts.hub.add(session)

    def _leave(self) -> None:
        if not self.session or self.session.outbox is not self.outbox:
            return
        self.session.outbox = None
        self.session.left = time.monotonic()
        if self.ws.close_code in GOODBYE and not self.closed_by_us:
            self.parts.hub.sessions.pop(self.session.id, None)

    def _send(self, op: int, data: Any) -> None:
        self.outbox.put_nowait(encode({"op": op, "d": data, "s": None, "t": None}))

    def _close(self, code: int) -> None:
        self.outbox.put_nowait(Close(code))


def ready(world: World, session_id: str, url: str) -> Json:
    """Build the READY event."""
    application = {"id": str(world.application.id), "flags": shapes.application_flags(world)}
    return {
        "v": 10,
        "user": shapes.myself(shapes.bot(world)),
        "guilds": [{"id": str(world.guild.id), "unavailable": True}],
        "session_id": session_id,
        "session_type": "normal",
        "resume_gateway_url": url,
        "shard": [0, 1],
        "application": application,
        "private_channels": [],
        "relationships": [],
        "user_settings": {},
        "geo_ordered_rtc_regions": [],
    }


def members(store: Store) -> list[Json]:
    """Give the guild's members, the bot first."""
    people = [shapes.member(shapes.user(one), one.roles) for one in store.members()]
    return [shapes.member(shapes.bot(store.world)), *people]


def _chosen(store: Store, data: Json) -> list[Json]:
    wanted = data.get("user_ids")
    if wanted is not None:
        ids = {str(one) for one in (wanted if isinstance(wanted, list) else [wanted])}
        return [one for one in members(store) if one["user"]["id"] in ids]
    query = str(data.get("query") or "").lower()
    found = [one for one in members(store) if _matches(one["user"], query)]
    return found[: int(data.get("limit") or 0) or None]


def _matches(who: Json, query: str) -> bool:
    names = (who["username"], who["global_name"] or "")
    return any(name.lower().startswith(query) for name in names)
