"""/standin: what tests and the demo ask and do, as JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from . import acts, acts_commands, acts_forms, guild_acts
from .faults import KINDS, PRESETS, Fault
from .gateway import orders
from .limits import Limits
from .parts import PARTS, Parts
from .rest.answers import answer
from .world import Json, ids_as_text

Answer = Callable[[Parts, web.Request, Json], Awaitable[Any]]


async def health(parts: Parts, request: web.Request, body: Json) -> Json:
    """Say whether the stand-in and the bot are there."""
    connected = bool(parts.hub.connected)
    unknown = len(parts.unknown)
    told = {"status": "ok", "bot_connected": connected, "identifies": parts.hub.identifies}
    return told | {"unknown": unknown}


async def world(parts: Parts, request: web.Request, body: Json) -> Json:
    """Give the people, the guild with its channels, and who has which DM channel."""
    people = [
        ids_as_text(acts.as_json(one)) | {"dm": _text(parts.store.dms.get(one.id))}
        for one in parts.store.people.values()
    ]
    guild = parts.world.to_json()["guild"]
    return {"people": people, "guild": guild, "channels": guild["channels"]}


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


async def inbox(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Give the messages of somebody's DM with the bot, oldest first."""
    return acts.inbox(parts, int(request.match_info["person"]))


