"""The playground: Discord by hand, as everybody."""

from __future__ import annotations

from aiohttp import web

from .frame import drill, main, page
from .html import Markup, tag
from .icons import icon
from .lanes import beside, options
from .rooms import rooms
from .scene import Scene
from .talk import talk
from .voices import events, game, voice


def playground(scene: Scene) -> web.Response:
    """Show the whole playground."""
    places = tag("div", voice(scene), events(scene), game(scene), class_="stack rest")
    floor = tag("div", rooms(scene), talk(scene), places, beside(scene), class_="floor")
    response = page(scene.parts, "Playground", main(_band(scene), floor), tab="/")
    remember(response, scene)
    return response


def remember(response: web.Response, scene: Scene) -> None:
    """Let the next address without choices show the same people."""
    response.set_cookie("as", str(scene.viewer.id), samesite="Lax", httponly=True)
    seats = "-".join(str(one) for one in scene.beside)
    response.set_cookie("beside", seats, samesite="Lax", httponly=True)


def _band(scene: Scene) -> Markup:
    bot, guild = scene.parts.world.application.name, scene.parts.world.guild.name
    words = (
        f"A stand-in on your own machine, with the server {guild}. You can be everybody here: "
        f"press what {bot} shows, and watch the site follow. "
    )
    return drill(
        "Drill. This is not Discord.",
        tag("p", words, tag("a", "How an evening goes", href="/evening")),
        tag("p", _bot_state(scene)),
        tag("div", _who(scene), _open_site(scene), class_="row"),
    )


def _bot_state(scene: Scene) -> Markup:
    bot = scene.parts.world.application.name
    if scene.parts.hub.connected:
        return tag("span", icon("check"), f"{bot} is connected", class_="badge available")
    return tag("span", icon("x"), f"{bot} is not connected, so buttons stay unanswered",
               class_="badge bad")  # fmt: skip


def _who(scene: Scene) -> Markup:
    people = list(scene.parts.store.people.values())
    seats = "-".join(str(one) for one in scene.beside)
    return tag(
        "form",
        scene.hidden("at", str(scene.seat.place)),
        scene.hidden("beside", seats) if seats else None,
        tag("label", tag("b", "You are"), for_="as"),
        tag("select", *options(people, scene.viewer), id="as", name="as"),
        tag("button", "Be them", class_="button"),
        class_="row pick-one",
        id="who",
        method="get",
        action="/",
    )


def _open_site(scene: Scene) -> Markup:
    return tag("a", icon("tonight"), "Open the site", class_="button", href=scene.parts.site_url)
