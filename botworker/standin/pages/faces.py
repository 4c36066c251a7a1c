"""Somebody's picture: their Discord face, or a unit patch with initials."""

import re

from botworker.standin.world import Person

from .html import Markup, tag

CUTS = ("bend", "pale", "fess", "pile", "quarter")
LATIN = re.compile(r"[0-9A-Za-zÀ-ɏ]")
HUES = ("h2", "h3", "h4", "h5", "h6")


def face(person: Person, size: str = "") -> Markup:
    """Show somebody's face; the patch is chosen by their id."""
    if person.avatar:
        source = f"/cdn/avatars/{person.id}/{person.avatar}.png"
        css = f"face {size}".strip()
        return tag("img", class_=css, src=source, alt="", width=36, height=36)
    number = (person.id >> 22) + person.id
    patch = f"face {CUTS[number % 5]} {HUES[number // 5 % 5]} {size}".strip()
    return tag("span", initials(person.name), class_=patch, aria_hidden="true")


def bot_face(size: str = "") -> Markup:
    """Show the bot's face."""
    return tag("span", "S", class_=f"face bot {size}".strip(), aria_hidden="true")


def initials(name: str) -> str:
    """Give one or two letters of a name."""
    words: list[str] = re.findall(r"[^\W_]+", name) or ["?"]
    if not LATIN.match(words[0]):
        return words[0][0]
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).upper()
