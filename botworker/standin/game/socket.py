"""The game server's UDP socket, with its faults: lost, late or broken answers, or none at all."""

from __future__ import annotations

import asyncio
from typing import cast

from botworker.standin.faults import Fault, Faults
from botworker.standin.journal import Journal
from botworker.standin.snowflakes import now_text

from . import words
from .service import Game

LATE = ("late", "slow")
Address = tuple[str, int]


class Socket(asyncio.DatagramProtocol):
    """Answers questions; what it does not understand, and too many of them, get silence."""

    def __init__(self, game: Game, faults: Faults, journal: Journal) -> None:
        self.game = game
        self.faults = faults
        self.journal = journal
        self.transport: asyncio.DatagramTransport | None = None
        self.closed = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's own class is none of asyncio.DatagramTransport.
        self.transport = cast("asyncio.DatagramTransport", transport)

    @property
    def port(self) -> int:
        return int(self.transport.get_extra_info("sockname")[1]) if self.transport else 0

    def datagram_received(self, data: bytes, addr: Address) -> None:
        begun = now_text()
        asked = words.question(data)
        if asked is None or not self.game.up:
            return
        command, challenge = asked
        answer = self.game.answer(command, challenge)
        if answer is None:
            return
        # A server counts by address, not by port; here everybody has the same one.
        allowed = self.game.allows(addr[0])
        fault = self.faults.take("UDP", f"/game/{command}", None) if allowed else None
        sent = self._sent(answer, fault) if allowed else None
        self.journal.add(
            {
                "asked": begun,
                "service": "game",
                "method": "UDP",
                "path": f"/game/{command}",
                "query": "",
                "person": None,
                "request_json": {"challenge": challenge},
                "status": 200 if sent else 0,
                "response_json": {"players": len(self.game.players), "map": self.game.map},
            }
        )
        if sent:
            self._send_later(sent, addr, fault)

    @staticmethod
    def _sent(answer: bytes, fault: Fault | None) -> bytes | None:
        if fault is None or fault.fault in LATE:
            return answer
        return answer[: len(answer) // 3] if fault.fault == "garbage" else None

    def _send_later(self, answer: bytes, addr: Address, fault: Fault | None) -> None:
        wait = fault.seconds if fault and fault.fault in LATE else 0.0
        asyncio.get_running_loop().call_later(wait, self._send, answer, addr)

    def _send(self, answer: bytes, addr: Address) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.sendto(answer, addr)

    def connection_lost(self, problem: Exception | None) -> None:
        self.closed.set()

    async def close(self) -> None:
        """Stop answering, and wait until the port is free."""
        if self.transport:
            self.transport.close()
            await self.closed.wait()
