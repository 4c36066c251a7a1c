"""Reading a request's body and writing JSON the way Discord does."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from botworker.standin.errors import ApiError, refusal
from botworker.standin.faults import VIA
from botworker.standin.uploads import FILE_FIELD, Upload
from botworker.standin.world import Json

FILES = web.RequestKey("files", tuple[Upload, ...])
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
BODY = web.RequestKey("body", object)
PAYLOAD = web.ResponseKey("payload", object)


async def read_body(request: web.Request) -> Any:
    """Read JSON, a form, or an upload, whose files go to `request[FILES]`."""
    if not request.can_read_body:
        return None
    if request.content_type == "multipart/form-data":
        return await _read_upload(request)
    if request.content_type == "application/x-www-form-urlencoded":
        return dict(await request.post())
    return _parsed(await request.text())


async def _read_upload(request: web.Request) -> Any:
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise refusal(40005) from None
    files = []
    for name, value in form.items():
        named = FILE_FIELD.match(name)
        if named and isinstance(value, web.FileField):
            content = value.file.read()
            files.append(Upload(int(named[1]), value.filename, content))
    request[FILES] = tuple(files)
    return _parsed(str(form.get("payload_json", "{}")))


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
    body = _dumps(payload).encode()
    kind = "application/json"
    response = web.Response(status=status, body=body, content_type=kind, headers=headers)
    response[PAYLOAD] = payload
    return response


def refused(error: ApiError) -> web.Response:
    """Write a refusal."""
    return answer(error.body, error.status, {**VIA, **error.headers})
