"""The way to one client: plain text, or one zlib stream for as long as the connection lasts.

https://discord.com/developers/docs/events/gateway#transport-compression
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable

from aiohttp import web

ZLIB_STREAM = "zlib-stream"
# The first byte of a whole frame (RFC 6455, 5.2).
TEXT, BINARY = b"\x81", b"\x82"
FULL, CALM = 4_000_000, 0.01


class Pipe:
    """Sends frames. A client that asks for a compression we lack gets text, as both sides allow."""

    def __init__(self, request: web.Request | None, compression: str) -> None:
        self.transport = request.transport if request else None
        # Level 1: the stream's memory of earlier frames does most of the work.
        self.deflate = zlib.compressobj(1) if compression == ZLIB_STREAM else None

    async def send(self, texts: Iterable[str]) -> None:
        """Send frames, all with one call of the kernel: with many clients the calls cost most.

        They go past aiohttp, which would make a call for each; what it sends itself (pongs, the
        close) is whole frames too.
        """
        if self.transport is None or self.transport.is_closing():
            raise ConnectionResetError("The client is gone.")
        self.transport.write(b"".join(map(self._framed, texts)))
        # A client that does not read is waited for, as everywhere.
        while self._is_full(self.transport):  # noqa: ASYNC110  a transport has no event for it
            await asyncio.sleep(CALM)

    @staticmethod
    def _is_full(transport: asyncio.WriteTransport) -> bool:
        return transport.get_write_buffer_size() > FULL and not transport.is_closing()

    def _framed(self, text: str) -> bytes:
        body = text.encode()
        if self.deflate is None:
            return TEXT + length(len(body)) + body
        packed = self.deflate.compress(body) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
        return BINARY + length(len(packed)) + packed


def length(size: int) -> bytes:
    """Write how long a server's frame is."""
    if size < 126:
        return bytes((size,))
    return b"\x7e" + size.to_bytes(2) if size < 1 << 16 else b"\x7f" + size.to_bytes(8)
