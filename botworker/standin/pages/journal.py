"""The journal as a readable stream; tests read /standin/journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Self
from urllib.parse import urlencode

from aiohttp import web

from botworker.standin.parts import Parts
from botworker.standin.world import Json

from . import spoken
from .faces import face
from .frame import main, page
from .html import Markup, join, tag
from .icons import icon
from .places import number
from .posts import when

LATEST = 100
NOTHING = "Nothing of the kind has been asked yet."


@dataclass(frozen=True, slots=True)
class Filter:
    """Which requests are shown."""

    person: int = 0
    service: str = ""
    errors: bool = False

    @classmethod
    def of(cls, request: web.Request) -> Self:
        """Read the filter from the address."""
        asked = request.query
        service = asked.get("service", "")
        known = service if service in spoken.SERVICES else ""
        return cls(number(asked.get("person", "")), known, "errors" in asked)

    def fits(self, record: Json) -> bool:
        """Say whether a record is to be shown."""
        return (
            (not self.person or str(record["person"] or "") == str(self.person))
            and (not self.service or spoken.service(record) == self.service)
            and (not self.errors or spoken.failed(record))
        )


def journal(parts: Parts, wanted: Filter) -> web.Response:
    """Show the latest requests that fit, newest first."""
    records = parts.journal.records
    rows = list(islice(_rows(parts, records, wanted), LATEST))
    fit = f"The latest {len(rows)} of {len(records)} requests"
    lead = f"{fit}, newest first: what the site and the bot ask, and what they are told."
    head = tag(
        "header",
        tag("h1", "The journal", class_="title"),
        tag("p", lead if rows else NOTHING, class_="lead"),
        class_="page-head",
    )
    raw = tag("p", tag("a", "All of it as JSON lines", href="/standin/journal"), class_="small")
    stream = tag("ol", *rows, class_="stream", id="stream")
    sheet = tag("section", stream, class_="sheet", aria_label="Requests") if rows else _empty()
    return page(parts, "Journal", main(head, _filters(parts, wanted), sheet, raw), tab="/journal")


def _empty() -> Markup:
    return tag("div", icon("list"), tag("p", NOTHING), class_="empty")


def _filters(parts: Parts, wanted: Filter) -> Markup:
    people = {"": "everybody"} | {str(one.id): one.name for one in parts.store.people.values()}
    chosen = str(wanted.person) if wanted.person else ""
    errors = tag("input", type="checkbox", name="errors", value="1", checked=wanted.errors)
    return tag(
        "form",
        _select("Person", "person", people, chosen),
        _select("Service", "service", {"": "all services", **spoken.SERVICES}, wanted.service),
        tag("label", errors, "only what went wrong", class_="choice"),
        tag("button", "Show", class_="button"),
        class_="sheet filters",
        id="filters",
        method="get",
        action="/journal",
        data_submit="change",
        aria_label="Which requests",
    )


def _select(label: str, name: str, choices: dict[str, str], chosen: str) -> Markup:
    options = [
        tag("option", words, value=value, selected=value == chosen)
        for value, words in choices.items()
    ]
    key = f"filter-{name}"
    return tag(
        "div",
        tag("label", label, for_=key),
        tag("select", *options, id=key, name=name),
        class_="field",
    )


def _rows(parts: Parts, records: list[Json], wanted: Filter) -> Iterator[Markup]:
    for place in range(len(records) - 1, -1, -1):
        if wanted.fits(records[place]):
            yield _row(parts, records[place], place)


def _row(parts: Parts, record: Json, place: int) -> Markup:
    person = parts.store.people.get(int(record["person"] or 0))
    bad, words = spoken.failed(record), spoken.said(record)
    service = spoken.SERVICES.get(spoken.service(record), spoken.service(record))
    who = join(face(person, "small"), tag("bdi", person.name, class_="name")) if person else None
    badge = tag("span", icon("x" if bad else "check"), spoken.outcome(record),
                class_="badge bad" if bad else "badge available")  # fmt: skip
    sentence = tag("p", tag("b", spoken.asker(parts, record)), " ", spoken.what(parts, record))
    exact = f"{record['method']} {record['path']} → {record['status'] or 'nothing'}"
    return tag(
        "li",
        when(record["at"], exact=True),
        tag(
            "div",
            sentence,
            tag("p", f"“{words}”", class_="soft words") if words else None,
            tag("p", tag("code", exact), class_="small soft"),
        ),
        tag("div", tag("span", service, class_="badge"), badge, tag("span", who, class_="row stay who") if who else None,
            class_="outcome"),
        class_="bad-row" if bad else None,
        id=f"j{place}",
    )  # fmt: skip


def link(person: int) -> str:
    """Give the address of what was asked for somebody."""
    return f"/journal?{urlencode({'person': person})}"
