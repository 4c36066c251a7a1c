"""/standin/telegram, /standin/signal and /standin/game: what tests and the demo ask and do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from .parts import PARTS, Parts
from .rest.answers import answer
from .world import Json

Act = Callable[[Parts, web.Request, Json], Any]


async def handles(parts: Parts, request: web.Request, body: Json) -> Json:
    """Say how each person is reached, and the bot."""
    made, application = parts.elsewhere.handles, parts.world.application
    people = {
        str(person): {"telegram": made.chats[person], "signal": made.numbers[person]}
        for person in made.chats
    }
    return {"people": people, "signal": application.signal_number}


async def telegram_inbox(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Give somebody's Telegram chat with the bot, oldest first."""
    return parts.elsewhere.telegram.inbox(int(request.match_info["person"]))


async def telegram_say(parts: Parts, request: web.Request, body: Json) -> Json:
    """Write to the bot on Telegram."""
    return parts.elsewhere.telegram.say(int(body["person"]), str(body["text"]))


async def telegram_press(parts: Parts, request: web.Request, body: Json) -> Json:
    """Press a button of the bot's on Telegram."""
    who, message = int(body["person"]), int(body["message"])
    return await parts.elsewhere.telegram.press(who, message, str(body["data"]))


async def telegram_person(parts: Parts, request: web.Request, body: Json) -> Json:
    """Block the bot, or delete an account; false undoes it."""
    who, telegram = int(request.match_info["person"]), parts.elsewhere.telegram
    verbs = {"blocked": telegram.block, "deactivated": telegram.deactivate}
    return _switch(verbs, who, body)


async def signal_inbox(parts: Parts, request: web.Request, body: Json) -> list[Json]:
    """Give somebody's Signal conversation with the bot, oldest first."""
    return parts.elsewhere.signal.inbox(int(request.match_info["person"]))


async def signal_write(parts: Parts, request: web.Request, body: Json) -> Json:
    """Write to the bot on Signal."""
    return parts.elsewhere.signal.write(int(body["person"]), str(body["text"]))


async def signal_person(parts: Parts, request: web.Request, body: Json) -> Json:
    """Delete an account, or switch a phone off; false undoes it."""
    who, signal = int(request.match_info["person"]), parts.elsewhere.signal
    return _switch({"unregistered": signal.unregister, "offline": signal.go_offline}, who, body)


async def game(parts: Parts, request: web.Request, body: Json) -> Json:
    """Say where the game server is and who is on it."""
    server = parts.elsewhere.game
    players = [asdict(one) | {"person": str(one.person)} for one in server.players.values()]
    told = {"address": server.address, "up": server.up}
    return told | {"map": server.map, "players": players}


async def game_join(parts: Parts, request: web.Request, body: Json) -> Json:
    """Come onto the game server."""
    parts.elsewhere.game.join(int(body["person"]), str(body.get("name", "")))
    return await game(parts, request, body)


async def game_leave(parts: Parts, request: web.Request, body: Json) -> Json:
    """Leave the game server."""
    parts.elsewhere.game.leave(int(body["person"]))
    return await game(parts, request, body)


async def game_switch(parts: Parts, request: web.Request, body: Json) -> Json:
    """Switch the game server off or on."""
    parts.elsewhere.game.switch(up=bool(body["up"]))
    return await game(parts, request, body)


def _switch(verbs: dict[str, Callable[..., None]], person: int, body: Json) -> Json:
    if strange := sorted(set(body) - set(verbs)):
        raise ValueError(f"A person has no switch {', '.join(strange)}.")
    for name, on in body.items():
        verbs[name](person, off=not on)
    return body


ROUTES: list[tuple[str, str, Act]] = [
    ("GET", "/standin/handles", handles),
    ("GET", r"/standin/telegram/inbox/{person:\d+}", telegram_inbox),
    ("POST", "/standin/telegram/say", telegram_say),
    ("POST", "/standin/telegram/press", telegram_press),
    ("POST", r"/standin/telegram/people/{person:\d+}", telegram_person),
    ("GET", r"/standin/signal/inbox/{person:\d+}", signal_inbox),
    ("POST", "/standin/signal/write", signal_write),
    ("POST", r"/standin/signal/people/{person:\d+}", signal_person),
    ("GET", "/standin/game", game),
    ("POST", "/standin/game/join", game_join),
    ("POST", "/standin/game/leave", game_leave),
    ("POST", "/standin/game/switch", game_switch),
]


def add_to(app: web.Application) -> None:
    """Mount the control routes of the other services."""
    for method, path, act in ROUTES:
        app.router.add_route(method, path, _handler(act))


def _handler(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = await request.json() if request.can_read_body else {}
            return answer(await act(request.app[PARTS], request, body))
        except KeyError as missing:
            return answer({"error": f"{missing.args[0]} is missing."}, 400)
        except (ValueError, TypeError) as problem:
            return answer({"error": str(problem)}, 400)

    return handle
