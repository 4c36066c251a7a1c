"""/signal: the routes of signal-cli-rest-api that matter, with its refusals.

https://bbernhard.github.io/signal-cli-rest-api/ describes them; the words of the refusals are
signal-cli's, as its users report them (signal-cli-rest-api issues 857 and 881).
"""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from botworker.standin.errors import ApiError
from botworker.standin.faults import Fault
from botworker.standin.journal import HIDDEN
from botworker.standin.parts import PARTS
from botworker.standin.refused import Refused
from botworker.standin.rest.answers import read_body
from botworker.standin.rest.call import note_unknown
from botworker.standin.services import Asked, serve
from botworker.standin.world import Json

from .service import CHALLENGED, Signal

SEND = {
    "number", "recipients", "message", "base64_attachments", "edit_timestamp", "link_preview",
    "mentions", "notify_self", "quote_author", "quote_mentions", "quote_message",
    "quote_timestamp", "sticker", "text_mode", "view_once",
}  # fmt: skip
RECEIVE = {"timeout", "max_messages", "send_read_receipts"}
RECEIVE |= {f"ignore_{one}" for one in ("attachments", "stories", "avatars", "stickers")}
LIMITED = (
    "Failed to send message due to rate limiting. Use the attached challenge tokens to lift the "
    "rate limit restrictions via the '/v1/accounts/{number}/rate-limit-challenge' endpoint."
)
BAD = "Couldn't process request"
LONGEST_WAIT = 60.0
HIDDEN_FAILURE = {"type": "NETWORK_FAILURE"}
Verb = Callable[[Signal, web.Request, Json], Any]


def _refused(why: str, status: int = 400, **more: object) -> Refused:
    return Refused(status, {"error": why, **more})


def _mine(signal: Signal, number: str) -> None:
    """Refuse to speak for a number that is not the bot's."""
    if unquote(number) != signal.number:
        raise _refused(f"User {unquote(number)} is not registered.\n", account=unquote(number))


def about(signal: Signal, request: web.Request, body: Json) -> Json:
    """Say which server this is."""
    return {
        "versions": ["v1", "v2"],
        "build": 2,
        "mode": "native",
        "version": "0.95",
        "capabilities": {"v2/send": ["quotes", "mentions"]},
    }


def health(signal: Signal, request: web.Request, body: Json) -> None:
    """Say that the server lives."""


def accounts(signal: Signal, request: web.Request, body: Json) -> list[str]:
    """List the registered numbers."""
    return [signal.number]


def send(signal: Signal, request: web.Request, body: Json) -> Json:
    """Send to each recipient; a 400 names those it failed for, although the others have it."""
    recipients, text, number = body.get("recipients"), body.get("message"), body.get("number")
    if not isinstance(recipients, list) or not recipients:
        raise _refused(f"{BAD} - please provide at least one recipient", account="")
    if not isinstance(number, str) or not number:
        raise _refused(f"{BAD} - please provide a valid number", account="")
    _mine(signal, number)
    if signal.memory.challenge:
        tokens = [signal.memory.challenge]
        raise _refused(LIMITED, 429, challenge_tokens=tokens, account=number)
    at, failed = signal.timestamp(), []
    for one in map(str, recipients):
        if why := signal.fault_of(one):
            failed.append(f"{one}: {why}")
        else:
            signal.deliver(signal.handles.with_number(one) or 0, str(text or ""), at)
    if failed:
        lines = "\n".join(["Failed to send (some) messages:", *failed, str(at)])
        raise _refused(f"{lines}\n", account=number)
    return {"timestamp": str(at)}


async def receive(signal: Signal, request: web.Request, body: Json) -> list[Json]:
    """Give what came in, waiting up to `timeout` seconds for the first; each is given once."""
    _mine(signal, request.match_info["number"])
    wait = _seconds(request.query.get("timeout", "1"))
    if not signal.memory.waiting:
        signal.news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await signal.news.wait()
    most = int(request.query.get("max_messages", 0)) or len(signal.memory.waiting)
    taken = signal.memory.waiting[:most]
    if taken:
        signal.memory.write("taken", count=len(taken))
    return [{"envelope": one, "account": signal.number} for one in taken]


def _seconds(text: str) -> float:
    if not text.isdecimal():
        raise _refused(f"{BAD} - timeout needs to be numeric!")
    return min(float(text), LONGEST_WAIT)


def identities(signal: Signal, request: web.Request, body: Json) -> list[Json]:
    """List the keys of everybody the bot has written with."""
    _mine(signal, request.match_info["number"])
    return [signal.identity(person) for person in signal.memory.messages]


def trust(signal: Signal, request: web.Request, body: Json) -> None:
    """Trust somebody's new keys."""
    _mine(signal, request.match_info["number"])
    person = signal.handles.with_number(unquote(request.match_info["numberToTrust"]))
    if person is None:
        raise _refused("Failed to trust: no such identity")
    if not body.get("trust_all_known_keys"):
        known = signal.identity(person)["safety_number"]
        if str(body.get("verified_safety_number", "")).replace(" ", "") != known:
            raise _refused("Failed to set the trust for the fingerprint or safety number.")
    signal.trust(person)


