"""Which verb answers which route of the API."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from botworker.standin.parts import PARTS

from . import commands, guild_routes, interactions, messages, pins, reactions, users
from .answers import BODY, FILES, answer, as_object
from .call import Answered, Call, Verb
from .door import PERSON, unknown

GUILD = r"/guilds/{guild:\d+}"
CHANNEL = r"/channels/{channel:\d+}"
MESSAGE = CHANNEL + r"/messages/{message:\d+}"
PIN = r"/pins/{message:\d+}"
REACTION = MESSAGE + "/reactions/{emoji}"
APPLICATION = r"/applications/{application:\d+}"
COMMAND = r"/commands/{command:\d+}"
WEBHOOK = r"/webhooks/{application:\d+}/{token}"

ROUTES: list[tuple[str, str, Verb]] = [
    ("GET", "/users/@me", users.me),
    ("GET", r"/users/{user:\d+}", users.user),
    ("POST", "/users/@me/channels", users.open_dm),
    ("GET", "/oauth2/applications/@me", users.application),
    ("GET", "/applications/@me", users.application),
    ("POST", "/oauth2/token", users.token),
    ("GET", "/gateway", users.gateway),
    ("GET", "/gateway/bot", users.gateway_bot),
    *guild_routes.ROUTES,
    ("GET", CHANNEL, messages.channel),
    ("POST", CHANNEL + "/typing", messages.typing),
    ("GET", CHANNEL + "/messages", messages.history),
    ("POST", CHANNEL + "/messages", messages.create),
    ("GET", MESSAGE, messages.one),
    ("PATCH", MESSAGE, messages.edit),
    ("DELETE", MESSAGE, messages.delete),
    ("POST", CHANNEL + "/messages/bulk-delete", messages.bulk_delete),
    ("GET", CHANNEL + "/pins", pins.old_list),
    ("PUT", CHANNEL + PIN, pins.pin),
    ("DELETE", CHANNEL + PIN, pins.unpin),
    ("GET", CHANNEL + "/messages/pins", pins.listed),
    ("PUT", CHANNEL + "/messages" + PIN, pins.pin),
    ("DELETE", CHANNEL + "/messages" + PIN, pins.unpin),
    ("DELETE", MESSAGE + "/reactions", reactions.clear),
    ("GET", REACTION, reactions.who),
    ("DELETE", REACTION, reactions.clear_one),
    ("PUT", REACTION + "/@me", reactions.add),
    ("DELETE", REACTION + "/@me", reactions.remove_mine),
    ("DELETE", REACTION + r"/{user:\d+}", reactions.remove),
    ("POST", r"/interactions/{interaction:\d+}/{token}/callback", interactions.callback),
    ("POST", WEBHOOK, interactions.follow_up),
    ("GET", WEBHOOK + "/messages/{message}", interactions.answer),
    ("PATCH", WEBHOOK + "/messages/{message}", interactions.change),
    ("DELETE", WEBHOOK + "/messages/{message}", interactions.delete),
]
COMMANDS: list[tuple[str, str, Verb]] = [
    ("GET", "/commands", commands.registered),
    ("POST", "/commands", commands.create),
    ("PUT", "/commands", commands.replace_all),
    ("GET", COMMAND, commands.one),
    ("PATCH", COMMAND, commands.change),
    ("DELETE", COMMAND, commands.delete),
]
ROUTES += [
    (method, scope + path, verb)
    for scope in (APPLICATION, APPLICATION + GUILD)
    for method, path, verb in COMMANDS
]
ROUTES += [
    ("GET", APPLICATION + GUILD + "/commands/permissions", commands.permissions),
    ("GET", APPLICATION + GUILD + COMMAND + "/permissions", commands.permissions_of),
]


def add_to(app: web.Application) -> None:
    """Mount the API under /api/v10 and /api, everything else under /api being unknown."""
    for prefix in ("/api/v10", "/api"):
        for method, path, verb in ROUTES:
            app.router.add_route(method, prefix + path, _handler(verb))
    app.router.add_route("*", "/api/{tail:.*}", unknown)


def _handler(verb: Verb) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        told = verb(_call(request))
        if isinstance(told, Answered):
            return answer(told.payload, told.status)
        return answer(told)

    return handle


def _call(request: web.Request) -> Call:
    return Call(
        parts=request.app[PARTS],
        method=request.method,
        where=request.path,
        path=request.match_info,
        query=request.query,
        body=as_object(request[BODY]),
        host=request.host,
        authorization=request.headers.get("Authorization", ""),
        person=request.get(PERSON),
        files=request.get(FILES, ()),
    )
