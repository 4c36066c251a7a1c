"""The gateway, frame by frame: identify, heartbeats, members, wrong doings."""

import json
import zlib

import aiohttp

from botworker.standin import Limits
from botworker.standin.gateway.starts import DAY, TOTAL, Starts
from botworker.standin.world import Json

from .case import ANA, BRIEFING, GUILD, TOKEN, a_world
from .socket import IDENTIFY, SocketCase


class IdentifyTests(SocketCase):
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

    async def test_each_wrong_doing_has_its_code(self) -> None:
        for text, code in (
            ("{", 4002),
            ('{"op": 2, "d": {"token": 1}}', 4004),
            ('{"op": 99}', 4001),
            ('{"op": 8, "d": {}}', 4003),
            (json.dumps({"op": 2, "d": {"token": TOKEN}}), 4002),
            (json.dumps({"op": 2, "d": {**IDENTIFY, "intents": 1 << 40}}), 4013),
            (json.dumps({"op": 2, "d": {**IDENTIFY, "intents": "all"}}), 4013),
            (json.dumps({"op": 2, "d": {**IDENTIFY, "shard": [2, 2]}}), 4010),
            (json.dumps({"op": 1, "d": None, "padding": "x" * 5000}), 4002),
        ):
            with self.subTest(text[:60]):
                async with self.connected() as socket:
                    await socket.ws.send_str(text)

                    self.assertEqual(await socket.closed(), code)

    async def test_nobody_identifies_twice(self) -> None:
        async with self.connected() as socket:
            await socket.identified()
            await socket.send(2, IDENTIFY)

            self.assertEqual(await socket.closed(), 4005)

    async def test_an_unknown_version_is_refused(self) -> None:
        async with self.connected("?v=99") as socket:
            self.assertEqual(await socket.closed(), 4012)

    async def test_the_121st_payload_of_a_minute_ends_the_connection(self) -> None:
        async with self.connected() as socket:
            for _ in range(120):
                await socket.send(1, None)
            for _ in range(120):
                await socket.frame(op=11)
            await socket.send(1, None)

            self.assertEqual(await socket.closed(), 4008)

    async def test_a_silent_client_is_told_that_its_session_timed_out(self) -> None:
        await self.standin.order("heartbeat", ms=10)
        async with self.connected() as socket:
            session = await socket.identified()

            self.assertEqual(await socket.closed(), 4009)
        async with self.connected() as socket:
            await socket.resume(session, 1)

            self.assertIs(await socket.frame(op=9), False)

    async def test_frames_come_as_one_zlib_stream_when_asked_for(self) -> None:
        inflate = zlib.decompressobj()
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{self.standin.gateway_url}?compress=zlib-stream") as ws,
        ):
            first = await ws.receive_bytes(timeout=3)
            await ws.send_json({"op": 1, "d": None})
            second = await ws.receive_bytes(timeout=3)

        self.assertEqual(first[-4:], b"\x00\x00\xff\xff")
        told = [json.loads(inflate.decompress(one))["op"] for one in (first, second)]
        self.assertEqual(told, [10, 11])


class PrivilegedTests(SocketCase):
    world = a_world(privileged_intents=False)

    async def test_intents_that_are_switched_off_are_refused(self) -> None:
        async with self.connected() as socket:
            await socket.send(2, IDENTIFY)

            self.assertEqual(await socket.closed(), 4014)


class AskTests(SocketCase):
    async def test_it_lists_members_that_are_asked_for(self) -> None:
        async with self.connected() as socket:
            await socket.identified()
            wanted = {"user_ids": [str(ANA), "1"], "nonce": "x"}
            await socket.send(8, {"guild_id": str(GUILD), **wanted})
            one = await socket.frame(event="GUILD_MEMBERS_CHUNK")
            await socket.send(8, {"guild_id": str(GUILD), "query": "", "limit": 0})
            everybody = await socket.frame(event="GUILD_MEMBERS_CHUNK")

        self.assertEqual([who["user"]["username"] for who in one["members"]], ["ana"])
        self.assertEqual((one["nonce"], one["not_found"]), ("x", ["1"]))
        self.assertEqual(len(everybody["members"]), 4)

    async def test_without_the_intent_nobody_is_listed(self) -> None:
        async with self.connected() as socket:
            await socket.identified(intents=1)
            await socket.send(8, {"guild_id": str(GUILD), "query": "", "limit": 0})
            everybody = await socket.frame(event="GUILD_MEMBERS_CHUNK")

        self.assertEqual(everybody["members"], [])

    async def test_a_presence_is_taken_and_a_strange_one_is_not(self) -> None:
        async with self.connected() as socket:
            await socket.identified()
            told: Json = {"status": "dnd", "activities": [], "since": None, "afk": False}
            await socket.send(3, told)
            await socket.send(1, None)
            await socket.frame(op=11)
            self.assertEqual(self.standin.parts.hub.presence["status"], "dnd")

            await socket.send(3, {**told, "status": "sleepy"})
            self.assertEqual(await socket.closed(), 4002)

    async def test_a_voice_state_is_answered_with_the_state_and_a_server(self) -> None:
        async with self.connected() as socket:
            await socket.identified(intents=1 << 7)
            wanted = {"channel_id": str(BRIEFING), "self_mute": True, "self_deaf": False}
            await socket.send(4, {"guild_id": str(GUILD), **wanted})
            state = await socket.frame(event="VOICE_STATE_UPDATE")
            server = await socket.frame(event="VOICE_SERVER_UPDATE")

        self.assertEqual((state["channel_id"], state["self_mute"]), (str(BRIEFING), True))
        self.assertEqual(server["guild_id"], str(GUILD))


class StartTests(SocketCase):
    async def test_the_day_has_a_thousand_starts_and_they_become_fewer(self) -> None:
        async with self.connected() as socket:
            await socket.identified()
        limit = (await self.ask("GET", "/gateway/bot")).json()["session_start_limit"]

        self.assertEqual((limit["total"], limit["remaining"]), (1000, 999))
        self.assertEqual(limit["max_concurrency"], 1)

    def test_a_day_later_all_of_them_are_back(self) -> None:
        starts = Starts()
        for _ in range(TOTAL):
            starts.take(at=0.0)

        self.assertFalse(starts.used_up)
        self.assertEqual(starts.to_json(at=1.0)["remaining"], 0)
        self.assertEqual(starts.to_json(at=DAY)["remaining"], TOTAL)

    async def test_one_too_many_resets_the_token(self) -> None:
        self.standin.parts.hub.starts.taken = TOTAL
        self.standin.parts.hub.starts._began = 1e12
        async with self.connected() as socket:
            await socket.send(2, IDENTIFY)

            self.assertEqual(await socket.closed(), 4004)


class StrictTests(SocketCase):
    limits = Limits()

    async def test_the_second_within_five_seconds_is_no_session(self) -> None:
        async with self.connected() as first, self.connected() as second:
            await first.identified()
            await second.send(2, IDENTIFY)

            self.assertIs(await second.frame(op=9), False)
