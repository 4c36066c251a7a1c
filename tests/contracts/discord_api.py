"""Checks the journal of the local Discord against Discord's own description of its API."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from . import descriptions, errata
from .schemas import Schemas

METHODS = ("get", "put", "post", "patch", "delete")
TRUTHS = {"true": True, "false": False, "1": True, "0": False}


class Route(NamedTuple):
    """One operation of the description, and where it is found in there."""

    name: str
    pattern: re.Pattern[str]
    pointer: str
    operation: dict[str, Any]
    query: dict[str, str]


class DiscordApi:
    """The description as a judge of requests and answers."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas = Schemas(document, errata.correct)
        self._routes: dict[tuple[str, int], list[Route]] = {}
        for path, methods in document["paths"].items():
            for method in METHODS:
                if method in methods:
                    self._add(path, method, methods)

    def judge(self, record: dict[str, Any]) -> list[str]:
        """Say what a line of the journal has that Discord's description has not."""
        path = re.sub(r"^/api(/v\d+)?", "", record["path"])
        if f"{record['method']} {path}" in errata.NOT_DESCRIBED:
            return []
        route = self.route(record["method"], path)
        if route is None:
            return [f"{record['method']} {path}: Discord has no such route"]
        taken = 200 <= record["status"] < 300 or "effect_json" in record
        asked = self._asked(route, record) if taken else []
        return [f"{route.name}: {one}" for one in (*asked, *self._answered(route, record))]

    def route(self, method: str, path: str) -> Route | None:
        """Give the operation that a path without /api belongs to."""
        for route in self._routes.get((method.lower(), path.count("/")), ()):
            if route.pattern.fullmatch(path):
                return route
        return None

    # --- what was asked ----------------------------------------------------------------------

    def _asked(self, route: Route, record: dict[str, Any]) -> Iterator[str]:
        """A request that was granted has to be one that Discord grants."""
        body = record["request_json"]
        described = route.operation.get("requestBody")
        if described and (body is not None or described.get("required")):
            pointer = f"{route.pointer}/requestBody/content/application~1json/schema"
            yield from (f"asked {one}" for one in self._body(pointer, body))
        elif body:
            yield f"asked with a body {sorted(body)}, where Discord takes none"
        for name, value in parse_qsl(record["query"], keep_blank_values=True):
            yield from self._queried(route, name, value)

    def _body(self, pointer: str, body: object) -> list[str]:
        return self.schemas.problems(pointer, body, closed=True)

    def _queried(self, route: Route, name: str, text: str) -> Iterator[str]:
        pointer = route.query.get(name)
        if pointer is None:
            yield f"asked ?{name}, which Discord does not have"
            return
        meant: list[Any] = [text, [text], TRUTHS.get(text.lower(), text)]
        meant += [int(text), [int(text)]] if re.fullmatch(r"-?\d+", text) else []
        if all(self.schemas.problems(pointer, one) for one in meant):
            yield f"asked ?{name}={text}, which Discord refuses"

    # --- what was answered -------------------------------------------------------------------

    def _answered(self, route: Route, record: dict[str, Any]) -> Iterator[str]:
        responses = route.operation["responses"]
        status, answer = record["status"], record["response_json"]
        if "effect_json" in record:
            # A fault has spoiled the answer; this is what it would have been.
            answer = record["effect_json"]
            status = next(int(one) for one in responses if one.startswith("2"))
        if status == 0 or status >= 500 or (status == 429 and answer is None):
            return
        key = str(status) if str(status) in responses else f"{status // 100}XX"
        if key not in responses:
            yield f"answered {status}, where Discord answers {', '.join(sorted(responses))}"
            return
        pointer = f"{route.pointer}/responses/{key}"
        if "$ref" in responses[key]:
            pointer = responses[key]["$ref"].removeprefix("#")
        yield from self._content(pointer, responses[key], answer, status)

    def _content(self, pointer: str, described: Any, answer: object, status: int) -> Iterator[str]:
        if "$ref" not in described and "application/json" not in described.get("content", {}):
            if answer is not None:
                yield f"answered {status} with a body, where Discord sends none"
            return
        pointer += "/content/application~1json/schema"
        for one in self.schemas.problems(pointer, answer):
            yield f"answered {status} {one}"

    # --- reading the description -------------------------------------------------------------

    def _add(self, path: str, method: str, methods: dict[str, Any]) -> None:
        operation = methods[method]
        pointer = f"/paths/{path.replace('~', '~0').replace('/', '~1')}"
        shared = [(f"{pointer}/parameters", methods.get("parameters", []))]
        own = [(f"{pointer}/{method}/parameters", operation.get("parameters", []))]
        snowflakes, query = set(), {}
        for place, parameters in shared + own:
            for number, one in enumerate(parameters):
                if one["in"] == "query":
                    query[one["name"]] = f"{place}/{number}/schema"
                elif str(one["schema"].get("$ref", "")).endswith("/SnowflakeType"):
                    snowflakes.add(one["name"])
        route = Route(
            f"{method.upper()} {path}",
            _pattern(path, snowflakes),
            f"{pointer}/{method}",
            operation,
            query,
        )
        same = self._routes.setdefault((method, path.count("/")), [])
        same.append(route)
        # A word in the path goes before a placeholder.
        same.sort(key=lambda one: one.name.count("{"))


def _pattern(path: str, snowflakes: set[str]) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    made = [
        (r"\d+" if part in snowflakes else "[^/]+") if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(made))


@cache
def discord_api() -> DiscordApi:
    """Read Discord's description once a process, with its known errors put right."""
    return DiscordApi(descriptions.read("discord/openapi.json"))
