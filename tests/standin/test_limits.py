"""Rate limits, their headers, and the ban that follows too many wrong requests."""

import asyncio
import time
from typing import Any

from botworker.standin import Limits
from botworker.standin.faults import Fault

from .case import ANA, GAME_NIGHT, STAFF, StandInCase

SAYING = "POST /channels/*/messages"


class LimitTests(StandInCase):
    limits = Limits(per_second=8, per_channel=3, window=0.3)

    async def test_it_tells_how_much_is_left(self) -> None:
        headers = (await self.post()).headers

        self.assertEqual(headers["X-RateLimit-Limit"], "3")
        self.assertEqual(headers["X-RateLimit-Remaining"], "2")
        self.assertLessEqual(float(headers["X-RateLimit-Reset-After"]), 0.3)
        self.assertTrue(headers["X-RateLimit-Bucket"])

    async def test_it_stops_a_channel_and_lets_it_go_on(self) -> None:
        answers = [await self.post() for _ in range(4)]
        await asyncio.sleep(answers[-1].json()["retry_after"])

        self.assertEqual([one.status_code for one in answers], [200, 200, 200, 429])
        self.assertIn("Via", answers[-1].headers)
        self.assertFalse(answers[-1].json()["global"])
        self.assertEqual((await self.post()).status_code, 200)

    async def test_it_stops_a_bot_that_asks_too_much(self) -> None:
        answers = [await self.ask("GET", "/users/@me") for _ in range(9)]

        self.assertEqual(answers[-1].status_code, 429)
        self.assertTrue(answers[-1].json()["global"])
        self.assertEqual(answers[-1].headers["X-RateLimit-Global"], "true")

    async def test_each_place_has_a_window_of_its_own(self) -> None:
        room = await self.dm_of(ANA)
        said = [await self.post() for _ in range(3)]

        other = await self.post(channel=room)

        self.assertEqual(said[-1].headers["X-RateLimit-Remaining"], "0")
        self.assertEqual(other.headers["X-RateLimit-Remaining"], "2")
        bucket = "X-RateLimit-Bucket"
        self.assertEqual(other.headers[bucket], said[0].headers[bucket])

    async def test_a_refused_request_tells_its_window_too(self) -> None:
        refused = await self.post("")

        self.assert_refused(refused, 400, 50006)
        self.assertEqual(refused.headers["X-RateLimit-Remaining"], "2")
        self.assertEqual(refused.headers["Via"], "1.1 google")

    async def test_it_is_honoured_by_discord_py(self) -> None:
        async with self.bot() as bot:
            start = time.monotonic()
            for number in range(7):
                await bot.room().send(str(number))

        self.assertGreater(time.monotonic() - start, 0.5)
        self.assertEqual(len(self.standin.messages(GAME_NIGHT)), 7)


class MoreLimitTests(StandInCase):
    limits = Limits()

    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        self.time = 1000.0
        self.standin.parts.windows.now = lambda: self.time

    async def test_answers_to_interactions_are_not_counted_with_the_rest(self) -> None:
        for _ in range(50):
            await self.ask("GET", "/users/@me")
        path = "/interactions/1/token/callback"

        answered = await self.ask("POST", path, json={"type": 6})

        self.assertEqual((await self.ask("GET", "/users/@me")).status_code, 429)
        self.assert_refused(answered, 404, 10062)

    async def test_reactions_have_a_narrower_window(self) -> None:
        message = (await self.post()).json()["id"]
        path = f"/channels/{GAME_NIGHT}/messages/{message}/reactions"
        faces = [f"{path}/{one}/@me" for one in ("\N{THUMBS UP SIGN}", "\N{THUMBS DOWN SIGN}")]

        first, second = [await self.ask("PUT", face) for face in faces]
        self.time += 0.25
        third = await self.ask("PUT", faces[1])

        self.assertEqual([one.status_code for one in (first, second, third)], [204, 429, 204])
        self.assertEqual(second.headers["X-RateLimit-Scope"], "user")
        self.assertEqual(second.json()["retry_after"], 0.25)

    async def test_the_whole_windows_seconds_are_told_rounded_up(self) -> None:
        told = [await self.post() for _ in range(6)][-1]

        self.assertEqual((told.headers["Retry-After"], told.json()["retry_after"]), ("1", 1.0))
        self.assertEqual(told.json()["message"], "You are being rate limited.")


class BanTests(StandInCase):
    limits = Limits(invalid=3, invalid_window=600, ban=60)

    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        self.time = 1000.0
        self.standin.parts.windows.now = lambda: self.time

    async def wrong(self) -> Any:
        return await self.post(channel=STAFF)

    async def test_too_many_wrong_requests_end_in_a_ban_for_a_while(self) -> None:
        wrong = [await self.wrong() for _ in range(3)]
        banned = await self.post()
        self.time += 61
        after = await self.post()

        self.assertEqual([one.status_code for one in wrong], [403] * 3)
        self.assertEqual((banned.status_code, banned.text), (429, "error code: 1015"))
        self.assertNotIn("Via", banned.headers)
        self.assertEqual(banned.headers["Retry-After"], "60")
        self.assertEqual(after.status_code, 200)

    async def test_what_was_long_ago_does_not_count(self) -> None:
        for _ in range(3):
            self.time += 301
            await self.wrong()

        self.assertEqual((await self.post()).status_code, 200)

    async def test_a_shared_limit_and_other_refusals_do_not_count(self) -> None:
        fault = Fault(SAYING, "429", times=5, scope="shared", retry_after=0.1)
        self.standin.parts.faults.add(fault)
        told = [await self.post() for _ in range(5)]
        for _ in range(5):
            await self.ask("GET", "/users/1")
        self.time += 1

        self.assertEqual(told[0].json()["message"], "The resource is being rate limited.")
        self.assertEqual((await self.post()).status_code, 200)

    async def test_the_control_door_tells_how_near_it_is_and_forgives(self) -> None:
        for _ in range(2):
            await self.wrong()
        near = (await self.http.get("/standin/limits")).json()
        await self.wrong()
        forgiven = (await self.http.post("/standin/limits")).json()

        self.assertEqual((near["invalid_requests"], near["limits"]["invalid"]), (2, 3))
        self.assertEqual((forgiven["invalid_requests"], forgiven["banned_for"]), (0, 0))
        self.assertEqual((await self.post()).status_code, 200)
