"""Reading a request's body and writing JSON the way Discord does."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from botworker.standin.errors import ApiError, refusal
from botworker.standin.world import Json

BODY = web.RequestKey("body", object)
PAYLOAD = web.ResponseKey("payload", object)


async def read_body(request: web.Request) -> Any:
    """Read JSON, a form, or the JSON part of an upload."""
    if not request.can_read_body:
        return None
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return _parsed(str(form.get("payload_json", "{}")))
    if request.content_type == "application/x-www-form-urlencoded":
        return dict(await request.post())
    return _parsed(await request.text())


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        raise refusal(50109) from None


def as_object(body: object) -> Json:
    """Give a body as an object; a list is found under `list`."""
    if isinstance(body, list):
        return {"list": body}
    return body if isinstance(body, dict) else {}


def answer(
    payload: object, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """Write JSON without a charset: discord.py reads anything else as text."""
    if payload is None:
        return web.Response(status=204, headers=headers)
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    kind = "application/json"
    response = web.Response(status=status, body=body, content_type=kind, headers=headers)
    response[PAYLOAD] = payload
    return response


def refused(error: ApiError) -> web.Response:
    """Write a refusal."""
    return answer(error.body, error.status, error.headers)
