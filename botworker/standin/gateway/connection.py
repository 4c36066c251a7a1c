"""One websocket: hello, identify or resume, heartbeats, and what a client may ask.

Close codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from botworker.standin.life import voice
from botworker.standin.parts import PARTS, Parts
from botworker.standin.world import Json

from . import checked, welcome, whole
from .checked import Refused
from .hub import HEARTBEAT, INVALID_SESSION
from .pipe import Pipe
from .session import Close, Outbox, Session, frame

IDENTIFY, PRESENCE, VOICE, RESUME, MEMBERS, SOUNDS = 2, 3, 4, 6, 8, 31
HELLO, HEARTBEAT_ACK = 10, 11
# A client that closes with one of these cannot resume; nor can one that we close with these.
GOODBYE = (1000, 1001)
FORGOTTEN = (4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014)
TO_IDENTIFY = 60.0
MOST_SENT, IN_SECONDS = 120, 60.0
BIGGEST = 4096


async def gateway(request: web.Request) -> web.StreamResponse:
    """Serve `/gateway`; compressed as one zlib stream when the client asks for it."""
    parts = request.app[PARTS]
    if parts.hub.orders.away:
        return web.Response(status=503)
    ws = web.WebSocketResponse(compress=False, max_msg_size=0)
    await ws.prepare(request)
    connection = Connection(parts, ws, f"ws://{request.host}/gateway")
    connection.pipe = Pipe(request, request.query.get("compress", ""))
    await connection.run(request.query.get("v", ""), request.query.get("encoding", "json"))
    return ws


class Connection:
    """Talks to one client; what must outlive the socket is in its Session."""

    def __init__(self, parts: Parts, ws: web.WebSocketResponse, url: str) -> None:
        self.parts = parts
        self.hub = parts.hub
        self.ws = ws
        self.url = url
        self.pipe = Pipe(None, "")
        self.outbox = Outbox()
        self.session: Session | None = None
        self.closed_by_us = False
        self.sent: list[float] = []
        # Fires when the client is silent for too long.
        self.patience: asyncio.TimerHandle | None = None
        self.interval = self.hub.orders.heartbeat_ms
        self.answers = {
            HEARTBEAT: self._heartbeat,
            IDENTIFY: self._identify,
            PRESENCE: self._presence,
            VOICE: self._voice,
            RESUME: self._resume,
            MEMBERS: self._members,
            SOUNDS: self._sounds,
        }

    async def run(self, version: str = "", encoding: str = "json") -> None:
        sender = asyncio.create_task(self._drain())
        if code := checked.address(version, encoding):
            self._close(code)
        else:
            self._send(HELLO, {"heartbeat_interval": self.interval})
            self._wait(TO_IDENTIFY)
        try:
            await self._listen()
        finally:
            self._leave()
            if self.patience:
                self.patience.cancel()
            sender.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sender

    async def _listen(self) -> None:
        async for message in self.ws:
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                try:
                    self._hear(message.data)
                except Refused as refused:
                    self._close(refused.code)

    async def _drain(self) -> None:
        while True:
            waiting = await self.outbox.take()
            close = next((one for one in waiting if isinstance(one, Close)), None)
            last = waiting.index(close) if close else len(waiting)
            if texts := [one for one in waiting[:last] if isinstance(one, str)]:
                await self.pipe.send(texts)
            if close:
                self.closed_by_us = True
                self._count_close(close.code)
                if self.session and close.code in FORGOTTEN:
                    self.hub.sessions.pop(self.session.id, None)
                await self.ws.close(code=close.code)
                return

    def _hear(self, text: str | bytes) -> None:
        self._spend()
        if len(text) > BIGGEST:
            raise Refused(checked.DECODE_ERROR)
        try:
            payload = json.loads(text)
            answer = self.answers.get(payload["op"])
        except (ValueError, KeyError, TypeError):
            raise Refused(checked.DECODE_ERROR) from None
        if answer is None:
            raise Refused(checked.UNKNOWN_OPCODE)
        if self.session is None and payload["op"] not in (HEARTBEAT, IDENTIFY, RESUME):
            raise Refused(checked.NOT_AUTHENTICATED)
        try:
            answer(payload.get("d"))
        except (AttributeError, KeyError, TypeError, ValueError):
            # The parts of `d` are not what this operation takes.
            raise Refused(checked.DECODE_ERROR) from None

    def _spend(self) -> None:
        now = time.monotonic()
        self.sent = [*(one for one in self.sent if now - one < IN_SECONDS), now]
        if len(self.sent) > MOST_SENT:
            raise Refused(checked.RATE_LIMITED)

    # --- operations --------------------------------------------------------------------------

    def _heartbeat(self, data: Any) -> None:
        if self.session:
            self._wait(self.interval / 1000 * 1.5)
        if not self.hub.orders.mute:
            self._send(HEARTBEAT_ACK, None)

    def _identify(self, data: Json) -> None:
        if self.session:
            raise Refused(checked.ALREADY_AUTHENTICATED)
        identity = checked.identity(data, self.parts.store)
        self.hub.identifies += 1
        in_time = self.hub.starts.take(identity.shard[0])
        if self.hub.orders.refuse_identifies:
            raise Refused(self.hub.orders.refuse_identifies.pop())
        if self.hub.starts.used_up:
            # Discord ends every session and resets the token.
            self.hub.close_all(checked.BAD_TOKEN)
            raise Refused(checked.BAD_TOKEN)
        if not in_time:
            return self._send(INVALID_SESSION, False)
        self.hub.welcomes += 1
        session = Session(intents=identity.intents, shard=identity.shard, large=identity.large)
        self._attach(session)
        session.tell("READY", welcome.ready(self.parts.store, session, self.url))
        for guild in whole.guilds_of_bot(self.parts.store):
            self.hub.welcome(guild, session)
        return None

    def _resume(self, data: Json) -> None:
        if data["token"] != self.parts.world.application.token:
            raise Refused(checked.BAD_TOKEN)
        session, seq = self.hub.sessions.get(str(data["session_id"])), int(data["seq"] or 0)
        if session and seq > session.seq:
            raise Refused(checked.INVALID_SEQ)
        if self.hub.refuses_resume() or not session or not session.can_resume(seq):
            return self._send(INVALID_SESSION, False)
        self.hub.resumes += 1
        for one in (missed := session.missed(seq)):
            self.outbox.put_nowait(one)
        self.hub.replayed += len(missed)
        self._attach(session)
        return session.tell("RESUMED", {})

    def _presence(self, data: Json) -> None:
        self.hub.presence = checked.presence(data)

    def _voice(self, data: Json) -> None:
        """Join, move or leave a voice channel as the bot; there is no voice server to talk to."""
        guild, bot = int(data["guild_id"]), self.parts.world.application.id
        if guild not in whole.guilds_of_bot(self.parts.store):
            return
        if data["channel_id"] is None:
            voice.leave(self.parts, guild, bot)
        elif checked.may_connect(self.parts.store, guild, int(data["channel_id"])):
            own = {name: bool(data.get(name)) for name in ("self_mute", "self_deaf")}
            voice.join(self.parts, guild, bot, int(data["channel_id"]), **own)
            server = {"token": "stand-in", "guild_id": str(guild), "endpoint": None}
            self.hub.tell("VOICE_SERVER_UPDATE", server)

    def _members(self, data: Json) -> None:
        assert self.session
        for chunk in welcome.chunks(self.parts.store, self.session, data):
            self.session.tell("GUILD_MEMBERS_CHUNK", chunk)

    def _sounds(self, data: Json) -> None:
        assert self.session
        for guild in data["guild_ids"]:
            sounds = {"guild_id": str(guild), "soundboard_sounds": list[Json]()}
            self.session.tell("SOUNDBOARD_SOUNDS", sounds)

    # --- the socket ----------------------------------------------------------------------------

    def _wait(self, seconds: float) -> None:
        """Close with 4009 unless something is heard within so many seconds."""
        if self.patience:
            self.patience.cancel()
        loop = asyncio.get_running_loop()
        self.patience = loop.call_later(seconds, self._close, checked.TIMED_OUT)

    def _attach(self, session: Session) -> None:
        if session.outbox:
            session.outbox.put_nowait(Close(checked.TIMED_OUT))
        session.outbox = self.outbox
        self.session = session
        self.hub.add(session)
        self._wait(self.interval / 1000 * 1.5)

    def _leave(self) -> None:
        if not self.session or self.session.outbox is not self.outbox:
            return
        self.session.outbox = None
        self.session.left = time.monotonic()
        if self.ws.close_code in GOODBYE and not self.closed_by_us:
            self.hub.sessions.pop(self.session.id, None)

    def _count_close(self, code: int) -> None:
        self.hub.closed[code] = self.hub.closed.get(code, 0) + 1

    def _send(self, op: int, data: Any) -> None:
        self.outbox.put_nowait(frame(op, data))

    def _close(self, code: int) -> None:
        self.outbox.put_nowait(Close(code))
