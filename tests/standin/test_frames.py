"""The head of a websocket frame (RFC 6455, 5.2), and frames of every size over a real line."""

import aiohttp

from botworker.standin.gateway.pipe import length

from .case import GAME_NIGHT, TOKEN, StandInCase


def test_a_frames_length_is_written_in_one_three_or_nine_bytes() -> None:
    assert length(125) == b"\x7d"
    assert length(126) == b"\x7e\x00\x7e"
    assert length(65_535) == b"\x7e\xff\xff"
    assert length(65_536) == b"\x7f" + (65_536).to_bytes(8)


class FrameTests(StandInCase):
    async def test_many_events_at_once_arrive_whole_and_in_order(self) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self.standin.gateway_url) as ws,
        ):
            told = {"token": TOKEN, "intents": 1 << 9 | 1 << 15, "properties": {}}
            await ws.send_json({"op": 2, "d": told})
            while (await ws.receive_json(timeout=5))["t"] != "READY":
                pass
            for number in range(200):
                content = f"{number} " + "č" * (number * 9)
                await self.standin.say(101, GAME_NIGHT, content)
            heard = [await ws.receive_json(timeout=5) for _ in range(200)]

        self.assertEqual([one["d"]["content"].split()[0] for one in heard], [*map(str, range(200))])
        self.assertEqual([one["s"] for one in heard], [*range(heard[0]["s"], heard[0]["s"] + 200)])
