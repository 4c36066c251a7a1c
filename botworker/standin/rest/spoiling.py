"""What the faults that are switched on do to a request, before its effect and after."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from botworker.standin.errors import refusal
from botworker.standin.faults import AFTER, BEFORE, Fault

from .answers import PAYLOAD, answer

# What a request came to whose answer a fault has spoiled.
EFFECT = web.RequestKey("effect", object)


async def before(fault: Fault | None, request: web.Request) -> web.Response | None:
    """Keep a request from having its effect, or delay it; raises the refusal there is for it."""
    if fault is None or fault.fault not in BEFORE:
        return None
    if fault.fault == "late":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.fault == "ban":
        return banned(fault.retry_after)
    if fault.fault == "reset_before":
        _cut(request)
    raise fault.refusal()


def banned(seconds: float) -> web.Response:
    """Build Cloudflare's own page: no JSON, and nothing of Discord's in its head."""
    wait = {"Retry-After": str(max(1, round(seconds)))}
    return web.Response(status=429, text="error code: 1015", headers=wait)


async def after(fault: Fault | None, request: web.Request, response: web.Response) -> web.Response:
    """Spoil the answer of a request that has had its effect; the journal keeps the true one."""
    kind = fault.fault if fault else ""
    if fault is None or kind not in AFTER:
        return response
    if kind == "slow":
        await asyncio.sleep(fault.seconds)
        return response
    request[EFFECT] = response.get(PAYLOAD)
    if kind == "500_after":
        raise fault.trouble()
    if kind == "gone":
        raise refusal(10008)
    if kind == "reset":
        _cut(request, response, fault.quarters)
    return response if kind == "reset" else SPOILED[kind]()


SPOILED: dict[str, Callable[[], web.Response]] = {
    "garbage": lambda: web.Response(body=b'{"id": "12', content_type="application/json"),
    "empty": lambda: web.Response(body=b"", content_type="application/json"),
    "nothing": lambda: answer([]),
}


def _cut(request: web.Request, response: web.Response | None = None, quarters: int = 0) -> None:
    """Close the line, after some quarters of the answer's bytes."""
    if request.transport is None:
        return
    if response and quarters and isinstance(response.body, bytes):
        head = f"HTTP/1.1 {response.status} OK\r\nContent-Length: {len(response.body)}\r\n"
        whole = f"{head}Content-Type: application/json\r\n\r\n".encode() + response.body
        request.transport.write(whole[: len(whole) * min(quarters, 4) // 4])
    request.transport.abort()
