"""The page on which things are made to go wrong."""

from __future__ import annotations

from aiohttp import web

from botworker.standin.faults import Fault
from botworker.standin.parts import Parts

from . import troubles
from .frame import main, page
from .html import Markup, tag
from .icons import icon

WHY = (
    "A message that fails is no accident here: switch a fault on, play on, and see what Slomix makes "
    "of it. Nothing is lost for good, and the journal keeps what truly happened."
)


def hurt(parts: Parts) -> web.Response:
    """Show what is on, and a form for one more."""
    head = tag("header", tag("h1", "Make it hurt", class_="title"), class_="page-head")
    intro = tag("p", WHY, class_="lead")
    return page(parts, "Faults", main(head, intro, _on(parts), _form(parts)), tab="/faults")


def _on(parts: Parts) -> Markup:
    active = parts.faults.active
    rows = [_row(parts, one, number) for number, one in enumerate(active)]
    quiet = tag("p", "Nothing is switched on. Everything works.", class_="soft")
    return tag(
        "section",
        tag("header", tag("h2", "Switched on", id="on-title")),
        tag("ul", *rows, class_="switches") if rows else quiet,
        class_="sheet",
        id="on",
        aria_labelledby="on-title",
    )


def _row(parts: Parts, fault: Fault, number: int) -> Markup:
    button = tag(
        "button", "Switch off", class_="button", name="number", value=number, id=f"off-{number}"
    )
    form = tag("form", button, method="post", action="/play/mend")
    told = tag("span", icon("bolt"), tag("span", troubles.words(parts, fault)), class_="row stay")
    return tag("li", told, form, class_="row between")


def _form(parts: Parts) -> Markup:
    people = {str(one.id): one.name for one in parts.store.people.values()}
    return tag(
        "form",
        tag("header", tag("h2", "Switch one on", id="new-title")),
        tag(
            "div",
            _choice("What", "route", troubles.WHERE),
            _choice("goes wrong how", "fault", troubles.WHAT),
            _choice("for whom", "person", {"": "everybody", **people}),
            _choice("how often", "times", troubles.TIMES),
            class_="fields",
        ),
        tag(
            "div",
            tag("button", icon("bolt"), "Switch it on", class_="button", id="hurt"),
            class_="row",
        ),
        class_="sheet",
        id="new",
        aria_labelledby="new-title",
        method="post",
        action="/play/hurt",
    )


def _choice(label: str, name: str, choices: dict[str, str]) -> Markup:
    options = [tag("option", words, value=value) for value, words in choices.items()]
    key = f"hurt-{name}"
    return tag(
        "div",
        tag("label", label, for_=key),
        tag("select", *options, id=key, name=name),
        class_="field",
    )
