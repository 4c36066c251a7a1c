"""Embeds, files and polls of words: what a message shows besides its text."""

from __future__ import annotations

from botworker.standin.world import Json

from .html import Markup, join, tag
from .icons import icon
from .shown import Eyes


def embed(eyes: Eyes, told: Json) -> Markup:
    """Show an embed: author, title, description, fields, footer. Pictures from outside are named."""
    title, description = told.get("title"), told.get("description")
    author = (told.get("author") or {}).get("name")
    footer = (told.get("footer") or {}).get("text")
    return join(
        tag("p", eyes.rich(author), class_="small soft") if author else None,
        tag("h3", tag("span", title, class_="said")) if title else None,
        tag("div", eyes.rich(description), class_="said") if description else None,
        _fields(eyes, told.get("fields") or []),
        *(_picture(told[one]) for one in ("image", "thumbnail") if told.get(one)),
        tag("p", eyes.rich(footer), class_="small soft") if footer else None,
    )


def _fields(eyes: Eyes, fields: list[Json]) -> Markup | None:
    if not fields:
        return None
    return tag("dl", *(_field(eyes, one) for one in fields), class_="embed-fields")


def _field(eyes: Eyes, field: Json) -> Markup:
    name = tag("dt", eyes.rich(field["name"]))
    value = tag("dd", eyes.rich(field["value"]), class_="said")
    return tag("div", name, value, class_=None if field.get("inline") else "whole")


def _picture(media: Json) -> Markup:
    # The page's policy lets nothing in from outside, so a picture is only named.
    return tag("p", icon("eye"), f"Picture: {media.get('url', '')}", class_="small soft row stay")


def files(message: Json) -> Markup | None:
    """List the files that came with a message; each opens from this machine."""
    told = message.get("attachments") or []
    if not told:
        return None
    return tag("ul", *(_file(message, one) for one in told), class_="stack tight")


def _file(message: Json, one: Json) -> Markup:
    address = f"/attachments/{message['channel_id']}/{one['id']}/{one['filename']}"
    words = f"{one['filename']}, {one.get('size', 0):,} bytes"
    return tag("li", tag("a", icon("file"), words, href=address, class_="row stay"))
