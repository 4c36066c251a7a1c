"""The journal as a page; tests read /standin/journal."""

from __future__ import annotations

from aiohttp import web

from botworker.standin.parts import Parts
from botworker.standin.world import Json

from .frame import drill, main, page
from .html import Markup, join, tag
from .posts import when

LATEST = 200


def journal(parts: Parts) -> web.Response:
    """Show the latest requests, newest first."""
    records = parts.journal.records[-LATEST:]
    rows = [_row(parts, one) for one in reversed(records)]
    total = len(parts.journal.records)
    band = drill(
        "Drill. The journal.",
        tag("p", f"{total} requests so far, the latest {len(rows)} here, newest first."),
        tag(
            "p",
            tag("a", "All of it as JSON lines", href="/standin/journal"),
            " · ",
            tag("a", "Back to the playground", href="/"),
        ),
    )
    return page("Journal", main(band, _table(rows)))


def _table(rows: list[Markup]) -> Markup:
    heads = [tag("th", one, scope="col") for one in ("Time", "Request", "For", "Answer")]
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    label = "Requests and answers"
    return tag("div", table, class_="sheet scroll-x", tabindex=0, role="region", aria_label=label)


def _row(parts: Parts, record: Json) -> Markup:
    person = parts.store.people.get(int(record["person"] or 0))
    path = str(record["path"]).removeprefix("/api/v10").removeprefix("/api")
    said = _said(record["request_json"])
    request = join(tag("code", f"{record['method']} {path}"), said)
    status = record["status"] or "cut off"
    bad = record["status"] >= 400 or not record["status"]
    return tag(
        "tr",
        tag("td", when(record["at"])),
        tag("td", request),
        tag("td", tag("bdi", person.name) if person else None),
        tag("td", tag("span", status, class_="badge bad" if bad else "badge available")),
    )


def _said(body: object) -> Markup | None:
    content = body.get("content") if isinstance(body, dict) else None
    return tag("p", str(content)[:120], class_="small soft") if content else None
