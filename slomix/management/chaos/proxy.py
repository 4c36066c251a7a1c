"""A way to the database that can hang and break."""

import asyncio
import random
import threading
from collections.abc import Callable
from contextlib import suppress

HOST = "127.0.0.1"


class Proxy:
    """Passes bytes on between the drains and a server, until told otherwise."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.port = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._flowing = asyncio.Event()
        self._ready = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()
        self._ready.wait(5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._flowing.set()
        server = self._loop.run_until_complete(asyncio.start_server(self._meet, HOST, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self.target)
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(OSError):
            while data := await reader.read(65536):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        self._open.discard(writer)
        writer.close()

    def hang(self, seconds: float) -> None:
        """Keep every byte back for a while; connections stay open."""
        self._call(self._flowing.clear)
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self._flowing.set)

    def cut(self) -> None:
        """Break every connection in the middle of whatever it says."""
        self._call(self._abort)

    def _abort(self) -> None:
        for one in list(self._open):
            one.transport.abort()

    def _call(self, what: Callable[[], object]) -> None:
        self._loop.call_soon_threadsafe(what)

    def misbehave(self, dice: random.Random, hang_for: float) -> str:
        """Do one of both; says which."""
        if dice.random() < 0.5:
            self.cut()
            return "connections cut"
        self.hang(hang_for)
        return "connections hanging"
