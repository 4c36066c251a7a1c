"""Where one can go: channels with their threads, and one's own messages."""

from __future__ import annotations

from botworker.standin.world import Json

from .html import Markup, join, tag
from .icons import icon
from .places import CHANNEL, PRIVATE, SIGNS, Place
from .scene import Scene, channels, threads


def rooms(scene: Scene) -> Markup:
    """List the channels and the private conversations of whoever you are."""
    texts = [_with_threads(scene, one) for one in channels(scene.parts, scene.viewer)]
    mine = [tag("li", _door(scene, Place(kind), PRIVATE[kind])) for kind in PRIVATE]
    nothing = tag("p", "None that they see.", class_="soft")
    return tag(
        "nav",
        _group("Channels", "text", tag("ul", *texts, class_="ways") if texts else nothing),
        _group("Private messages", "mine", tag("ul", *mine, class_="ways")),
        class_="sheet rooms",
        id="rooms",
        aria_label="Channels",
    )


def _group(title: str, key: str, content: Markup) -> Markup:
    heading = tag("h2", title, id=f"{key}-title")
    return tag("section", heading, content, class_="stack tight", aria_labelledby=f"{key}-title")


def _with_threads(scene: Scene, channel: Json) -> Markup:
    inner = [
        tag("li", _door(scene, Place(CHANNEL, int(one["id"])), one["name"], "thread"))
        for one in threads(scene.parts, scene.viewer, channel["id"])
    ]
    door = _door(scene, Place(CHANNEL, int(channel["id"])), channel["name"])
    return tag("li", join(door, tag("ul", *inner, class_="threads") if inner else None))


def _door(scene: Scene, place: Place, name: str, sign: str = "hash") -> Markup:
    return tag(
        "a",
        icon(SIGNS.get(place.kind, sign)),
        tag("span", name, class_="name"),
        href=scene.going(place),
        id=f"to-{place}",
        aria_current="page" if place == scene.seat.place else None,
    )
