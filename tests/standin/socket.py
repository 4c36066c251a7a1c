"""A gateway connection without discord.py, frame by frame."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from .case import TOKEN, StandInCase

IDENTIFY: dict[str, Any] = {"token": TOKEN, "intents": 1 << 0 | 1 << 1 | 1 << 9, "properties": {}}


class Socket:
    """A websocket that speaks JSON and waits for a frame of a kind."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.seq = 0

    async def send(self, op: int, data: Any) -> None:
        await self.ws.send_json({"op": op, "d": data})

    async def frame(self, *, op: int = 0, event: str | None = None) -> Any:
        while True:
            frame = await self.ws.receive_json(timeout=3)
            self.seq = frame["s"] or self.seq
            if frame["op"] == op and frame["t"] == event:
                return frame["d"]

    async def identified(self, **more: Any) -> str:
        """Identify; give the session's id."""
        await self.send(2, {**IDENTIFY, **more})
        return str((await self.frame(event="READY"))["session_id"])

    async def resume(self, session: str, seq: int) -> None:
        await self.send(6, {"token": TOKEN, "session_id": session, "seq": seq})

    async def closed(self) -> int | None:
        async for _ in self.ws:
            pass
        return self.ws.close_code


class SocketCase(StandInCase):
    @asynccontextmanager
    async def connected(self, query: str = "") -> AsyncIterator[Socket]:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self.standin.gateway_url + query) as ws,
        ):
            yield Socket(ws)

    def assert_closed(self, code: int | None, wanted: int) -> None:
        self.assertEqual(code, wanted)
