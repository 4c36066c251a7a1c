"""People beside you, each with a conversation of their own; each answers for themselves."""

from __future__ import annotations

from botworker.standin.world import Person

from .faces import face
from .html import Markup, tag
from .icons import icon
from .places import CHANNEL, PRIVATE, Place
from .scene import Scene, Seat
from .shown import Eyes
from .talk import LATEST_BESIDE, channel_name, conversation


def beside(scene: Scene) -> Markup:
    """Show everybody's lane, a way to jump to one, and a way to open another."""
    seats = scene.lanes()
    lanes = tag(
        "div",
        *(_lane(scene, one) for one in seats),
        class_="lanes scroll-x",
        id="lanes",
        tabindex=0,
        role="region",
        aria_label="People side by side",
    )
    hint = "Each person with their own messages. Whoever a message is for presses its buttons."
    title = tag(
        "div", tag("h2", "Side by side", id="direct-title"), tag("p", hint, class_="small soft")
    )
    return tag(
        "section",
        tag("div", title, _another(scene, seats), class_="row between"),
        _switcher(seats),
        lanes,
        class_="stack direct",
        id="direct",
        aria_labelledby="direct-title",
    )


def _switcher(seats: list[Seat]) -> Markup:
    """Give a face for each lane; on a phone one lane is in view."""
    jumps = [
        tag(
            "li",
            tag(
                "a",
                face(one.person, "small"),
                tag("span", one.person.name, class_="quiet"),
                href=f"#lane-{one.person.id}",
                title=one.person.name,
            ),
        )
        for one in seats
    ]
    return tag("nav", tag("ul", *jumps, class_="faces"), class_="switcher", aria_label="People")


def _another(scene: Scene, shown: list[Seat]) -> Markup | None:
    there = [one.person for one in shown]
    rest = [one for one in scene.parts.store.people.values() if one not in there]
    if not rest:
        return None
    return tag(
        "form",
        scene.back(),
        tag("label", "Who else", class_="quiet", for_="lane"),
        tag("select", *options(rest, None), id="lane", name="person"),
        tag("button", icon("plus"), "Open", class_="button", id="lane-open"),
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


def _lane(scene: Scene, seat: Seat) -> Markup:
    person, spot = seat.person, f"lane-{seat.person.id}"
    name = tag("h3", tag("bdi", person.name, title=person.name), class_="name")
    return tag(
        "section",
        tag("header", face(person, "small"), name, _be(scene, person), class_="row stay"),
        _doors(scene, seat),
        *conversation(Eyes(scene, person, spot, "small"), seat, LATEST_BESIDE),
        _dms(scene, person),
        class_="sheet lane",
        id=spot,
        aria_label=f"Beside you: {person.name}",
    )


def _be(scene: Scene, person: Person) -> Markup | None:
    if person == scene.viewer:
        return tag("span", "you", class_="badge")
    words = tag("span", f"Be {person.name}", class_="quiet")
    address = scene.link(Seat(person, scene.seat.place))
    return tag("a", icon("swap"), words, href=address, class_="button plain square be",
               title=f"Be {person.name}")  # fmt: skip


def _doors(scene: Scene, seat: Seat) -> Markup:
    """Let somebody look elsewhere: their messages, or the channel you are in."""
    places = [Place(kind) for kind in PRIVATE]
    if scene.seat.place.kind == CHANNEL:
        places.append(scene.seat.place)
    doors = [_to(scene, seat, one) for one in places]
    return tag("nav", tag("ul", *doors), class_="places", aria_label=f"Where {seat.person.name} is")


def _to(scene: Scene, seat: Seat, place: Place) -> Markup:
    words = f"#{channel_name(scene, place)}" if place.kind == CHANNEL else PRIVATE[place.kind]
    here = "page" if place == seat.place else None
    address = scene.with_lane(Seat(seat.person, place))
    return tag("li", tag("a", words, href=address, aria_current=here))


def _dms(scene: Scene, person: Person) -> Markup | None:
    if not person.in_guild:
        return None
    if person.dms_closed:
        return _switch(scene, person, "open", "Open them", "button")
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
