"""What a request to a service other than Discord passes: faults and the journal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .faults import AFTER, BEFORE, Fault
from .parts import PARTS
from .refused import Refused
from .rest.answers import answer
from .snowflakes import now_text
from .world import Json


@dataclass(slots=True)
class Asked:
    """One request to a service, without its secrets; `granted` is the status of a good answer.

    `path` is what faults are switched on for and what the journal shows.
    """

    service: str
    method: str
    path: str
    query: str = ""
    body: Any = None
    person: int | None = None
    granted: int = 200
    hide: Callable[[Any], Any] = lambda value: value


Act = Callable[[], Awaitable[object]]
Trouble = Callable[[Fault], Refused]


async def serve(request: web.Request, asked: Asked, act: Act, trouble: Trouble) -> web.Response:
    """Do what is asked unless a fault is in the way, answer in JSON, and write both down."""
    begun = now_text()
    fault = request.app[PARTS].faults.take(asked.method, asked.path, asked.person)
    effect: Json = {}
    try:
        await _before(request, fault, trouble)
        payload, status = await act(), asked.granted
        effect = {"effect_json": asked.hide(payload)} if _spoils(fault) else {}
        payload = await _after(request, fault, trouble, payload)
    except Refused as refused:
        payload, status = refused.payload, refused.status
    lost = request.transport is None or request.transport.is_closing()
    request.app[PARTS].journal.add(
        {
            "asked": begun,
            "service": asked.service,
            "method": asked.method,
            "path": asked.path,
            "query": asked.query,
            "person": str(asked.person) if asked.person else None,
            "request_json": asked.hide(asked.body),
            "status": 0 if lost else status,
            "response_json": asked.hide(payload),
            **effect,
        }
    )
    if isinstance(payload, str):
        return web.Response(text=payload, content_type="application/json")
    return answer(payload, status)


async def _before(request: web.Request, fault: Fault | None, trouble: Trouble) -> None:
    if fault is None or fault.fault not in BEFORE:
        return
    if fault.fault == "late":
        await asyncio.sleep(fault.seconds)
        return
    if fault.fault == "reset_before":
        cut(request)
    raise trouble(fault)


def _spoils(fault: Fault | None) -> bool:
    return fault is not None and fault.fault in AFTER and fault.fault != "slow"


async def _after(
    request: web.Request, fault: Fault | None, trouble: Trouble, payload: object
) -> object:
    kind = fault.fault if fault else ""
    if fault is None or kind not in AFTER:
        return payload
    if kind == "slow":
        await asyncio.sleep(fault.seconds)
    elif kind == "reset":
        cut(request, payload, fault.quarters)
    elif kind in SPOILED:
        return SPOILED[kind]
    else:
        raise trouble(fault)
    return payload


# What comes instead of the answer; text that is no JSON is sent as it is.
SPOILED: dict[str, object] = {"garbage": '{"ok": tr', "empty": "", "nothing": []}


def cut(request: web.Request, payload: object = None, quarters: int = 0) -> None:
    """Close the line, after some quarters of the answer's bytes."""
    if request.transport is None:
        return
    if quarters:
        body = json.dumps(payload).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n"
        whole = f"{head}Content-Type: application/json\r\n\r\n".encode() + body
        request.transport.write(whole[: len(whole) * min(quarters, 4) // 4])
    request.transport.abort()
