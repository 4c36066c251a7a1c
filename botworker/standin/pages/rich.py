"""Discord's text as HTML: bold, code, line breaks, and backslashes taken away."""

import re

from .html import Markup, esc, join, tag

PIECE = re.compile(
    r"\\([^\w\s]|_)|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*|`(?P<code>[^`]+)`|(?P<line>\n)"
)


def rich(text: str) -> Markup:
    """Show text as Discord would; whatever is not understood stays text."""
    pieces, position = [], 0
    for match in PIECE.finditer(text):
        pieces += [esc(text[position : match.start()]), _piece(match)]
        position = match.end()
    return join(*pieces, esc(text[position:]))


def _piece(match: re.Match[str]) -> Markup:
    if match["line"]:
        return tag("br")
    if match["bold"]:
        return tag("b", rich(match["bold"]))
    if match["code"]:
        return tag("code", match["code"])
    return esc(match[1])