def search(signal: Signal, request: web.Request, body: Json) -> list[Json]:
    """Say which numbers have an account."""
    _mine(signal, request.match_info["number"])
    return [
        {"number": one, "registered": "Unregistered" not in signal.fault_of(one)}
        for one in request.query.getall("numbers", [])
    ]


def solve(signal: Signal, request: web.Request, body: Json) -> None:
    """Lift the rate limit for a solved captcha."""
    _mine(signal, request.match_info["number"])
    if body.get("challenge_token") != CHALLENGED or not body.get("captcha"):
        raise _refused("Submit challenge error: [400] Bad response: 400")
    signal.limit(off=True)


# Each route: what it does, the status of a good answer, the fields and the query that it has.
ROUTES: list[tuple[str, str, Verb, int, set[str], set[str]]] = [
    ("GET", "/v1/about", about, 200, set(), set()),
    ("GET", "/v1/health", health, 204, set(), set()),
    ("GET", "/v1/accounts", accounts, 200, set(), set()),
    ("POST", "/v2/send", send, 201, SEND, set()),
    ("GET", "/v1/receive/{number}", receive, 200, set(), RECEIVE),
    ("GET", "/v1/identities/{number}", identities, 200, set(), set()),
    (
        "PUT",
        "/v1/identities/{number}/trust/{numberToTrust}",
        trust,
        204,
        {"trust_all_known_keys", "verified_safety_number"},
        set(),
    ),
    ("GET", "/v1/search/{number}", search, 200, set(), {"numbers"}),
    (
        "POST",
        "/v1/accounts/{number}/rate-limit-challenge",
        solve,
        204,
        {"captcha", "challenge_token"},
        set(),
    ),
]


def add_to(app: web.Application) -> None:
    """Mount the routes; the base of their addresses is `<stand-in>/signal`."""
    for method, path, verb, granted, fields, query in ROUTES:
        handler = _handler(path, verb, granted, fields, query)
        app.router.add_route(method, f"/signal{path}", handler)
    app.router.add_route("*", "/signal/{tail:.*}", _unknown)


def _handler(
    path: str, verb: Verb, granted: int, fields: set[str], query: set[str]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        parts = request.app[PARTS]
        signal = parts.elsewhere.signal
        body, readable = await _body(request)
        asked = Asked("signal", request.method, f"/signal{path}", _query(request), body)
        asked.granted, asked.person = granted, _person(signal, body)
        asked.hide = lambda value: _without_numbers(signal, value)

        async def act() -> object:
            if not readable:
                raise _refused(f"{BAD} - invalid request", account="")
            for name in sorted({*body} - fields | {*request.query} - query):
                note_unknown(parts, {"field": name, "method": request.method, "path": asked.path})
            done = verb(signal, request, body)
            return await done if inspect.isawaitable(done) else done

        return await serve(request, asked, act, _trouble)

    return handle


async def _body(request: web.Request) -> tuple[Json, bool]:
    try:
        body = await read_body(request)
    except ApiError:
        return {}, False
    return (body if isinstance(body, dict) else {}), True


def _query(request: web.Request) -> str:
    # A number in it is a handle, and handles are not written down.
    return "&".join(f"{name}={one}" for name, one in request.query.items() if name != "numbers")


def _person(signal: Signal, body: Json) -> int | None:
    recipients = body.get("recipients")
    one = recipients[0] if isinstance(recipients, list) and recipients else ""
    return signal.handles.with_number(str(one))


def _without_numbers(signal: Signal, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_numbers(signal, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_numbers(signal, one) for one in value]
    if isinstance(value, str) and "+" in value:
        for number in (signal.number, *signal.handles.numbers.values()):
            value = value.replace(number, HIDDEN)
    return value


def _trouble(fault: Fault) -> Refused:
    """Build the answer of a fault; a refused message did not get through."""
    if fault.fault in ("429", "ban"):
        return _refused(LIMITED, 429, challenge_tokens=[CHALLENGED], account=HIDDEN)
    if fault.fault in ("closed_dms", "left_guild"):
        why = f'Failed to send (some) messages:\n{HIDDEN}: Unregistered user "{HIDDEN}"\n'
        return _refused(why, account=HIDDEN)
    if fault.fault == "401":
        return _refused(f"User {HIDDEN} is not registered.\n", account=HIDDEN)
    if fault.fault == "refuse":
        return _refused("Failed to send (some) messages:\nNetwork failure\n", account=HIDDEN)
    if fault.fault == "gone":
        # A failure that looks like a success: it shows in the results alone.
        told = {"timestamp": str(int(time.time() * 1000)), "results": [HIDDEN_FAILURE]}
        return Refused(201, told)
    return Refused(fault.status, {"error": "Internal Server Error"})


async def _unknown(request: web.Request) -> web.Response:
    parts = request.app[PARTS]
    note_unknown(parts, {"route": f"{request.method} /signal/{request.match_info['tail']}"})
    return web.Response(status=404, text="404 page not found")
