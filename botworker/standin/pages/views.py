"""The pages' routes: sign-in, pictures, the playground."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from botworker.standin import oauth
from botworker.standin.parts import PARTS, Parts

from . import consent, evening, hurt, journal, moves, people, playground, plays
from .scene import NOTES, OPENED, Scene

OWN_ASSETS = Path(__file__).parent / "assets"
AVATAR = r"/avatars/{user:\d+}/{face}"


async def home(request: web.Request) -> web.StreamResponse:
    """Show the playground."""
    return _unless_known(request, playground.playground(Scene.of(request)))


async def everybody(request: web.Request) -> web.StreamResponse:
    """Show the people and their switches."""
    return _unless_known(request, people.people(request.app[PARTS]))


async def clock(request: web.Request) -> web.StreamResponse:
    """Show the evening's clock."""
    return _unless_known(request, evening.evening(request.app[PARTS]))


async def requests(request: web.Request) -> web.StreamResponse:
    """Show the journal."""
    wanted = journal.Filter.of(request)
    return _unless_known(request, journal.journal(request.app[PARTS], wanted))


async def faults(request: web.Request) -> web.StreamResponse:
    """Show what can be made to go wrong."""
    return _unless_known(request, hurt.hurt(request.app[PARTS]))


def _unless_known(request: web.Request, response: web.Response) -> web.StreamResponse:
    """Say only that nothing is new when the page that asks has this state already."""
    known = request.headers.get("If-None-Match")
    if known != response.headers["ETag"]:
        return response
    return web.Response(status=304, headers={"ETag": known, "Cache-Control": "no-store"})


PAGES = {
    "/": home,
    "/people": everybody,
    "/evening": clock,
    "/journal": requests,
    "/faults": faults,
}


async def ask(request: web.Request) -> web.Response:
    """Show the consent page, or in words what is wrong with the request."""
    parts = request.app[PARTS]
    try:
        oauth.check_ask(request.query, parts.world)
    except oauth.Refused as reason:
        return consent.refused(parts, str(reason))
    return consent.consent(parts, request.query)


async def agree(request: web.Request) -> web.Response:
    """Take the choice and go back to the site with a code, or with a no."""
    parts, form = request.app[PARTS], await _form(request)
    try:
        oauth.check_ask(form, parts.world)
    except oauth.Refused as reason:
        return consent.refused(parts, str(reason))
    result = _choice(parts, form)
    if result is None:
        return consent.refused(parts, "Choose one of the people.")
    target = form["redirect_uri"]
    separator = "&" if "?" in target else "?"
    answer = urlencode({**result, "state": form["state"]})
    response = web.Response(status=302, headers={"Location": f"{target}{separator}{answer}"})
    if "code" in result:
        response.set_cookie("as", form["person"], samesite="Lax", httponly=True)
    return response


async def _form(request: web.Request) -> dict[str, str]:
    return {key: str(value) for key, value in (await request.post()).items()}


def _choice(parts: Parts, form: dict[str, str]) -> dict[str, str] | None:
    if "deny" in form:
        return {"error": "access_denied", "error_description": "The resource owner denied it"}
    person = form.get("person", "")
    if not person.isdigit() or int(person) not in parts.store.people:
        return None
    return {"code": parts.consents.code_for(int(person), form)}


async def avatar(request: web.Request) -> web.FileResponse:
    """Give somebody's picture, whatever ending and size are asked for."""
    parts = request.app[PARTS]
    person = parts.store.people.get(int(request.match_info["user"]))
    name = request.match_info["face"].partition(".")[0]
    path = parts.assets / "faces" / f"{name}.svg"
    if not person or person.avatar != name or not re.fullmatch(r"[\w-]+", name):
        raise web.HTTPNotFound
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Content-Type": "image/svg+xml"})


def add_to(app: web.Application, assets: Path) -> None:
    """Mount the pages."""
    app[NOTES], app[OPENED] = {}, {}
    for address, show in PAGES.items():
        app.router.add_get(address, show)
    plays.add_to(app)
    moves.add_to(app)
    app.router.add_get("/oauth2/authorize", ask)
    app.router.add_post("/oauth2/authorize", agree)
    app.router.add_get("/cdn" + AVATAR, avatar)
    app.router.add_get(AVATAR, avatar)
    app.router.add_static("/assets", assets)
    app.router.add_static("/assets-standin", OWN_ASSETS)
