"""The smallest clients there are, so that a benchmark measures the server and not them."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import Iterator
from itertools import islice
from typing import Any

EVENT = b'"t":"MESSAGE_CREATE"'
ANSWER = b"HTTP/1.1 "
GOOD = b"HTTP/1.1 200 "


class Tally:
    """Counts what all listeners together were told."""

    def __init__(self, expected: int) -> None:
        self.missing = expected
        self.complete = asyncio.Event()

    def add(self, events: int) -> None:
        self.missing -= events
        if self.missing <= 0:
            self.complete.set()


class Listener(asyncio.Protocol):
    """A gateway client that identifies and then only counts what it is told."""

    transport: asyncio.Transport

    def __init__(self, host: str, token: str, tally: Tally) -> None:
        self.host = host
        self.tally = tally
        self.token = token
        self.ready = asyncio.get_running_loop().create_future()
        self.tail = b""
        self.asked = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET /gateway?v=10&encoding=json HTTP/1.1\r\nHost: {self.host}\r\n"
        upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        transport.write(f"{head}{upgrade}Sec-WebSocket-Key: {key}\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        if not self.asked:
            self.asked = True
            intents = 1 << 0 | 1 << 9 | 1 << 15
            told = {"token": self.token, "intents": intents, "properties": {}}
            self.transport.write(masked({"op": 2, "d": told}))
        if not self.ready.done() and b'"GUILD_CREATE"' in data:
            self.ready.set_result(None)
        # A name may be cut in two by the end of a packet.
        self.tally.add((self.tail + data).count(EVENT))
        self.tail = data[-len(EVENT) + 1 :]


def masked(payload: Any) -> bytes:
    """Write a client's text frame of less than 64 KiB."""
    body = json.dumps(payload).encode()
    mask = os.urandom(4)
    size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2)
    return b"\x81" + size + mask + bytes(one ^ mask[n % 4] for n, one in enumerate(body))


class Asker(asyncio.Protocol):
    """One connection that keeps a number of requests under way, one behind the other."""

    transport: asyncio.Transport

    def __init__(self, requests: Iterator[bytes], under_way: int) -> None:
        self.requests = requests
        self.under_way = under_way
        self.done = asyncio.get_running_loop().create_future()
        self.open = 0
        self.good = 0
        self.tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask(self.under_way)

    def data_received(self, data: bytes) -> None:
        seen = self.tail + data
        answers = seen.count(ANSWER)
        self.good += seen.count(GOOD)
        self.tail = seen[-len(GOOD) + 1 :]
        # What was counted must not be seen again in the tail.
        if ANSWER in self.tail:
            self.tail = b""
        self.open -= answers
        self._ask(answers)

    def _ask(self, number: int) -> None:
        batch = list(islice(self.requests, number))
        self.open += len(batch)
        if batch:
            self.transport.write(b"".join(batch))
        elif not self.open and not self.done.done():
            self.done.set_result(None)
