"""What every part of a message needs to know: the table, whose eyes, and where on the page."""

from __future__ import annotations

from dataclasses import dataclass

from botworker.standin.world import Json, Person

from .html import Markup, tag
from .naming import names_of
from .rich import Names, rich
from .scene import Scene


@dataclass(frozen=True, slots=True)
class Eyes:
    """Somebody who looks at messages in one spot of the page; they press what they see."""

    scene: Scene
    person: Person
    spot: str
    size: str = ""

    @property
    def names(self) -> Names:
        return names_of(self.scene.parts)

    def rich(self, text: str) -> Markup:
        """Show somebody's words."""
        return rich(text, self.names)

    def form(self, action: str, message: Json, *children: Markup | None, css: str = "") -> Markup:
        """Build a form that does something with a message and comes back here."""
        return tag(
            "form",
            self.scene.back(),
            self.scene.hidden("person", self.person.id),
            self.scene.hidden("message", message["id"]),
            *children,
            class_=css or None,
            method="post",
            action=f"/play/{action}",
        )
