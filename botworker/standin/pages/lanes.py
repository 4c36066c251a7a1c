"""Direct messages of several people, side by side; each answers for themselves."""

from __future__ import annotations

from botworker.standin.world import Person

from .faces import face
from .html import Markup, tag
from .icons import icon
from .posts import post
from .scene import Scene

LATEST = 8


def direct(scene: Scene) -> Markup:
    """Show everybody's lane and a way to open another."""
    people = scene.lanes()
    label = "Direct messages, side by side"
    lanes = tag(
        "div",
        *(_lane(scene, one) for one in people),
        class_="lanes scroll-x",
        id="lanes",
        tabindex=0,
        role="region",
        aria_label=label,
    )
    heading = tag("h2", "Direct messages", id="direct-title")
    hint = tag("p", "Buttons here are pressed by whoever the message is for.", class_="small soft")
    title = tag("div", heading, hint)
    return tag(
        "section",
        tag("div", title, _another(scene, people), class_="row between"),
        lanes,
        class_="stack direct",
        aria_labelledby="direct-title",
    )


def _another(scene: Scene, shown: list[Person]) -> Markup | None:
    rest = [one for one in scene.parts.store.people.values() if one not in shown]
    if not rest:
        return None
    return tag(
        "form",
        scene.back(),
        tag("label", "Whose direct messages", class_="quiet", for_="lane"),
        tag("select", *options(rest, None), id="lane", name="person"),
        tag("button", icon("plus"), "Open", class_="button"),
        class_="row stay pick-one",
        method="post",
        action="/play/lane",
    )


def options(people: list[Person], chosen: Person | None) -> list[Markup]:
    """Give the choices of a list of people."""
    return [
        tag(
            "option",
            f"{one.name} ({one.note})" if one.note else one.name,
            value=one.id,
            selected=one == chosen,
        )
        for one in people
    ]


def _lane(scene: Scene, person: Person) -> Markup:
    name = tag("h3", tag("bdi", person.name, title=person.name), class_="name")
    channel = scene.parts.store.dms.get(person.id, 0)
    posts = [post(scene, one, person, "small") for one in scene.posts(channel, person.id, LATEST)]
    return tag(
        "section",
        tag("header", face(person, "small"), name, class_="row stay"),
        tag("ol", *posts, class_="posts") if posts else None,
        _door(scene, person) or (None if posts else _nothing()),
        _close(scene, person) if posts and not person.dms_closed else None,
        class_="sheet lane",
        aria_label=f"Direct messages of {person.name}",
    )


def _door(scene: Scene, person: Person) -> Markup | None:
    if not person.in_guild:
        words = "Not on the server. The bot gets refusal 50278."
        return tag("div", icon("user"), tag("p", words), class_="empty")
    if person.dms_closed:
        words = "Direct messages are closed. The bot gets refusal 50007."
        button = _switch(scene, person, "open", "Open them", "button")
        return tag("div", icon("belloff"), tag("p", words), button, class_="empty")
    return None


def _nothing() -> Markup:
    return tag("div", icon("mail"), tag("p", "Nothing yet."), class_="empty")


def _close(scene: Scene, person: Person) -> Markup:
    return _switch(scene, person, "close", "Close direct messages", "button plain small")


def _switch(scene: Scene, person: Person, do: str, words: str, css: str) -> Markup:
    return tag(
        "form",
        scene.back(),
        scene.hidden("person", person.id),
        tag("button", words, class_=css, name="do", value=do, id=f"d{person.id}"),
        method="post",
        action="/play/dms",
    )
