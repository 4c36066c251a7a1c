"""The local game server, asked over UDP as the real one is."""

import asyncio
import tempfile
from pathlib import Path

from botworker.standin.game import words
from botworker.standin.game.service import SLOTS, Game
from botworker.standin.log import Log
from botworker.standin.refused import Impossible
from tests.contracts import descriptions

from .case import ANA, BOR, StandInCase, a_world

STATUS = b"\xff\xff\xff\xffgetstatus "
SAMPLES = "game-server"


class Asker(asyncio.DatagramProtocol):
    """Sends questions and keeps what comes back."""

    def __init__(self) -> None:
        self.answers: asyncio.Queue[bytes] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.answers.put_nowait(data)


class GameCase(StandInCase):
    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        self.asker = Asker()
        host, _, port = self.standin.game.address.partition(":")
        loop = asyncio.get_running_loop()
        self.line, _ = await loop.create_datagram_endpoint(
            lambda: self.asker, remote_addr=(host, int(port))
        )

    async def asyncTearDown(self) -> None:
        self.line.close()
        await super().asyncTearDown()

    async def query(self, question: bytes = STATUS + b"abc") -> bytes:
        self.line.sendto(question)
        return await asyncio.wait_for(self.asker.answers.get(), 5)

    async def assert_silence(self, question: bytes = STATUS + b"abc") -> None:
        """See that one question gets nothing while the next one is answered."""
        self.line.sendto(question)
        # The question lies in the socket's buffer already; this comes after it.
        await self.http.get("/standin/health")
        self.standin.game.switch(up=True)

        self.assertTrue((await self.query(STATUS + b"next")).startswith(words.OUT_OF_BAND))
        self.assertTrue(self.asker.answers.empty())


class StatusTests(GameCase):
    async def test_it_tells_the_challenge_the_map_and_who_plays(self) -> None:
        self.standin.game.change_map("oasis")
        self.standin.game.join(ANA, "^1An^7a", score=12, ping=35, team=1)
        self.standin.game.join(BOR)

        head, settings, *players = (await self.query()).split(b"\n")

        self.assertEqual(head, b"\xff\xff\xff\xffstatusResponse")
        self.assertTrue(settings.startswith(rb"\challenge\abc" + b"\\"))
        self.assertIn(rb"\mapname\oasis", settings)
        self.assertEqual(players, [b'12 35 "^1An^7a"', b'0 48 "^3Bor"', b""])

    async def test_whoever_left_is_not_there(self) -> None:
        self.standin.game.join(ANA)
        self.standin.game.leave(ANA)

        self.assertNotIn(b"Ana", await self.query())

    async def test_a_name_cannot_break_the_line(self) -> None:
        self.standin.game.join(ANA, 'A"n\\a;')

        self.assertIn(b'0 48 "Ana"\n', await self.query())

    async def test_it_is_written_like_what_a_real_server_sent(self) -> None:
        descriptions.needed()
        place = descriptions.folder()
        assert place
        real = (place / SAMPLES / "ioq3ded_openarena_getstatus.bin").read_bytes()
        _, settings, *players = real.decode("latin-1").split("\n")
        pairs = settings.split("\\")[1:]
        values = dict(zip(pairs[::2], pairs[1::2], strict=True))
        lines = [line.split(" ", 2) for line in players if line]

        written = words.status(
            values, [(int(score), int(ping), name[1:-1]) for score, ping, name in lines]
        )

        self.assertEqual(written, real)

    async def test_it_tells_about_itself(self) -> None:
        self.standin.game.join(ANA)

        answer = await self.query(b"\xff\xff\xff\xffgetinfo xyz")

        self.assertTrue(answer.startswith(b"\xff\xff\xff\xffinfoResponse\n\\"))
        self.assertIn(rb"\clients\1", answer)
        self.assertIn(rb"\challenge\xyz", answer)


class SilenceTests(GameCase):
    async def test_a_challenge_that_is_too_long_gets_silence(self) -> None:
        await self.query(STATUS + b"x" * 128)

        await self.assert_silence(STATUS + b"x" * 129)

    async def test_what_is_no_question_gets_silence(self) -> None:
        await self.assert_silence(b"getstatus abc")
        await self.assert_silence(b"\xff\xff\xff\xffgetfame abc")

    async def test_a_server_that_is_off_is_silent(self) -> None:
        self.standin.game.switch(up=False)

        await self.assert_silence()

    async def test_a_lost_answer_is_journaled_as_lost(self) -> None:
        fault = {"route": "UDP /game/getstatus", "fault": "reset"}
        await self.http.post("/standin/faults", json=fault)

        await self.assert_silence()

        self.assertEqual([one["status"] for one in self.standin.journal], [0, 200])

    async def test_a_late_answer_comes_after_a_later_one(self) -> None:
        fault = {"route": "UDP /game/*", "fault": "slow", "seconds": 0.05}
        await self.http.post("/standin/faults", json=fault)
        self.line.sendto(STATUS + b"first")

        second = await self.query(STATUS + b"second")
        first = await asyncio.wait_for(self.asker.answers.get(), 5)

        self.assertIn(b"second", second)
        self.assertIn(b"first", first)

    async def test_too_many_questions_get_silence(self) -> None:
        for number in range(12):
            self.line.sendto(STATUS + str(number).encode())
        answers = [await asyncio.wait_for(self.asker.answers.get(), 5) for _ in range(10)]

        self.assertEqual(len(answers), 10)
        self.assertEqual([one["status"] for one in self.standin.journal][:10], [200] * 10)


def test_an_address_has_ten_at_once_and_ten_a_second() -> None:
    now = [100.0]
    game = Game(a_world(), Log(None), clock=lambda: now[0])

    assert [game.allows("a") for _ in range(11)] == [True] * 10 + [False]
    assert game.allows("b")
    now[0] += 0.125
    assert [game.allows("a"), game.allows("a")] == [True, False]


def test_nobody_comes_onto_a_full_server() -> None:
    game = Game(a_world(), Log(None))
    game.people |= dict.fromkeys(range(SLOTS), game.people[ANA])
    for number in range(SLOTS):
        game.join(number)

    try:
        game.join(ANA)
    except Impossible as refusal:
        assert str(refusal) == "The server is full."
    else:
        raise AssertionError("one too many")


def test_it_goes_on_where_it_was() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "game.jsonl"
        before = Game(a_world(), Log(log))
        before.join(ANA, "^1Ana", score=3)
        before.change_map("oasis")
        before.close()

        after = Game(a_world(), Log(log))
        after.close()

    assert after.answer("getstatus", "x") == before.answer("getstatus", "x")
