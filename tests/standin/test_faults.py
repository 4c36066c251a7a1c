"""What a fault does to a request."""

import asyncio
import time
from typing import Any

import httpx

from .case import ANA, BOR, GAME_NIGHT, StandInCase

SAYING = "POST /channels/*/messages"


class FaultTests(StandInCase):
    async def fault(self, kind: str, **more: Any) -> None:
        body = {"route": SAYING, "fault": kind, **more}
        await self.http.post("/standin/faults", json=body)

    async def test_it_fails_before_the_effect(self) -> None:
        await self.fault("500_before")

        self.assertEqual((await self.post()).status_code, 500)
        self.assertEqual(self.standin.messages(GAME_NIGHT), [])
        self.assertEqual((await self.post()).status_code, 200)

    async def test_it_fails_after_the_effect(self) -> None:
        await self.fault("500_after")

        self.assertEqual((await self.post()).status_code, 500)
        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 1)

    async def test_it_cuts_the_line_after_the_effect(self) -> None:
        await self.fault("reset")

        with self.assertRaises(httpx.TransportError):
            await self.post()

        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 1)
        self.assertEqual(self.standin.journal[-1]["status"], 0)

    async def test_it_answers_late(self) -> None:
        await self.fault("slow", seconds=0.2)
        start = time.monotonic()

        await self.post()

        self.assertGreater(time.monotonic() - start, 0.2)

    async def test_it_answers_nonsense(self) -> None:
        await self.fault("garbage")

        with self.assertRaises(ValueError):
            (await self.post()).json()

    async def test_it_limits_a_number_of_times(self) -> None:
        await self.fault("429", times=2, retry_after=0.01)

        answers = [await self.post() for _ in range(3)]

        self.assertEqual([one.status_code for one in answers], [429, 429, 200])

    async def test_it_hits_one_person_until_it_is_cleared(self) -> None:
        ana, bor = await self.dm_of(ANA), await self.dm_of(BOR)
        await self.fault("500_before", person=str(ANA), times=None)

        self.assertEqual((await self.post(channel=bor)).status_code, 200)
        self.assertEqual((await self.post(channel=ana)).status_code, 500)

        await self.http.delete("/standin/faults")
        self.assertEqual((await self.post(channel=ana)).status_code, 200)

    async def test_it_refuses_a_fault_it_does_not_have(self) -> None:
        answer = await self.http.post("/standin/faults", json={"route": SAYING, "fault": "fire"})

        self.assertEqual(answer.status_code, 400)
        self.assertIn("500_before", answer.json()["error"])

    async def test_discord_py_tries_again_without_saying_it_twice(self) -> None:
        async with self.bot() as bot:
            await self.fault("500_after")
            await bot.room().send("once", nonce="n1")

        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 1)

    async def test_it_refuses_with_the_code_it_is_told(self) -> None:
        await self.fault("refuse", code=50013)

        self.assert_refused(await self.post(), 403, 50013)

    async def test_it_shuts_us_out_like_cloudflare(self) -> None:
        await self.fault("ban", retry_after=3)

        answer = await self.post()

        self.assertEqual((answer.status_code, answer.headers["Retry-After"]), (429, "3"))
        self.assertNotIn("Via", answer.headers)

    async def test_it_says_whose_limit_it_is(self) -> None:
        await self.fault("429", scope="shared", retry_after=0.01)

        self.assertEqual((await self.post()).headers["X-RateLimit-Scope"], "shared")

    async def test_it_cuts_the_line_before_the_effect(self) -> None:
        await self.fault("reset_before")

        with self.assertRaises(httpx.TransportError):
            await self.post()

        self.assertEqual(self.standin.messages(GAME_NIGHT), [])

    async def test_it_cuts_the_answer_short(self) -> None:
        await self.fault("reset", quarters=2)

        with self.assertRaises(httpx.TransportError):
            await self.post()

        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 1)

    async def test_it_acts_late(self) -> None:
        await self.fault("late", seconds=0.2)

        asked = asyncio.create_task(self.post())
        await asyncio.sleep(0.1)

        self.assertEqual(self.standin.messages(GAME_NIGHT), [])
        self.assertEqual((await asked).status_code, 200)

    async def test_it_says_that_the_message_is_gone(self) -> None:
        await self.fault("gone")

        self.assert_refused(await self.post(), 404, 10008)

    async def test_its_journal_keeps_what_a_spoiled_answer_hid(self) -> None:
        await self.fault("empty")

        await self.post()

        [said] = self.standin.messages(GAME_NIGHT)
        self.assertEqual(self.standin.journal[-1]["effect_json"]["id"], said["id"])

    async def test_it_hits_a_share(self) -> None:
        await self.fault("500_before", times=None, chance=0.5)

        answers = {(await self.post()).status_code for _n in range(40)}

        self.assertEqual(answers, {200, 500})

    async def test_half_a_request_is_none(self) -> None:
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.standin.port)
        writer.write(b"POST /api/v10/channels/701/messages HTTP/1.1\r\nHost: x\r\n")
        writer.write(b"Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
        await writer.drain()
        writer.transport.abort()
        await asyncio.sleep(0.1)

        self.assertEqual(self.standin.unknown, [])
        self.assertEqual(self.standin.messages(GAME_NIGHT), [])
