"""What every drill page has around it, and the policy it is served with."""

from __future__ import annotations

from aiohttp import web

from .html import Markup, join, tag
from .icons import sprite

SHEETS = ("tokens", "base", "parts", "playground")
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def page(
    title: str, main: Markup, *, status: int = 200, form_goes_to: str = "", live: bool = False
) -> web.Response:
    """Serve a page; a form's redirect to another origin has to be named."""
    text = f"<!doctype html>\n{_document(title, main, live=live)}\n"
    headers = {
        "Content-Security-Policy": f"{POLICY} {form_goes_to}".strip(),
        "Cache-Control": "no-store",
        # With no-referrer a browser would send the forms with the origin "null".
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def _document(title: str, main: Markup, *, live: bool) -> Markup:
    script = tag("script", src="/assets-standin/playground.js", defer=True) if live else None
    body = tag(
        "body",
        tag("a", "Skip to the content", class_="skip", href="#content"),
        tag("header", tag("a", "Slomix", class_="brand", href="/"), class_="masthead"),
        main,
        sprite(),
    )
    return tag("html", tag("head", _head(title), script), body, lang="en")


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


def main(*children: Markup | None, **attributes: str) -> Markup:
    """Build the page's main part."""
    return tag("main", *children, class_="page", id="content", **attributes)


def drill(title: str, *children: Markup | None) -> Markup:
    """Build the blue band that says that nothing here is real."""
    heading = tag("h1", title, class_="title", id="drill-title")
    return tag("section", heading, *children, class_="drill", aria_labelledby="drill-title")
