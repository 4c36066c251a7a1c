"""HTML from Python: every piece of text is escaped unless it is already Markup."""

from __future__ import annotations

from html import escape
from typing import Any


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | int | Markup | None
VOID = {"input", "meta", "link", "img", "hr", "br", "use"}


def esc(value: object) -> Markup:
    """Escape text; leave Markup as it is and nothing for None."""
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else escape(str(value)))


def join(*children: Child) -> Markup:
    """Put pieces one after the other."""
    return Markup("".join(esc(one) for one in children))


def tag(name: str, /, *children: Child, **attributes: Any) -> Markup:
    """Build an element: `class_` is class, `aria_label` is aria-label, None leaves one out."""
    opening = f"<{name}{''.join(_attribute(key, one) for key, one in attributes.items())}>"
    return Markup(opening if name in VOID else f"{opening}{join(*children)}</{name}>")


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
