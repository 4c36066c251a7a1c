"""What every drill page has around it, and the policy it is served with."""

from __future__ import annotations

import hashlib

from aiohttp import web

from botworker.standin.parts import Parts

from .banner import banner
from .html import Markup, join, tag
from .icons import icon, sprite

SHEETS = ("tokens", "base", "parts", "playground")
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
TABS = (
    ("/", "Play", "hash"),
    ("/people", "People", "user"),
    ("/evening", "Evening", "clock"),
    ("/journal", "Journal", "list"),
    ("/faults", "Faults", "bolt"),
)
LOCAL = "Drill on your own machine. Nobody outside hears anything."


def page(
    parts: Parts,
    title: str,
    content: Markup,
    *,
    status: int = 200,
    form_goes_to: str = "",
    tab: str = "",
) -> web.Response:
    """Serve a page; a form's redirect to another origin has to be named.

    A page of a tab keeps itself fresh: it asks again with its ETag.
    """
    text = f"<!doctype html>\n{_document(parts, title, content, tab)}\n"
    headers = {
        "Content-Security-Policy": f"{POLICY} {form_goes_to}".strip(),
        "Cache-Control": "no-store",
        "ETag": f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"',
        # With no-referrer a browser would send the forms with the origin "null".
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _document(parts: Parts, title: str, content: Markup, tab: str) -> Markup:
    script = tag("script", src="/assets-standin/playground.js", defer=True) if tab else None
    brand = tag("a", "Slomix", class_="brand", href="/")
    body = tag(
        "body",
        tag("a", "Skip to the content", class_="skip", href="#content"),
        tag("aside", tag("span", icon("home"), LOCAL), class_="local", aria_label="Drill"),
        tag("header", brand, _tabs(tab) if tab else None, class_="masthead"),
        tag("div", banner(parts), id="banner"),
        content,
        tag("p", class_="note bad away", id="offline", role="status", hidden=True),
        sprite(),
    )
    return tag("html", tag("head", _head(title), script), body, lang="en")


def _tabs(tab: str) -> Markup:
    links = [
        tag("li", tag("a", icon(sign), name, href=to, aria_current="page" if to == tab else None))
        for to, name, sign in TABS
    ]
    return tag("nav", tag("ul", *links), class_="tabs", aria_label="Main")


def _head(title: str) -> Markup:
    return join(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{title} · Slomix"),
        tag("link", rel="icon", href="/assets/faces/badger.svg"),
        *(tag("link", rel="stylesheet", href=f"/assets/{one}.css") for one in SHEETS),
        tag("link", rel="stylesheet", href="/assets-standin/playground.css"),
    )


def main(*children: Markup | None) -> Markup:
    """Build the page's main part."""
    return tag("main", *children, class_="page", id="content")


def drill(title: str, *children: Markup) -> Markup:
    """Build the blue striped band that says nothing here is live."""
    heading = tag("h1", title, class_="title", id="drill-title")
    return tag(
        "section", heading, *children, class_="drill", id="drill", aria_labelledby="drill-title"
    )
