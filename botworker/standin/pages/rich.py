"""Discord's text as HTML. Whatever is not understood stays text, and nothing leads outside.

https://support.discord.com/hc/en-us/articles/210298617 for the marks,
https://discord.com/developers/docs/reference#message-formatting for the mentions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from .html import Markup, esc, join, tag

Names = Callable[[str, int], str | None]

INLINE = re.compile(
    r"\\(?P<plain>[^\w\s]|_)"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|__(?P<under>(?:\\.|[^\\])+?)__"
    r"|~~(?P<gone>(?:\\.|[^\\])+?)~~"
    r"|\|\|(?P<spoiler>(?:\\.|[^\\])+?)\|\|"
    r"|\*(?P<slant>(?:\\.|[^\\*\s])(?:\\.|[^\\*])*?)\*"
    r"|(?<!\w)_(?P<slope>(?:\\.|[^\\_\s])(?:\\.|[^\\_])*?)_(?!\w)"
    r"|<(?P<kind>@&|@!?|#)(?P<who>\d{1,19})>"
    r"|<t:(?P<time>-?\d{1,11})(?::(?P<style>[tTdDfFsSR]))?>"
    r"|<a?:(?P<emoji>\w{2,32}):\d{1,19}>"
    r"|(?P<line>\n)",
    re.DOTALL,
)
WRAPS = {"bold": "b", "under": "u", "gone": "s", "slant": "i", "slope": "i"}
BLOCK = re.compile(r"```(?:\w+\n)?\n?(?P<code>.+?)\n?```\n?", re.DOTALL)
LINE = re.compile(
    r"(?P<head>#{1,3}) (?P<title>.+)|-# (?P<small>.+)|> (?P<quote>.*)"
    r"|\s*[-*] (?P<item>.+)|\s*\d+\. (?P<step>.+)"
)
FORMATS = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%d/%m/%Y", "D": "%-d %B %Y", "R": "%-d %b %H:%M"}


def rich(text: str, names: Names | None = None) -> Markup:
    """Show text as Discord would: marks, headings, lists, quotes, code, and mentions by name.

    `names` gives the name behind `@`, `@&` or `#` and an id; unknown ones stay as they were typed.
    """
    pieces, position = list[Markup](), 0
    for match in BLOCK.finditer(text):
        pieces += _lines(text[position : match.start()], names)
        pieces.append(tag("pre", tag("code", match["code"])))
        position = match.end()
    return join(*pieces, *_lines(text[position:], names))


# --- whole lines -----------------------------------------------------------------------------------


def _lines(text: str, names: Names | None) -> Iterator[Markup]:
    kind, run = "", list[str]()
    for line in text.split("\n") if text else ():
        found = LINE.fullmatch(line)
        now = found.lastgroup or "" if found else ""
        if now != kind or now in ("title", "small"):
            yield from _run(kind, run, names)
            run = []
        kind = now
        run.append(found[now] if found else line)
    yield from _run(kind, run, names)


def _run(kind: str, run: list[str], names: Names | None) -> Iterator[Markup]:
    """Show lines of one kind that follow each other."""
    if not run:
        return
    if kind in ("item", "step"):
        items = [tag("li", _inline(one, names)) for one in run]
        yield tag("ul" if kind == "item" else "ol", *items, class_="points")
    elif kind == "quote":
        yield tag("blockquote", _inline("\n".join(run), names))
    elif kind == "title":
        yield tag("b", _inline(run[0], names), class_="headline")
    elif kind == "small":
        yield tag("small", _inline(run[0], names), class_="headline")
    else:
        yield _inline("\n".join(run), names)


# --- within a line ---------------------------------------------------------------------------------


def _inline(text: str, names: Names | None) -> Markup:
    pieces, position = [], 0
    for match in INLINE.finditer(text):
        pieces += [esc(text[position : match.start()]), _piece(match, names)]
        position = match.end()
    return join(*pieces, esc(text[position:]))


def _piece(match: re.Match[str], names: Names | None) -> Markup:
    for group, element in WRAPS.items():
        if match[group]:
            return tag(element, _inline(match[group], names))
    if match["code"]:
        return tag("code", match["code"])
    if match["spoiler"]:
        return tag("span", _inline(match["spoiler"], names), class_="spoiler", tabindex=0)
    if match["line"]:
        return tag("br")
    return esc(match["plain"]) if match["plain"] else _named(match, names)


def _named(match: re.Match[str], names: Names | None) -> Markup:
    if match["emoji"]:
        return esc(f":{match['emoji']}:")
    if match["time"]:
        return _time(int(match["time"]), match["style"] or "f", match[0])
    name = names(match["kind"].rstrip("!"), int(match["who"])) if names else None
    if name is None:
        return esc(match[0])
    sign = "#" if match["kind"] == "#" else "@"
    return tag("bdi", f"{sign}{name}", class_="mention")


def _time(seconds: int, style: str, typed: str) -> Markup:
    try:
        at = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (OverflowError, ValueError):
        return esc(typed)
    text = at.strftime(FORMATS.get(style, "%-d %B %Y %H:%M"))
    return tag("time", text, datetime=at.isoformat())
