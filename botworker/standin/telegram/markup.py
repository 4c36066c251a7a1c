"""Reads a text with markup into plain text and entities, refusing what Telegram refuses.

The rules and the offsets (UTF-16 units in entities, bytes in refusals) are those of
https://core.telegram.org/bots/api#formatting-options; the words are TDLib's.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from botworker.standin.refused import Refused
from botworker.standin.world import Json

from .refusals import refusal

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>")
HREF = re.compile(r"""href\s*=\s*["']?(?P<url>[^"'\s>]*)""")

RESERVED = set("_*[]()~`>#+-=|{}.!")
MARKS = {"```": "pre", "||": "spoiler", "__": "underline", "*": "bold", "_": "italic"}
MARKS |= {"~": "strikethrough", "`": "code"}
OLD_MARKS = {"```": "pre", "*": "bold", "_": "italic", "`": "code"}
NAMES = {"pre": "PreCode", "text_link": "TextUrl"}


class Opened(NamedTuple):
    """Markup that has begun: its mark, the entity, where in the text, at which byte."""

    mark: str
    entity: Json
    start: int
    byte: int


def parsed(text: str, mode: str | None) -> tuple[str, list[Json]]:
    """Give the plain text and its entities; a 400 says what cannot be parsed."""
    if not mode:
        return text, []
    reader = {"html": _html, "markdownv2": _markdown, "markdown": _old_markdown}.get(mode.lower())
    if reader is None:
        raise refusal(400, "unsupported parse_mode")
    plain, entities = reader(text)
    entities = [one for one in entities if one["length"]]
    return plain, sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _bad(why: str) -> Refused:
    return refusal(400, f"can't parse entities: {why}")


def units(text: str) -> int:
    """Count as Telegram does: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _at(text: str, place: int) -> int:
    return len(text[:place].encode())


# --- HTML --------------------------------------------------------------------------------------


def _html(text: str) -> tuple[str, list[Json]]:
    plain, entities, opened, place = "", [], list[Opened](), 0
    while (found := text.find("<", place)) >= 0:
        plain += html.unescape(text[place:found])
        tag = TAG.match(text, found)
        byte = _at(text, found)
        if not tag:
            raise _bad(f"Unclosed start tag at byte offset {byte}")
        name = tag["name"].lower()
        if tag["end"]:
            entities.append(_ended(opened, name, byte, units(plain)))
        else:
            opened.append(_begun(name, tag["rest"], byte, units(plain)))
        place = tag.end()
    plain += html.unescape(text[place:])
    if opened:
        raise _bad(f'Can\'t find end tag corresponding to start tag "{opened[-1].mark}"')
    return plain, entities


def _begun(name: str, rest: str, byte: int, start: int) -> Opened:
    if name not in TAGS or (name == "span" and "tg-spoiler" not in rest):
        raise _bad(f'Unsupported start tag "{name}" at byte offset {byte}')
    entity: Json = {"type": TAGS[name]}
    if name == "a" and (href := HREF.search(rest)):
        entity["url"] = html.unescape(href["url"])
    return Opened(name, entity, start, byte)


def _ended(opened: list[Opened], name: str, byte: int, here: int) -> Json:
    if not opened:
        raise _bad(f"Unexpected end tag at byte offset {byte}")
    one = opened.pop()
    if one.mark != name:
        said = f'expected "</{one.mark}>", found "</{name}>"'
        raise _bad(f"Unmatched end tag at byte offset {byte}, {said}")
    return one.entity | {"offset": one.start, "length": here - one.start}


# --- Markdown ----------------------------------------------------------------------------------


def _markdown(text: str) -> tuple[str, list[Json]]:
    plain, entities, opened, place = "", list[Json](), list[Opened](), 0
    while place < len(text):
        here = text[place]
        if here == "\\" and place + 1 < len(text) and ord(text[place + 1]) < 127:
            plain += text[place + 1]
            place += 2
            continue
        inside = opened[-1].mark if opened else ""
        mark = next((one for one in MARKS if text.startswith(one, place)), "")
        raw = inside in ("`", "```")
        if mark and (not raw or mark == inside):
            _toggle(mark, opened, entities, units(plain), _at(text, place))
            place += len(mark)
        elif not raw and here == "[":
            opened.append(Opened("[", {"type": "text_link"}, units(plain), _at(text, place)))
            place += 1
        elif not raw and here == "]" and inside == "[":
            place = _linked(text, place, opened.pop(), entities, units(plain))
        elif not raw and here in RESERVED and not _quote(text, place):
            raise _bad(
                f"Character '{here}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            plain += "" if not raw and _quote(text, place) else here
            place += 1
    if opened:
        raise _bad(
            f"Can't find end of {_named(opened[-1])} entity at byte offset {opened[-1].byte}"
        )
    return plain, entities


def _quote(text: str, place: int) -> bool:
    return text[place] == ">" and (place == 0 or text[place - 1] == "\n")


def _named(one: Opened) -> str:
    kind = str(one.entity["type"])
    return NAMES.get(kind, kind.capitalize())


def _toggle(mark: str, opened: list[Opened], entities: list[Json], here: int, byte: int) -> None:
    if opened and opened[-1].mark == mark:
        one = opened.pop()
        entities.append(one.entity | {"offset": one.start, "length": here - one.start})
    else:
        opened.append(Opened(mark, {"type": MARKS[mark]}, here, byte))


def _linked(text: str, place: int, one: Opened, entities: list[Json], here: int) -> int:
    link = re.compile(r"\]\(((?:[^)\\]|\\.)*)\)").match(text, place)
    if not link:
        raise _bad(f"Can't find end of TextUrl entity at byte offset {one.byte}")
    url = re.sub(r"\\(.)", r"\1", link[1])
    entities.append(
        {"type": "text_link", "url": url, "offset": one.start, "length": here - one.start}
    )
    return link.end()


def _old_markdown(text: str) -> tuple[str, list[Json]]:
    plain, entities, place = "", list[Json](), 0
    while place < len(text):
        mark = next((one for one in OLD_MARKS if text.startswith(one, place)), "")
        link = re.compile(r"\[([^\]]*)\]\(([^)]*)\)").match(text, place)
        if mark:
            end = text.find(mark, place + len(mark))
            if end < 0:
                byte = _at(text, place)
                raise _bad(f"Can't find end of the entity starting at byte offset {byte}")
            inner = text[place + len(mark) : end]
            entities.append(_span(OLD_MARKS[mark], plain, inner))
            plain, place = plain + inner, end + len(mark)
        elif link:
            entities.append(_span("text_link", plain, link[1]) | {"url": link[2]})
            plain, place = plain + link[1], link.end()
        else:
            place += text[place] == "\\" and place + 1 < len(text)
            plain, place = plain + text[place], place + 1
    return plain, entities


def _span(kind: str, before: str, inner: str) -> Json:
    return {"type": kind, "offset": units(before), "length": units(inner)}
