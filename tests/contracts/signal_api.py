"""Checks the journal of the local Signal against the description of signal-cli-rest-api."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from . import descriptions
from .schemas import Schemas

# Where the description differs from the server, and how we know.
RECEIVED = (
    "/paths/~1v1~1receive~1{number}/get/responses/200/schema",
    {"type": "array", "items": {"$ref": "#/definitions/data.Message"}},
    "It gives a list of messages; the description names a single one (its own README shows a list).",
)
LIMITED = (
    "/paths/~1v2~1send/post/responses/429",
    {"schema": {"$ref": "#/definitions/api.SendMessageError"}},
    "Too much is answered with 429 and challenge tokens (signal-cli-rest-api, issue 881).",
)
ERRATA = (RECEIVED, LIMITED)


class SignalApi:
    """The description as a judge of requests and answers."""

    def __init__(self, described: dict[str, Any]) -> None:
        self.schemas = Schemas(described, correct)
        self.paths: dict[str, Any] = self.schemas.document["paths"]

    def judge(self, record: dict[str, Any]) -> list[str]:
        """Say what a line of the journal has that the server has not."""
        path, method = str(record["path"]).removeprefix("/signal"), str(record["method"]).lower()
        operation = self.paths.get(path, {}).get(method)
        name = f"{method.upper()} {path}"
        if operation is None:
            return [f"{name}: Signal has no such route"]
        pointer = f"/paths/{path.replace('/', '~1')}/{method}"
        found = [*self._asked(pointer, operation, record)] if _taken(record) else []
        return [f"{name}: {one}" for one in (*found, *self._answered(pointer, operation, record))]

    def _asked(self, pointer: str, operation: Any, record: Any) -> Iterator[str]:
        parameters = operation.get("parameters", [])
        bodies = [at for at, one in enumerate(parameters) if one["in"] == "body"]
        for at in bodies:
            place = f"{pointer}/parameters/{at}/schema"
            for one in self.schemas.problems(place, record["request_json"], closed=True):
                yield f"asked {one}"
        if record["request_json"] and not bodies:
            yield "asked with a body, where there is none"
        known = {one["name"] for one in parameters if one["in"] == "query"}
        for key in sorted(dict(parse_qsl(record["query"])).keys() - known):
            yield f"asked ?{key}, which Signal does not have"

    def _answered(self, pointer: str, operation: Any, record: Any) -> Iterator[str]:
        responses, answer = operation["responses"], record["response_json"]
        status = record["status"]
        if "effect_json" in record:
            answer = record["effect_json"]
            status = next(int(one) for one in responses if one.startswith("2"))
        if status == 0 or status >= 500:
            return
        place = f"{pointer}/responses/{status}/schema"
        if str(status) not in responses:
            if status < 400:
                yield f"answered {status}, where Signal answers {', '.join(sorted(responses))}"
                return
            place = "/definitions/api.Error"
        if status == 204:
            return
        for one in self.schemas.problems(place, answer, closed=True):
            yield f"answered {status} {one}"


def _taken(record: dict[str, Any]) -> bool:
    return 200 <= record["status"] < 300 or "effect_json" in record


def correct(document: Any, *, asked: bool) -> None:
    """Put the known errors right in place."""
    for pointer, right, _reason in () if asked else ERRATA:
        *steps, last = (one.replace("~1", "/") for one in pointer.strip("/").split("/"))
        place = document
        for step in steps:
            place = place[step]
        place[last] = right


@cache
def signal_api() -> SignalApi:
    """Read the description once a process, with its known errors put right."""
    return SignalApi(descriptions.read("signal/swagger.json"))
