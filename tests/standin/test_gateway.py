"""The gateway, frame by frame."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from .case import ANA, GUILD, TOKEN, StandInCase

IDENTIFY = {"token": TOKEN, "intents": 1 << 0 | 1 << 1 | 1 << 9, "properties": {}}


class Socket:
    """A websocket that speaks JSON and waits for a frame of a kind."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def send(self, op: int, data: Any) -> None:
        await self.ws.send_json({"op": op, "d": data})

    async def frame(self, *, op: int = 0, event: str | None = None) -> Any:
        while True:
            frame = await self.ws.receive_json(timeout=3)
            if frame["op"] == op and frame["t"] == event:
                return frame["d"]

    async def closed(self) -> int | None:
        async for _ in self.ws:
            pass
        return self.ws.close_code


class GatewayTests(StandInCase):
    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Socket]:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self.standin.gateway_url) as ws,
        ):
            yield Socket(ws)

    async def test_it_greets_identifies_and_answers_a_heartbeat(self) -> None:
        async with self.connected() as socket:
            hello = await socket.frame(op=10)
            await socket.send(2, IDENTIFY)
            ready = await socket.frame(event="READY")
            guild = await socket.frame(event="GUILD_CREATE")
            await socket.send(1, 2)
            await socket.frame(op=11)

        self.assertEqual(hello["heartbeat_interval"], 41250)
        self.assertEqual(ready["resume_gateway_url"], self.standin.gateway_url)
        self.assertEqual((guild["id"], guild["member_count"]), (str(GUILD), 4))

    async def test_it_closes_on_a_wrong_token(self) -> None:
        async with self.connected() as socket:
            await socket.send(2, {**IDENTIFY, "token": "wrong"})

            self.assertEqual(await socket.closed(), 4004)

    async def test_it_closes_on_nonsense(self) -> None:
        for text, code in (("{", 4002), ('{"op": 99}', 4001), ('{"op": 8, "d": {}}', 4003)):
            async with self.connected() as socket:
                await socket.ws.send_str(text)

                self.assertEqual(await socket.closed(), code)

    async def test_it_does_not_resume_a_session_it_does_not_know(self) -> None:
        async with self.connected() as socket:
            await socket.send(6, {"token": TOKEN, "session_id": "gone", "seq": 3})

            self.assertIs(await socket.frame(op=9), False)

    async def test_it_forgets_a_session_that_said_goodbye(self) -> None:
        async with self.connected() as socket:
            await socket.send(2, IDENTIFY)
            session = (await socket.frame(event="READY"))["session_id"]
            await socket.ws.close(code=1000)
        async with self.connected() as socket:
            await socket.send(6, {"token": TOKEN, "session_id": session, "seq": 1})

            self.assertIs(await socket.frame(op=9), False)

    async def test_it_lists_members_that_are_asked_for(self) -> None:
        async with self.connected() as socket:
            await socket.send(2, IDENTIFY)
            await socket.send(8, {"guild_id": str(GUILD), "user_ids": [str(ANA)], "nonce": "x"})
            one = await socket.frame(event="GUILD_MEMBERS_CHUNK")
            await socket.send(8, {"guild_id": str(GUILD), "query": "", "limit": 0})
            everybody = await socket.frame(event="GUILD_MEMBERS_CHUNK")

        self.assertEqual([who["user"]["username"] for who in one["members"]], ["ana"])
        self.assertEqual((one["nonce"], len(everybody["members"])), ("x", 4))
