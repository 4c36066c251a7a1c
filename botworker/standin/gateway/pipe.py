"""The way to one client: plain text, or one zlib stream for as long as the connection lasts.

https://discord.com/developers/docs/events/gateway#transport-compression
"""

from __future__ import annotations

import zlib

from aiohttp import web

ZLIB_STREAM = "zlib-stream"


class Pipe:
    """Sends frames. A client that asks for a compression we lack gets text, as both sides allow."""

    def __init__(self, ws: web.WebSocketResponse, compression: str) -> None:
        self.ws = ws
        # Level 1: the stream's memory of earlier frames does most of the work.
        self.deflate = zlib.compressobj(1) if compression == ZLIB_STREAM else None

    async def send(self, text: str) -> None:
        """Send one frame."""
        if self.deflate is None:
            await self.ws.send_str(text)
        else:
            packed = self.deflate.compress(text.encode()) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
            await self.ws.send_bytes(packed)
