"""What a bot goes through when the gateway lets it go, and what it hears afterwards."""

import asyncio
import json

from botworker.standin.gateway import session as sessions

from .case import ANA, GAME_NIGHT, StandInCase
from .socket import SocketCase

GONE = {"token": "wrong", "session_id": "gone", "seq": 3}


class FrameTests(SocketCase):
    async def test_it_does_not_resume_a_session_it_does_not_know(self) -> None:
        async with self.connected() as socket:
            await socket.resume("gone", 3)

            self.assertIs(await socket.frame(op=9), False)

    async def test_nor_with_a_wrong_token(self) -> None:
        async with self.connected() as socket:
            await socket.send(6, GONE)

            self.assertEqual(await socket.closed(), 4004)

    async def test_nor_from_an_event_that_has_not_been(self) -> None:
        async with self.connected() as socket:
            session = await socket.identified()
            await socket.ws.close(code=4000)
        async with self.connected() as socket:
            await socket.resume(session, 99)

            self.assertEqual(await socket.closed(), 4007)

    async def test_it_forgets_a_session_that_said_goodbye(self) -> None:
        async with self.connected() as socket:
            session = await socket.identified()
            await socket.ws.close(code=1000)
        async with self.connected() as socket:
            await socket.resume(session, 1)

            self.assertIs(await socket.frame(op=9), False)

    async def test_what_was_missed_comes_again_in_its_order(self) -> None:
        async with self.connected() as socket:
            session = await socket.identified(intents=1 << 9 | 1 << 15)
            seq = socket.seq
            await socket.ws.close(code=4000)
        for word in ("one", "two", "three"):
            await self.standin.say(ANA, GAME_NIGHT, word)
        async with self.connected() as socket:
            await socket.resume(session, seq)
            heard = [(await socket.frame(event="MESSAGE_CREATE"))["content"] for _ in range(3)]
            await socket.frame(event="RESUMED")

        self.assertEqual(heard, ["one", "two", "three"])
        self.assertEqual(socket.seq, seq + 4)

    async def test_the_memory_is_bounded(self) -> None:
        one = sessions.Session(intents=0)
        for _ in range(sessions.MOST_EVENTS + 10):
            one.hand_over("X", "{}")
        big = sessions.Session(intents=0)
        for _ in range(10):
            big.hand_over("X", json.dumps("x" * (sessions.MOST_BYTES // 4)))

        self.assertEqual(len(one.sent), sessions.MOST_EVENTS)
        self.assertFalse(one.can_resume(5))
        self.assertTrue(one.can_resume(one.seq))
        self.assertLessEqual(big.kept, sessions.MOST_BYTES)


class OrderTests(StandInCase):
    """An ordinary bot, and what is ordered of the gateway."""

    async def hears_after(self, event: str) -> None:
        """Say something and see that it is heard once, by a bot that came back so."""
        async with self.bot() as bot:
            back = asyncio.create_task(bot.wait_for(event, timeout=5))
            await asyncio.sleep(0)
            await self.order_it()
            await back
            await self.standin.say(ANA, GAME_NIGHT, "still there?")

            self.assertEqual(await bot.hears(), "still there?")
            self.assertTrue(bot.heard.empty())

    async def order_it(self) -> None:
        await self.standin.order(self.wanted, **self.more)

    wanted, more = "close", dict[str, object]()

    async def test_it_is_asked_to_come_again_and_resumes(self) -> None:
        self.wanted = "reconnect"
        await self.hears_after("resumed")

    async def test_its_session_is_no_good_but_may_be_resumed(self) -> None:
        self.wanted, self.more = "invalidate", {"resumable": True}
        await self.hears_after("resumed")

    async def test_its_session_is_no_good_and_it_begins_anew(self) -> None:
        self.wanted = "invalidate"
        await self.hears_after("ready")

    async def test_each_close_that_is_not_for_good_is_resumed(self) -> None:
        for code in (4000, 4008):
            with self.subTest(code):
                self.more = {"code": code}
                await self.hears_after("resumed")

    async def test_a_session_that_timed_out_begins_anew(self) -> None:
        self.more = {"code": 4009}
        await self.hears_after("ready")

    async def test_a_refused_resume_begins_anew(self) -> None:
        await self.standin.order("refuse_resumes")
        await self.hears_after("ready")

    async def test_it_answers_when_a_heartbeat_is_asked_for(self) -> None:
        async with self.bot() as bot:
            await self.standin.order("beat")
            await self.standin.say(ANA, GAME_NIGHT, "still there?")

            self.assertEqual(await bot.hears(), "still there?")

    async def test_what_cannot_be_ordered_is_named(self) -> None:
        for body in ({"order": "dance"}, {"order": "close", "code": 1234}, {}):
            answer = await self.http.post("/standin/gateway", json=body)

            self.assertEqual(answer.status_code, 400)

    async def test_the_door_tells_what_happened(self) -> None:
        async with self.bot():
            answer = await self.http.post("/standin/gateway", json={"order": "close", "code": 4000})

        self.assertEqual(answer.json()["identifies"], 1)
        told = (await self.http.get("/standin/gateway")).json()
        self.assertEqual(told["closed"], {"4000": 1})


class MuteTests(SocketCase):
    async def test_heartbeats_stay_unanswered_when_it_is_ordered(self) -> None:
        await self.standin.order("mute")
        async with self.connected() as socket:
            await socket.identified(intents=1 << 9)
            await socket.send(1, None)
            await self.standin.say(ANA, GAME_NIGHT, "on")
            frame = await socket.ws.receive_json(timeout=3)

        self.assertEqual(frame["t"], "MESSAGE_CREATE")
