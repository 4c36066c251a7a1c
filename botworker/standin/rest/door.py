"""What every request to the API passes: login, limits, faults, and the journal."""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import Awaitable, Callable

from aiohttp import web

from botworker.standin.errors import ApiError, plain, refusal
from botworker.standin.faults import AFTER, BEFORE, Fault, too_many
from botworker.standin.limits import Grant
from botworker.standin.parts import PARTS, Parts
from botworker.standin.snowflakes import now_text

from .answers import BODY, PAYLOAD, answer, as_object, read_body, refused
from .call import note_unknown

NO_LOGIN = ("/interactions/", "/webhooks/", "/oauth2/token", "/gateway")
NO_GLOBAL_LIMIT = ("/interactions/", "/webhooks/", "/oauth2/")
PERSON = web.RequestKey("person", int)
# What a request came to whose answer a fault has spoiled.
EFFECT = web.RequestKey("effect", object)
ASKED = web.RequestKey("asked", str)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Guard /api and write down what was asked and answered; let all else pass."""
    if not request.path.startswith("/api/"):
        return await handler(request)
    request[ASKED] = now_text()
    try:
        request[BODY] = await read_body(request)
        response = await _guarded(request, handler)
    except ApiError as error:
        response = refused(error)
    except ConnectionError:
        # Whoever asked is gone in the middle of a sentence: nothing was asked.
        response = web.Response(status=400)
    except Exception as crash:
        # Answered, journaled, and unknown to a test run, which fails on it.
        logging.getLogger(__name__).exception("The stand-in broke on %s", request.path)
        note_unknown(request.app[PARTS], {"crash": repr(crash), "path": request.path})
        response = refused(plain(500, "Internal Server Error"))
    _write_down(request, response)
    return response


async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    if "tail" in request.match_info:
        return await handler(request)
    parts, path = request.app[PARTS], api_path(request)
    _log_in(request, parts, path)
    headers = _limit(request, parts, path)
    fault = parts.faults.take(request.method, path, _person_meant(request, parts))
    if refused_at_once := await _fail_before(fault, request):
        return refused_at_once
    response = await handler(request)
    assert isinstance(response, web.Response)
    response.headers.update(headers)
    return await _fail_after(fault, request, response)


def api_path(request: web.Request) -> str:
    """Give the path without /api and the version."""
    return request.path.removeprefix("/api").removeprefix("/v10")


# --- login -------------------------------------------------------------------------------------


def _log_in(request: web.Request, parts: Parts, path: str) -> None:
    if path.startswith(NO_LOGIN):
        return
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    person = parts.consents.person_of(token) if scheme == "Bearer" else None
    if person is not None and path == "/users/@me":
        request[PERSON] = person
    elif scheme != "Bot" or token != parts.world.application.token:
        raise plain(401, "Unauthorized")


# --- limits ------------------------------------------------------------------------------------


def _limit(request: web.Request, parts: Parts, path: str) -> dict[str, str]:
    if not parts.limits:
        return {}
    if not path.startswith(NO_GLOBAL_LIMIT):
        overall = parts.windows.take("", parts.limits.per_second, 1.0)
        if not overall.allowed:
            raise too_many(overall.reset_after, "global")
    if "channel" not in request.match_info:
        return {}
    route = f"{request.method} {_template(request)}"
    key = f"{route} {request.match_info['channel']}"
    grant = parts.windows.take(key, parts.limits.per_channel, parts.limits.window)
    headers = _limit_headers(grant, route)
    if not grant.allowed:
        raise too_many(grant.reset_after, "user", headers)
    return headers


def _template(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else request.path


def _limit_headers(grant: Grant, route: str) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(grant.limit),
        "X-RateLimit-Remaining": str(grant.remaining),
        "X-RateLimit-Reset": f"{time.time() + grant.reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{grant.reset_after:.3f}",
        "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):032x}",
    }


# --- faults ------------------------------------------------------------------------------------


def _person_meant(request: web.Request, parts: Parts) -> int | None:
    if channel := request.match_info.get("channel"):
        return parts.store.owners.get(int(channel))
    if event := parts.desk.open.get(request.match_info.get("token", "")):
        return event.person
    recipient = str(as_object(request[BODY]).get("recipient_id", ""))
    return int(recipient) if recipient.isdigit() else None


async def _fail_before(fault: Fault | None, request: web.Request) -> web.Response | None:
    if fault is None or fault.fault not in BEFORE:
        return None
    if fault.fault == "late":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.fault == "ban":
        # Cloudflare's own page: no JSON, and nothing of Discord's in its head.
        wait = {"Retry-After": str(max(1, round(fault.retry_after)))}
        return web.Response(status=429, text="error code: 1015", headers=wait)
    if fault.fault == "reset_before":
        _cut(request)
    raise fault.refusal()


async def _fail_after(
    fault: Fault | None, request: web.Request, response: web.Response
) -> web.Response:
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
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(response.body)}\r\n"
        whole = f"{head}Content-Type: application/json\r\n\r\n".encode() + response.body
        request.transport.write(whole[: len(whole) * min(quarters, 4) // 4])
    request.transport.abort()


# --- journal and unknown routes ----------------------------------------------------------------


def _write_down(request: web.Request, response: web.StreamResponse) -> None:
    parts = request.app[PARTS]
    lost = request.transport is None or request.transport.is_closing()
    person = _person_meant(request, parts) if BODY in request else None
    parts.journal.add(
        {
            "asked": request[ASKED],
            "method": request.method,
            "path": request.path,
            "query": request.query_string,
            "person": str(person) if person else None,
            "request_json": request.get(BODY),
            "status": 0 if lost else response.status,
            "response_json": response.get(PAYLOAD),
            **({"effect_json": request[EFFECT]} if EFFECT in request else {}),
        }
    )


async def unknown(request: web.Request) -> web.Response:
    """Answer a route that the stand-in does not have, and remember it."""
    note_unknown(request.app[PARTS], {"route": f"{request.method} {request.path}"})
    return answer({"message": "404: Not Found", "code": 0}, 404)
