"""What can be ordered of the gateway: that it closes, falls silent, forgets, or is away.

Tests, the chaos command and the playground give these orders; the gateway carries them out on
whoever is connected, and on whoever connects next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from botworker.standin.world import Json

if TYPE_CHECKING:
    from aiohttp import web

    from botworker.standin.parts import Parts

    from .hub import Hub

CODES = (4000, 4001, 4002, 4003, 4004, 4005, 4007, 4008, 4009, 4010, 4011, 4012, 4013, 4014)
HEARTBEAT_MS = 41_250


@dataclass(slots=True)
class Orders:
    """What is different from a good day."""

    # Heartbeats are not acknowledged.
    mute: bool = False
    # So many of the next RESUMEs are answered with an invalid session.
    refuse_resumes: int = 0
    # The next IDENTIFYs are answered by closing with these codes.
    refuse_identifies: list[int] = field(default_factory=list)
    # Nobody gets in until then, by time.monotonic().
    away_until: float = 0.0
    # What new connections are told about how often to send a heartbeat.
    heartbeat_ms: int = HEARTBEAT_MS

    @property
    def away(self) -> bool:
        return time.monotonic() < self.away_until


def _away(hub: Hub, body: Json) -> None:
    hub.orders.away_until = time.monotonic() + float(body["seconds"])
    hub.close_all(_code(body))


def _refuse_identifies(hub: Hub, body: Json) -> None:
    hub.orders.refuse_identifies = [_code(body, 4004)] * int(body.get("times", 1))


def _mute(hub: Hub, body: Json) -> None:
    hub.orders.mute = bool(body.get("on", True))


def _refuse_resumes(hub: Hub, body: Json) -> None:
    hub.orders.refuse_resumes = int(body.get("times", 1))


def _heartbeat(hub: Hub, body: Json) -> None:
    hub.orders.heartbeat_ms = int(body["ms"])


ORDERS: dict[str, Callable[[Hub, Json], None]] = {
    "close": lambda hub, body: hub.close_all(_code(body)),
    "reconnect": lambda hub, body: hub.reconnect_all(),
    "invalidate": lambda hub, body: hub.invalidate_all(resumable=bool(body.get("resumable"))),
    "beat": lambda hub, body: hub.ask_for_heartbeats(),
    "mute": _mute,
    "refuse_resumes": _refuse_resumes,
    "refuse_identifies": _refuse_identifies,
    "away": _away,
    "heartbeat": _heartbeat,
}


def carry_out(hub: Hub, body: Json) -> None:
    """Carry out an order as JSON. KeyError or ValueError for one that makes no sense."""
    order = str(body["order"])
    if order not in ORDERS:
        raise ValueError(f"There is no order {order}; there are {', '.join(ORDERS)}.")
    ORDERS[order](hub, body)


def _code(body: Json, otherwise: int = 4000) -> int:
    if (code := int(body.get("code", otherwise))) not in CODES:
        raise ValueError(f"The gateway does not close with {code}.")
    return code


async def give(parts: Parts, request: web.Request, body: Json) -> Json:
    """Take an order at the control door."""
    carry_out(parts.hub, body)
    return parts.hub.state()


async def state(parts: Parts, request: web.Request, body: Json) -> Json:
    """Say how often bots identified, resumed and were turned away, and who is connected."""
    return parts.hub.state()
