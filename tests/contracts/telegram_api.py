"""Checks the journal of the local Telegram against the description of the Bot API.

The description lists methods and types in a form of its own, which is turned into JSON Schema here.
The envelope `{ok, result, error_code, description, parameters}` is in the documentation only:
https://core.telegram.org/bots/api#making-requests
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from . import descriptions
from .schemas import Schemas

PLAIN = {
    "Integer": {"type": "integer"},
    "String": {"type": "string"},
    "Boolean": {"type": "boolean"},
    "Float": {"type": "number"},
}
REFUSED = {
    "type": "object",
    "properties": {
        "ok": {"const": False},
        "error_code": {"type": "integer"},
        "description": {"type": "string"},
        "parameters": {"$ref": "#/types/ResponseParameters"},
    },
    "required": ["ok", "error_code", "description"],
}


class TelegramApi:
    """The description as a judge of calls and answers."""

    def __init__(self, described: dict[str, Any]) -> None:
        self.methods: dict[str, dict[str, Any]] = described["methods"]
        self.schemas = Schemas(converted(described))

    def judge(self, record: dict[str, Any]) -> list[str]:
        """Say what a line of the journal has that the Bot API has not."""
        name = str(record["path"]).rpartition("/")[2]
        if name not in self.methods:
            return [f"{name}: Telegram has no such method"]
        taken = record["status"] == 200 or "effect_json" in record
        asked = self._asked(name, record["request_json"] or {}) if taken else []
        return [f"{name}: {one}" for one in (*asked, *self._answered(name, record))]

    def update(self, update: dict[str, Any]) -> list[str]:
        """Say what is wrong with an update, as a webhook gets it."""
        return self.schemas.problems("/types/Update", update, closed=True)

    def _asked(self, name: str, asked: dict[str, Any]) -> list[str]:
        properties = self.schemas.document["asked"][name]["properties"]
        meant = {
            key: self._meant(f"/asked/{name}/properties/{key}", value)
            if key in properties
            else value
            for key, value in asked.items()
        }
        return [f"asked {one}" for one in self._closed(f"/asked/{name}", meant)]

    def _meant(self, pointer: str, value: object) -> object:
        """Undo what a form does to a value: everything in it is text."""
        if isinstance(value, str) and self.schemas.problems(pointer, value):
            try:
                return json.loads(value)
            except ValueError:
                return value
        return value

    def _answered(self, name: str, record: dict[str, Any]) -> Iterator[str]:
        answer, status = record["response_json"], record["status"]
        if "effect_json" in record:
            answer, status = record["effect_json"], 200
        if status == 0 or status >= 500:
            return
        pointer = f"/answered/{name}" if status == 200 else "/refused"
        for one in self._closed(pointer, answer):
            yield f"answered {status} {one}"
        if status != 200 and answer.get("error_code") != status:
            yield f"answered {status} with error_code {answer.get('error_code')}"

    def _closed(self, pointer: str, value: object) -> list[str]:
        return self.schemas.problems(pointer, value, closed=True)


def converted(described: dict[str, Any]) -> dict[str, Any]:
    """Turn the description of methods and types into JSON Schema."""
    methods = described["methods"]
    return {
        "types": {name: _type(one) for name, one in described["types"].items()},
        "asked": {name: _object(one.get("fields", [])) for name, one in methods.items()},
        "answered": {name: _answer(one["returns"]) for name, one in methods.items()},
        "refused": REFUSED,
    }


def _type(described: dict[str, Any]) -> dict[str, Any]:
    if subtypes := described.get("subtypes"):
        return {"anyOf": [_schema(one) for one in subtypes]}
    return _object(described.get("fields", []))


def _object(fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one["name"]: _either(one["types"]) for one in fields},
        "required": [one["name"] for one in fields if one["required"]],
    }


def _either(types: list[str]) -> dict[str, Any]:
    return {"anyOf": [_schema(one) for one in types]}


def _schema(name: str) -> dict[str, Any]:
    if name.startswith("Array of "):
        return {"type": "array", "items": _schema(name.removeprefix("Array of "))}
    return PLAIN.get(name) or {"$ref": f"#/types/{name}"}


def _answer(returns: list[str]) -> dict[str, Any]:
    properties = {"ok": {"const": True}, "result": _either(returns)}
    properties["description"] = {"type": "string"}
    return {"type": "object", "properties": properties, "required": ["ok", "result"]}


@cache
def telegram_api() -> TelegramApi:
    """Read the description once a process."""
    return TelegramApi(descriptions.read("telegram/api.json"))
