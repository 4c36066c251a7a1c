"""The playground's forms. They work without a script: do it, then show the page again."""

from __future__ import annotations

import re
from collections.abc import Awaitable

from aiohttp import web

from botworker.standin import acts, acts_commands
from botworker.standin.parts import PARTS
from botworker.standin.world import Json

from .scene import NOTES, Note, number

OPTION = re.compile(r"(\w+):(\"[^\"]*\"|\S+)")
FAILED = "Discord would say: this interaction failed. Here it is because {reason}."
NO_FORMS = "The bot opened a form. The playground has no forms yet."
Form = dict[str, str]


async def be(request: web.Request) -> web.Response:
    """Become somebody else."""
    form = await _form(request)
    response = _back(form)
    response.set_cookie("as", str(number(form.get("person", ""))), samesite="Lax", httponly=True)
    return response


async def lane(request: web.Request) -> web.Response:
    """Show somebody's direct messages first."""
    return _with_lane(request, await _form(request))


def _with_lane(request: web.Request, form: Form) -> web.Response:
    shown = request.cookies.get("lanes", "").split("-")
    chosen = dict.fromkeys([form.get("person", ""), *shown])
    response = _back(form)
    kept = "-".join(str(number(one)) for one in list(chosen)[:6] if number(one))
    response.set_cookie("lanes", kept, samesite="Lax", httponly=True)
    return response


async def press(request: web.Request) -> web.Response:
    """Press a button."""
    form = await _form(request)
    who, message = number(form.get("person", "")), number(form.get("message", ""))
    custom_id = form.get("custom_id", "")
    note = await _noted(acts.press(request.app[PARTS], who, message, custom_id), message)
    _keep(request, who, note)
    return _back(form)


async def say(request: web.Request) -> web.Response:
    """Write in a channel; a slash starts a command."""
    form = await _form(request)
    who, channel = number(form.get("person", "")), number(form.get("channel", ""))
    content = form.get("content", "").strip()
    _keep(request, who, await _noted(_said(request, who, channel, content)))
    return _back(form)


async def dms(request: web.Request) -> web.Response:
    """Open or close somebody's direct messages."""
    form = await _form(request)
    who = number(form.get("person", ""))
    if who in request.app[PARTS].store.people:
        acts.set_person(request.app[PARTS], who, dms_closed=form.get("do") == "close")
    return _with_lane(request, form)


async def _said(request: web.Request, who: int, channel: int, content: str) -> Json:
    parts = request.app[PARTS]
    if not content.startswith("/"):
        acts.say(parts, who, channel, content)
        return {"answered": True}
    name = OPTION.sub("", content[1:]).strip()
    options: Json = {key: value.strip('"') for key, value in OPTION.findall(content)}
    return await acts_commands.run_command(parts, who, channel, name, options)


async def _noted(act: Awaitable[Json], message: int = 0) -> Note | None:
    """Do it, and say what the messages themselves will not show."""
    try:
        result = await act
    except acts.CannotDo as problem:
        return Note(str(problem), message)
    if not result["answered"]:
        return Note(FAILED.format(reason=result["reason"]), message)
    return Note(NO_FORMS, message) if result.get("modal") else None


def _keep(request: web.Request, person: int, note: Note | None) -> None:
    notes = request.app[NOTES]
    notes.pop(person, None)
    if note:
        notes[person] = note


async def _form(request: web.Request) -> Form:
    return {key: str(value) for key, value in (await request.post()).items()}


def _back(form: Form) -> web.Response:
    place = number(form.get("back", ""))
    return web.Response(status=303, headers={"Location": f"/?channel={place}" if place else "/"})


def add_to(app: web.Application) -> None:
    """Mount the forms."""
    app[NOTES] = {}
    for name, act in {"as": be, "lane": lane, "press": press, "say": say, "dms": dms}.items():
        app.router.add_post(f"/play/{name}", act)
