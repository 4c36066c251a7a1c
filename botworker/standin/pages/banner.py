"""What is switched on that should hurt; on every page, so that nobody wonders."""

from __future__ import annotations

from botworker.standin.parts import Parts

from . import troubles
from .html import Markup, tag
from .icons import icon

SHOWN = 3


def banner(parts: Parts) -> Markup | None:
    """Name the faults that are on, with a way to end them."""
    active = parts.faults.active
    if not active:
        return None
    head = "A fault is switched on" if len(active) == 1 else f"{len(active)} faults are switched on"
    listed = [tag("li", troubles.words(parts, one)) for one in active[:SHOWN]]
    more = tag("li", f"and {len(active) - SHOWN} more") if len(active) > SHOWN else None
    off = tag("button", "Switch all off", class_="button", id="faults-off")
    end = tag("form", off, method="post", action="/play/mend", class_="row")
    told = tag("div", tag("p", tag("b", f"{head}.")), tag("ul", *listed, more, class_="small"))
    return tag("aside", icon("bolt"), told, end, class_="note bad faults-on", aria_label="Faults")
