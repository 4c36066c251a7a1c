"""The playground: Discord by hand, as everybody."""

from __future__ import annotations

from aiohttp import web

from .frame import drill, main, page
from .html import Markup, tag
from .icons import icon
from .lanes import direct, options
from .rooms import rooms, talk
from .scene import Scene


def playground(scene: Scene) -> web.Response:
    """Show the whole playground."""
    floor = tag("div", rooms(scene), talk(scene), direct(scene), _behind(scene), class_="floor")
    return page("Playground", main(_band(scene), floor, data_version=version(scene)), live=True)


def version(scene: Scene) -> str:
    """Name the state that is shown; the page asks whether it has changed."""
    parts = scene.parts
    return f"{parts.born}-{parts.store.version}-{len(parts.hub.connected)}"


def _band(scene: Scene) -> Markup:
    bot, guild = scene.parts.world.application.name, scene.parts.world.guild.name
    here = f"This page plays the part of Discord on your own machine, with the server {guild}. "
    steps = [
        "Choose who you are. You can be everybody here; nothing you do reaches anyone.",
        f"Press the buttons that {bot} shows below, and watch the site follow.",
        "Open the site and sign in. It sends you back here to ask who you want to be.",
    ]
    return drill(
        "Drill. This is not Discord.",
        tag("p", here, _bot_state(scene)),
        tag("ol", *(tag("li", tag("span", one)) for one in steps), class_="way"),
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
    return tag(
        "form",
        scene.back(),
        tag("label", tag("b", "You are"), for_="as"),
        tag("select", *options(people, scene.viewer), id="as", name="person"),
        tag("button", "Be them", class_="button"),
        class_="row pick-one",
        method="post",
        action="/play/as",
    )


def _open_site(scene: Scene) -> Markup:
    return tag("a", icon("tonight"), "Open the site", class_="button", href=scene.parts.site_url)


def _behind(scene: Scene) -> Markup:
    count = len(scene.parts.journal.records)
    words = (
        "Everything the site and the bot asked, and what they were told, in order. "
        "Tests read the same journal."
    )
    return tag(
        "section",
        tag(
            "header",
            tag("h2", "Behind the curtain", id="machine-title"),
            tag("a", f"Journal, {count} requests", href="/journal"),
        ),
        tag("p", words, class_="soft"),
        class_="sheet machine",
        aria_labelledby="machine-title",
    )
