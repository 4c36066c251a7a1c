"""What every request to the API passes: login, limits, faults, and the journal."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import lru_cache

from aiohttp import web

from botworker.standin.errors import ApiError, plain
from botworker.standin.faults import VIA, too_many
from botworker.standin.limits import NO_GLOBAL_LIMIT, Limits, major
from botworker.standin.parts import PARTS, Parts
from botworker.standin.snowflakes import now_text

from . import spoiling
from .answers import BODY, PAYLOAD, answer, as_object, read_body, refused
from .call import note_unknown
from .spoiling import EFFECT

NO_LOGIN = ("/interactions/", "/webhooks/", "/oauth2/token", "/gateway")
# https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
INVALID = (401, 403, 429)
PERSON = web.RequestKey("person", int)
ASKED = web.RequestKey("asked", str)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Guard /api and write down what was asked and answered; let all else pass."""
    if not request.path.startswith("/api/"):
        return await handler(request)
    parts = request.app[PARTS]
    request[ASKED] = now_text()
    try:
        request[BODY] = await read_body(request)
        response = _shut_out(parts) or await _guarded(request, parts, handler)
    except ApiError as error:
        response = refused(error)
    except ConnectionError:
        # Whoever asked is gone in the middle of a sentence: nothing was asked.
        response = web.Response(status=400)
    except Exception as crash:
        # Answered, journaled, and unknown to a test run, which fails on it.
        logging.getLogger(__name__).exception("The stand-in broke on %s", request.path)
        note_unknown(parts, {"crash": repr(crash), "path": request.path})
        response = refused(plain(500, "Internal Server Error"))
    if response.status in INVALID:
        _count_invalid(parts, response)
    _write_down(request, parts, response)
    return response


async def _guarded(request: web.Request, parts: Parts, handler: Handler) -> web.StreamResponse:
    if "tail" in request.match_info:
        return await handler(request)
    path = api_path(request.path)
    _log_in(request, parts, path)
    headers = _limit(request, parts, path) if parts.limits else {}
    fault = None
    if parts.faults.active:
        fault = parts.faults.take(request.method, path, _person_meant(request, parts))
    try:
        if refused_at_once := await spoiling.before(fault, request):
            return refused_at_once
        response = await handler(request)
    except ApiError as error:
        error.headers = {**headers, **error.headers}
        raise
    assert isinstance(response, web.Response)
    response.headers.update(headers)
    response.headers.update(VIA)
    return await spoiling.after(fault, request, response)


@lru_cache(maxsize=2000)
def api_path(path: str) -> str:
    """Give a path, or a route, without /api and the version."""
    return path.removeprefix("/api").removeprefix("/v10")


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
    """Count a request in its windows; gives the headers of its own, or raises a 429."""
    limits = parts.limits or Limits()
    if not path.startswith(NO_GLOBAL_LIMIT):
        overall = parts.windows.take("", limits.per_second, 1.0)
        if not overall.allowed:
            raise too_many(overall.reset_after, "global")
    resource = request.match_info.route.resource
    template = api_path(resource.canonical if resource else request.path)
    route = f"{request.method} {template}"
    grant = parts.windows.take(
        f"{route} {major(request.match_info)}", *limits.of(request.method, template)
    )
    headers = grant.headers(route)
    if not grant.allowed:
        raise too_many(grant.reset_after, "user", headers)
    return headers


def _shut_out(parts: Parts) -> web.Response | None:
    """Answer as Cloudflare does for whoever asked too many wrong things."""
    left = parts.windows.invalid.banned_until - parts.windows.now()
    return spoiling.banned(left) if parts.limits and left > 0 else None


def _count_invalid(parts: Parts, response: web.StreamResponse) -> None:
    if response.headers.get("X-RateLimit-Scope") != "shared":
        parts.windows.invalid.note(parts.windows.now(), parts.limits or Limits(invalid=1 << 62))


# --- faults, journal and unknown routes --------------------------------------------------------


def _person_meant(request: web.Request, parts: Parts) -> int | None:
    if channel := request.match_info.get("channel"):
        return parts.store.owners.get(int(channel))
    if event := parts.desk.open.get(request.match_info.get("token", "")):
        return event.person
    recipient = str(as_object(request[BODY]).get("recipient_id", ""))
    return int(recipient) if recipient.isdigit() else None


def _write_down(request: web.Request, parts: Parts, response: web.StreamResponse) -> None:
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
