"""What is done in conversations: pressed, chosen, written, run, sent."""

from __future__ import annotations

from aiohttp import web

from botworker.standin import acts, acts_commands, acts_forms
from botworker.standin.components import SELECTS, walk
from botworker.standin.forms import CHECKBOX, CHECKBOX_GROUP
from botworker.standin.parts import PARTS
from botworker.standin.world import Json

from . import commands
from .doing import Deed, Form, handler, read
from .html import Markup, join, tag
from .places import DIRECT, Place, number
from .scene import NOTES, OPENED, Scene, Seat

MOST_OFFERED = 25
SEVERAL = {*SELECTS, CHECKBOX_GROUP}


async def press(form: Form) -> Json:
    """Press a button."""
    return await acts.press(form.parts, form.person, form.number("message"), form.text("custom_id"))


async def choose(form: Form) -> Json:
    """Choose in a select."""
    values, custom_id = form.fields.get("values", []), form.text("custom_id")
    return await acts_forms.choose(
        form.parts, form.person, form.number("message"), custom_id, values
    )


async def react(form: Form) -> None:
    """React to a message, or take it back."""
    message, emoji = form.number("message"), form.text("emoji")
    mine = form.person in form.parts.store.reactions.who(message, emoji)
    acts.react(form.parts, form.person, message, emoji, off=mine)


async def say(form: Form) -> Json | None:
    """Write in a channel or to the bot; a slash starts a command."""
    content, channel = form.text("content").strip(), _channel(form)
    if content.startswith("/"):
        name, options = commands.split(content)
        return await acts_commands.run_command(form.parts, form.person, channel, name, options)
    acts.say(form.parts, form.person, channel, content)
    return None


async def run(form: Form) -> Json:
    """Run a command from its form."""
    options = {name: values[0] for name, values in form.under("opt.").items()}
    name = form.text("command")
    return await acts_commands.run_command(form.parts, form.person, _channel(form), name, options)


def _channel(form: Form) -> int:
    """Give the channel that is meant; somebody's first word to the bot opens theirs."""
    if channel := form.number("channel"):
        return channel
    acts.person(form.parts, form.person)
    return form.parts.store.dm_of(form.person)


async def telegram(form: Form) -> None:
    """Write on Telegram."""
    if text := form.text("content").strip():
        form.parts.elsewhere.telegram.say(form.person, text)


async def telegram_press(form: Form) -> Json:
    """Press a button on Telegram; what the bot says to it pops up."""
    service = form.parts.elsewhere.telegram
    told = await service.press(form.person, form.number("message"), form.text("data"))
    if not told["answered"]:
        return {"answered": False, "reason": "nobody answered the press on Telegram"}
    return {"note": told.get("text") or ""}


async def signal(form: Form) -> None:
    """Write on Signal."""
    if text := form.text("content").strip():
        form.parts.elsewhere.signal.write(form.person, text)


# --- forms that the bot opened -----------------------------------------------------------------------


async def submit(request: web.Request) -> web.StreamResponse:
    """Send the form that is open for somebody, or put it away; a wrong one stays open."""
    form, opened = await read(request), request.app[OPENED]
    waiting = opened.pop(form.person, None)
    if form.text("do") == "cancel" or not waiting:
        return await handler(_nothing)(request)
    response = await handler(_sent(waiting))(request)
    if form.person in request.app[NOTES] and form.person not in opened:
        opened[form.person] = waiting
    return response


async def _nothing(form: Form) -> None:
    """Do nothing."""


def _sent(waiting: Json) -> Deed:
    async def deed(form: Form) -> Json:
        fields = _fields(form, waiting["modal"])
        return await acts_forms.submit_modal(
            form.parts, form.person, form.number("interaction"), fields
        )

    return deed


def _fields(form: Form, modal: Json) -> Json:
    told = form.under("field.")
    fields: Json = {}
    for _, one in walk(modal["components"]):
        name = str(one.get("custom_id"))
        if one["type"] == CHECKBOX:
            fields[name] = name in told
        elif name in told:
            fields[name] = told[name] if one["type"] in SEVERAL else told[name][0]
    return fields


# --- suggestions while typing -------------------------------------------------------------------------


async def suggest(request: web.Request) -> web.Response:
    """Offer how a line that begins with a slash could go on."""
    asked, parts = request.query, request.app[PARTS]
    person, channel = number(asked.get("person", "")), number(asked.get("channel", ""))
    if person not in parts.store.people:
        return _offer([])
    found = await commands.suggestions(parts, person, channel, asked.get("content", ""))
    return _offer(found)


async def complete(request: web.Request) -> web.Response:
    """Offer what could stand in one option of a command's form."""
    asked, parts = request.query, request.app[PARTS]
    person, channel = number(asked.get("person", "")), number(asked.get("channel", ""))
    typed = {key.removeprefix("opt."): one for key, one in asked.items() if key.startswith("opt.")}
    options = {key: one for key, one in typed.items() if one or key == asked.get("option")}
    name, option = asked.get("command", ""), asked.get("option", "")
    return _offer(await commands.completed(parts, person, channel, name, options, option))


def _offer(found: list[commands.Suggestion]) -> web.Response:
    options: list[Markup] = [
        tag("option", words, value=value) for value, words in found[:MOST_OFFERED]
    ]
    return web.Response(text=join(*options), content_type="text/html")


async def lane(request: web.Request) -> web.StreamResponse:
    """Let somebody sit beside you."""
    form = await read(request)
    who = form.parts.store.people.get(form.person)
    table = Scene.of(request, form.text("back"))
    address = table.with_lane(Seat(who, Place(DIRECT))) if who else table.link()
    return web.Response(status=303, headers={"Location": address})


DEEDS: dict[str, Deed] = {
    "press": press,
    "choose": choose,
    "react": react,
    "say": say,
    "run": run,
    "telegram": telegram,
    "telegram-press": telegram_press,
    "signal": signal,
}


def add_to(app: web.Application) -> None:
    """Mount the forms."""
    for name, deed in DEEDS.items():
        app.router.add_post(f"/play/{name}", handler(deed))
    app.router.add_post("/play/lane", lane)
    app.router.add_post("/play/submit", submit)
    app.router.add_get("/play/suggest", suggest)
    app.router.add_get("/play/complete", complete)
