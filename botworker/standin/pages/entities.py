"""Telegram's text with its entities as HTML; addresses stay text.

Offsets count UTF-16 units: https://core.telegram.org/bots/api#messageentity
"""

from __future__ import annotations

from itertools import pairwise

from botworker.standin.world import Json

from .html import Markup, join, tag

ELEMENTS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "code",
    "blockquote": "q",
    "spoiler": "span",
}


def marked(text: str, entities: list[Json]) -> Markup:
    """Show a text with what is bold, slanted and so on in it."""
    units = text.encode("utf-16-le")
    ends = {0, len(units) // 2}
    for one in entities:
        ends |= {one["offset"], one["offset"] + one["length"]}
    cuts = sorted(end for end in ends if 0 <= end <= len(units) // 2)
    pieces = list[Markup]()
    for start, end in pairwise(cuts):
        piece = units[start * 2 : end * 2].decode("utf-16-le", "replace")
        kinds = [one["type"] for one in entities
                 if one["offset"] <= start and end <= one["offset"] + one["length"]]  # fmt: skip
        pieces.append(_wrapped(_lines(piece), kinds))
    return join(*pieces)


def _wrapped(words: Markup, kinds: list[str]) -> Markup:
    for kind in kinds:
        if kind in ELEMENTS:
            css = "spoiler" if kind == "spoiler" else None
            words = tag(ELEMENTS[kind], words, class_=css, tabindex=0 if css else None)
    return words


def _lines(text: str) -> Markup:
    first, *rest = text.split("\n")
    return join(first, *(join(tag("br"), line) for line in rest))
