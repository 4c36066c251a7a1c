"""A site of our own that Telegram brings its updates to."""

import asyncio
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

PATIENCE = 5.0


class Hook:
    """Answers with the given statuses, the last one for ever, and remembers what it got."""

    def __init__(self, statuses: list[int]) -> None:
        self.statuses = statuses
        self.updates: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}
        self.url = ""
        self._came = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *problem: object) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.headers = dict(request.headers)
        self._came.set()
        return web.Response(status=self.statuses[min(len(self.updates), len(self.statuses)) - 1])

    async def heard(self, count: int) -> None:
        """Wait until so many updates were brought."""
        async with asyncio.timeout(PATIENCE):
            while len(self.updates) < count:
                self._came.clear()
                await self._came.wait()


async def until(holds: Callable[[], object]) -> None:
    """Let the loop turn until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  the stand-in has no event for it
            await asyncio.sleep(0)
