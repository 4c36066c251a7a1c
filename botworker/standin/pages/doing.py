"""What every form of the playground has in common: read it, do it, say what came of it, go back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from botworker.standin.acts import CannotDo
from botworker.standin.parts import PARTS, Parts
from botworker.standin.refused import Impossible
from botworker.standin.world import Json

from .places import number
from .scene import NOTES, OPENED, Note

FAILED = "Discord would say: this interaction failed. Here it is because {reason}."
PAGES = ("/", "/people", "/evening", "/journal", "/faults")


class Form:
    """What was sent, and from where; empty fields count as left out."""

    def __init__(self, parts: Parts, fields: dict[str, list[str]]) -> None:
        self.parts = parts
        self.fields = {name: [one for one in values if one] for name, values in fields.items()}

    def text(self, name: str) -> str:
        """Give one field's text."""
        return next(iter(self.fields.get(name, [])), "")

    def number(self, name: str) -> int:
        """Give one field's id; 0 when it is none."""
        return number(self.text(name))

    def under(self, prefix: str) -> dict[str, list[str]]:
        """Give the fields whose names begin alike, without that beginning."""
        told = {name: one for name, one in self.fields.items() if name.startswith(prefix) and one}
        return {name.removeprefix(prefix): values for name, values in told.items()}

    @property
    def person(self) -> int:
        """Who does it."""
        return self.number("person")

    @property
    def message(self) -> int:
        """Below which of Discord's messages a refusal is told; 0 when there is none."""
        found = self.number("message")
        return found if found in self.parts.store.posts else 0


Deed = Callable[[Form], Awaitable[Json | None]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def read(request: web.Request) -> Form:
    """Read a form."""
    sent = await request.post()
    fields = {name: [str(one) for one in sent.getall(name)] for name in sent}
    return Form(request.app[PARTS], fields)


def handler(deed: Deed) -> Handler:
    """Serve a deed: its result may be an interaction's, or nothing."""

    async def handle(request: web.Request) -> web.StreamResponse:
        form = await read(request)
        try:
            result = await deed(form)
            note = _told(request, form, result) if result else None
        except (CannotDo, Impossible) as problem:
            note = Note(str(problem), form.message)
        notes = request.app[NOTES]
        notes.pop(form.person, None)
        if note:
            notes[form.person] = note
        return back(form.text("back") or _came_from(request))

    return handle


def _came_from(request: web.Request) -> str:
    """Give the page of ours whose form this is."""
    came = urlsplit(request.headers.get("Referer", ""))
    return came._replace(scheme="", netloc="").geturl() if came.netloc == request.host else ""


def _told(request: web.Request, form: Form, result: Json) -> Note | None:
    """Keep a form that was opened, and say what the messages themselves will not show."""
    if not result.get("answered", True):
        reason = result.get("reason", "the bot did not answer")
        return Note(FAILED.format(reason=reason), form.message)
    if result.get("modal"):
        opened = {"modal": result["modal"], "interaction": result["interaction"]}
        request.app[OPENED][form.person] = opened
    return Note(result["note"], good=True) if result.get("note") else None


def back(address: str) -> web.Response:
    """Go to one of our own pages."""
    split = urlsplit(address)
    ours = not split.scheme and not split.netloc and split.path in PAGES
    return web.Response(status=303, headers={"Location": address if ours else "/"})
