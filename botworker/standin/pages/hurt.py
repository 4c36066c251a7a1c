"""The page on which things are made to go wrong."""

from __future__ import annotations

from aiohttp import web

from botworker.standin.faults import PRESETS, Fault
from botworker.standin.parts import Parts

from . import troubles
from .frame import main, page
from .html import Markup, tag
from .icons import icon

WHY = (
    "A message that fails is no accident here: switch a fault on, play on, and see what Slomix makes "
    "of it. The journal keeps what truly happened."
)


def hurt(parts: Parts) -> web.Response:
    """Show what is on, and a form for one more."""
    head = tag("header", tag("h1", "Make it hurt", class_="title"), class_="page-head")
    intro = tag("p", WHY, class_="lead")
    return page(parts, "Faults", main(head, intro, _on(parts), _form(parts)), tab="/faults")


def _on(parts: Parts) -> Markup:
    rows = [_row(parts, one) for one in parts.faults.active]
    quiet = tag("p", "Nothing is switched on. Everything works.", class_="soft")
    return tag(
        "section",
        tag("header", tag("h2", "Switched on", id="on-title")),
        tag("ul", *rows, class_="switches") if rows else quiet,
        class_="sheet",
        id="on",
        aria_labelledby="on-title",
    )


def _row(parts: Parts, fault: Fault) -> Markup:
    words = troubles.words(parts, fault)
    button = tag("button", "Switch off", class_="button", name="number", value=fault.id,
                 id=f"off-{fault.id}", aria_label=f"Switch off: {words}")  # fmt: skip
    form = tag("form", button, method="post", action="/play/mend")
    told = tag("span", icon("bolt"), tag("span", words), class_="row stay")
    return tag("li", told, form, class_="row between", id=f"fault-{fault.id}")


def _form(parts: Parts) -> Markup:
    people = {str(one.id): one.name for one in parts.store.people.values()}
    keys = [
        tag("button", one.words, class_="button", name="preset", value=name, id=f"hurt-{name}")
        for name, one in PRESETS.items()
    ]
    return tag(
        "form",
        tag("header", tag("h2", "Switch one on", id="new-title")),
        tag(
            "div",
            _choice("For whom", "person", {"": "everybody", **people}),
            _choice("How often", "times", troubles.TIMES),
            class_="fields",
        ),
        tag("div", *keys, class_="presets"),
        _exactly(),
        class_="sheet",
        id="new",
        aria_labelledby="new-title",
        method="post",
        action="/play/hurt",
    )


def _exactly() -> Markup:
    """Offer every place and every way, for whoever wants one in particular."""
    head = tag("summary", tag("span", "Or say exactly what, and how"), icon("down"))
    fields = tag(
        "div",
        _choice("What", "route", troubles.WHERE),
        _choice("goes wrong how", "fault", troubles.WHAT),
        class_="fields",
    )
    button = tag("button", icon("bolt"), "Switch it on", class_="button", id="hurt")
    body = tag("div", fields, tag("div", button, class_="row"), class_="stack")
    return tag("details", head, body, class_="fold", id="exactly")


def _choice(label: str, name: str, choices: dict[str, str]) -> Markup:
    options = [tag("option", words, value=value) for value, words in choices.items()]
    key = f"hurt-{name}"
    field = tag("select", *options, id=key, name=name)
    return tag("div", tag("label", label, for_=key), field, class_="field")
