"""The aiohttp application: the API, the gateway, sign-in, control, the playground."""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable

from aiohttp import web

from . import control, control_elsewhere
from .gateway.connection import gateway
from .pages import views
from .parts import PARTS, Parts
from .rest import routes
from .rest.door import door
from .signal import door as signal
from .telegram import door as telegram

# Whatever a file holds, no browser runs it here.
UNTRUSTED = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
BIGGEST_BODY = 25 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(parts: Parts) -> web.Application:
    """Put the stand-in together."""
    app = web.Application(middlewares=[same_origin, door], client_max_size=BIGGEST_BODY)
    app[PARTS] = parts
    app.router.add_get("/gateway", gateway)
    app.router.add_get("/gateway/", gateway)
    routes.add_to(app)
    app.router.add_get(r"/attachments/{channel:\d+}/{attachment:\d+}/{name}", attachment)
    telegram.add_to(app)
    signal.add_to(app)
    control.add_to(app)
    control_elsewhere.add_to(app)
    views.add_to(app, parts.assets)
    return app


async def attachment(request: web.Request) -> web.Response:
    """Give a file that was sent with a message, as Discord's CDN does: to anybody."""
    path, files = request.match_info, request.app[PARTS].desk.posting.files
    content = files.read(int(path["channel"]), int(path["attachment"]), path["name"])
    if content is None:
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(path["name"])[0] or "application/octet-stream"
    return web.Response(body=content, content_type=kind, headers=UNTRUSTED)


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site makes a browser send here."""
    origin = request.headers.get("Origin")
    if origin and request.method != "GET" and origin.partition("://")[2] != request.host:
        raise web.HTTPForbidden(text="This form came from another site.")
    return await handler(request)
