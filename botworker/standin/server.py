"""The aiohttp application: the API, the gateway, sign-in, control, the playground."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from . import control
from .gateway.connection import gateway
from .pages import views
from .parts import PARTS, Parts
from .rest import routes
from .rest.door import door

BIGGEST_BODY = 25 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(parts: Parts) -> web.Application:
    """Put the stand-in together."""
    app = web.Application(middlewares=[same_origin, door], client_max_size=BIGGEST_BODY)
    app[PARTS] = parts
    app.router.add_get("/gateway", gateway)
    app.router.add_get("/gateway/", gateway)
    routes.add_to(app)
    control.add_to(app)
    views.add_to(app, parts.assets)
    return app


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site makes a browser send here."""
    origin = request.headers.get("Origin")
    if origin and request.method != "GET" and origin.partition("://")[2] != request.host:
        raise web.HTTPForbidden(text="This form came from another site.")
    return await handler(request)
