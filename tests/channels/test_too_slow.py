"""A message that we were too slow to ask anything for is no try, and is tried again."""

import socket

from botworker import drain
from botworker.models import Attempt
from slomix.lib.bridge import call
from tests.channels.wire import WireCase


class TooSlowTests(WireCase):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(setattr, drain, "SEND_WITHIN", drain.SEND_WITHIN)
        drain.SEND_WITHIN = 1.0  # and a second on top of it

    def nobody_picks_up(self) -> str:
        """Return an address where connections wait to be taken, and are not."""
        busy = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.addCleanup(busy.close)
        for _each in range(2):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(busy.getsockname())
            self.addCleanup(waiting.close)
        return f"http://127.0.0.1:{busy.getsockname()[1]}"

    async def test_it_is_not_left_unconfirmed(self) -> None:
        self.go_to("20:45")
        address = self.nobody_picks_up()
        async with self.evening(loops=False, TELEGRAM_BASE_URL=address):
            await self.link("telegram", self.bor)
            await self.promise(self.bor, "telegram")
            looping = self.begin_loops()

            row = await self.outcome("retry_wait", "unconfirmed")

            self.stopping.set()
            await looping
        tried = await call(Attempt.objects.get)
        self.assertEqual(row.state, "retry_wait")
        self.assertEqual((tried.outcome, tried.error), ("transient", "nothing was asked in time"))

    async def test_what_was_asked_and_not_answered_is(self) -> None:
        self.go_to("20:45")
        async with self.evening(loops=False):
            await self.link("telegram", self.bor)
            await self.promise(self.bor, "telegram")
            self.fault("POST /telegram/sendMessage", fault="late", seconds=5)
            looping = self.begin_loops()

            row = await self.outcome("retry_wait", "unconfirmed")

            self.stopping.set()
            await looping
        self.assertEqual(row.state, "unconfirmed")
