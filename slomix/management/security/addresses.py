"""Every address of the site, filled in with something that fits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("POST", "PUT", "PATCH", "DELETE")
BY_CONVERTER = {"int": "1", "day": "2026-11-20", "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
PART = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
CHOICE = re.compile(r"\(\?P<\w+>(?P<first>[\w-]+)(?:\|[\w|-]*)?\)")
ANYTHING = re.compile(r"\(\?P<\w+>\.[*+]\)")


@dataclass(frozen=True)
class Address:
    """One route: as the resolver writes it, and as somebody would ask for it."""

    route: str
    path: str
    # The secret of this route stands in the request itself, and no browser sends it unasked.
    bears_secret: bool


def all_of(resolver: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Yield every route once."""
    seen = set()
    for route, bears_secret in _routes(resolver or get_resolver(), before):
        if route not in seen:
            seen.add(route)
            yield Address(route, f"/{_filled(route)}", bears_secret)


def _routes(resolver: URLResolver, before: str) -> Iterator[tuple[str, bool]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, route in WITH_A_SECRET


# A secret in the address or in a header opens these, and no browser sends one unasked: a machine's,
# and the link in somebody's own message. A test holds the list to what Django does not protect.
WITH_A_SECRET = frozenset(
    {"hooks/telegram/<slug:secret>/", "api/availability/link-confirm", "s/<str:token>/"}
)


def _filled(route: str) -> str:
    path = CHOICE.sub(lambda part: part["first"], ANYTHING.sub("nothing", route))
    path = PART.sub(lambda part: BY_CONVERTER.get(part["kind"] or "", "x"), path)
    return path.replace("^", "").replace("$", "")
