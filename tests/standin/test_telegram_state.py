"""The local Telegram's limits, with a clock of their own, and what survives a restart."""

import tempfile
from pathlib import Path

from botworker.standin.telegram.pace import Pace

from .case import ANA, BOR, StandInCase, a_world


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    clock = Clock()
    pace = Pace(clock)

    assert [pace.take(1) for _ in range(4)] == [0, 0, 0, 1]
    clock.now += 1.0
    assert [pace.take(1), pace.take(1)] == [0, 1]


def test_all_chats_together_take_thirty_a_second() -> None:
    clock = Clock()
    pace = Pace(clock)

    assert [pace.take(chat) for chat in range(1, 31)] == [0] * 30
    assert pace.take(31) == 1
    clock.now += 0.125
    assert [pace.take(chat) for chat in range(31, 35)] == [0, 0, 0, 1]


def test_what_was_refused_costs_nothing() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(10):
        pace.take(1)

    assert [pace.take(chat) for chat in range(2, 29)] == [0] * 27


class RestartTests(StandInCase):
    async def asyncSetUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = Path(folder.name)
        await super().asyncSetUp()

    async def test_it_goes_on_where_it_was(self) -> None:
        here, token = self.standin.telegram, a_world().application.telegram_token
        message = here.say(ANA, "/start")
        here.say(BOR, "/start")
        here.block(BOR)
        before = (here.inbox(ANA), here.memory.updates, here.memory.flags)
        await self.standin.stop()

        self.standin = self.a_stand_in()
        await self.standin.start()

        again = self.standin.telegram
        self.assertEqual((again.inbox(ANA), again.memory.updates, again.memory.flags), before)
        self.assertGreater(again.say(ANA, "back")["message_id"], message["message_id"])
        assert self.state
        self.assertNotIn(token, (self.state / "telegram.jsonl").read_text())