async def messages(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Give a channel's messages, oldest first; private answers have `only_for`."""
    return acts.messages(parts, int(request.match_info["channel"]))


async def press(parts: Parts, request: web.Request, body: Json) -> Json:
    """Press a button as somebody."""
    who, message = int(body["person"]), int(body["message"])
    forge = bool(body.get("forge"))
    return await acts.press(parts, who, message, str(body["custom_id"]), forge=forge)


async def command(parts: Parts, request: web.Request, body: Json) -> Json:
    """Run a slash command as somebody, or one from the menu of a `target`."""
    who, channel, options = int(body["person"]), int(body["channel"]), body.get("options") or {}
    name = str(body["name"])
    if "target" in body:
        return await acts_commands.run_menu(parts, who, channel, name, int(body["target"]))
    return await acts_commands.run_command(parts, who, channel, name, options)


async def autocomplete(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Ask what could complete the option `focused` of a slash command."""
    who, channel, options = int(body["person"]), int(body["channel"]), body.get("options") or {}
    name, focused = str(body["name"]), str(body["focused"])
    return await acts_commands.autocomplete(parts, who, channel, name, options, focused)


async def choose(parts: Parts, request: web.Request, body: Json) -> Json:
    """Choose in a select as somebody."""
    who, message, custom_id = int(body["person"]), int(body["message"]), str(body["custom_id"])
    return await acts_forms.choose(parts, who, message, custom_id, list(body["values"]))


async def submit(parts: Parts, request: web.Request, body: Json) -> Json:
    """Send the form that a press or a command has opened."""
    who, interaction = int(body["person"]), int(body["interaction"])
    return await acts_forms.submit_modal(parts, who, interaction, body.get("fields") or {})


async def react(parts: Parts, request: web.Request, body: Json) -> None:
    """React to a message as somebody, or take it back with `off`."""
    who, message, emoji = int(body["person"]), int(body["message"]), str(body["emoji"])
    acts.react(parts, who, message, emoji, off=bool(body.get("off")))


async def say(parts: Parts, request: web.Request, body: Json) -> Json:
    """Write something as somebody."""
    return acts.say(parts, int(body["person"]), int(body["channel"]), str(body["content"]))


async def set_person(parts: Parts, request: web.Request, body: Json) -> Json:
    """Open or close DMs, leave or join the server."""
    flags = {name: body[name] for name in ("dms_closed", "in_guild") if name in body}
    if strange := sorted(set(body) - set(flags)):
        raise acts.CannotDo(f"A person has no switch {', '.join(strange)}.")
    person = acts.set_person(parts, int(request.match_info["person"]), **flags)
    return dict(ids_as_text(acts.as_json(person)))


async def add_fault(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Switch a fault on: `{"preset": "slow"}`, or one with its route and kind."""
    preset = body.get("preset")
    if preset is not None and preset not in PRESETS:
        raise ValueError(f"There is no fault {preset}; there are {', '.join(PRESETS)}.")
    parts.faults.add(PRESETS[preset].fault() if preset else Fault.from_json(body))
    return await list_faults(parts, request, body)


async def end_fault(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Switch one fault off by its id."""
    number = int(request.match_info["fault"])
    if all(one.id != number for one in parts.faults.active):
        raise ValueError(f"No fault {number} is on.")
    parts.faults.off(number)
    return await list_faults(parts, request, body)


async def list_faults(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """List the faults that are on."""
    return [one.to_json() for one in parts.faults.active]


async def clear_faults(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Switch all faults off."""
    parts.faults.clear()
    return []


async def known_faults(parts: Parts, request: web.Request, body: Json) -> Json:
    """Say what kinds of faults there are, and which have a name, in words."""
    presets = {name: {"words": one.words, **one.about} for name, one in PRESETS.items()}
    return {"kinds": KINDS, "presets": presets}


async def limits(parts: Parts, request: web.Request, body: Json) -> Json:
    """Say how near the bot is to a ban for asking wrong things; a POST forgives it all."""
    if request.method == "POST":
        parts.windows.invalid.forgive()
    now, known = parts.windows.now(), parts.limits or Limits()
    return {
        "on": parts.limits is not None,
        "limits": asdict(known),
        "invalid_requests": parts.windows.invalid.lately(now, known.invalid_window),
        "banned_for": max(0.0, parts.windows.invalid.banned_until - now),
    }


async def unknown(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """List the routes and fields that were asked for and that the stand-in does not have."""
    return parts.unknown


async def journal(request: web.Request) -> web.Response:
    """Give the journal as JSON lines, from line `after` on."""
    records = request.app[PARTS].journal.records[int(request.query.get("after", 0)) :]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    return web.Response(body=lines.encode(), content_type="application/x-ndjson")


ROUTES: list[tuple[str, str, Answer]] = [
    ("GET", "/standin/health", health),
    ("GET", "/standin/world", world),
    ("GET", r"/standin/inbox/{person:\d+}", inbox),
    ("GET", r"/standin/channels/{channel:\d+}/messages", messages),
    ("GET", "/standin/unknown", unknown),
    ("POST", "/standin/press", press),
    ("POST", "/standin/command", command),
    ("POST", "/standin/autocomplete", autocomplete),
    ("POST", "/standin/choose", choose),
    ("POST", "/standin/submit", submit),
    ("POST", "/standin/react", react),
    ("POST", "/standin/say", say),
    ("POST", r"/standin/people/{person:\d+}", set_person),
    ("GET", "/standin/faults", list_faults),
    ("POST", "/standin/faults", add_fault),
    ("DELETE", "/standin/faults", clear_faults),
    ("DELETE", r"/standin/faults/{fault:\d+}", end_fault),
    ("GET", "/standin/faults/known", known_faults),
    ("GET", "/standin/limits", limits),
    ("POST", "/standin/limits", limits),
    ("GET", "/standin/gateway", orders.state),
    ("POST", "/standin/gateway", orders.give),
    ("GET", "/standin/servers", guild_acts.servers),
    ("POST", "/standin/act", guild_acts.act),
]


def add_to(app: web.Application) -> None:
    """Mount the control routes."""
    app.router.add_get("/standin/journal", journal)
    for method, path, act in ROUTES:
        app.router.add_route(method, path, _handler(act))


def _handler(act: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = await request.json() if request.can_read_body else {}
            return answer(await act(request.app[PARTS], request, body))
        except KeyError as missing:
            return answer({"error": f"{missing.args[0]} is missing."}, 400)
        except (acts.CannotDo, ValueError, TypeError) as problem:
            return answer({"error": str(problem)}, 400)

    return handle
