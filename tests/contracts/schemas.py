"""Validators made from a provider's description, each built when it is first asked for."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs

Schema = dict[str, Any]
Correct = Callable[..., Any]
HERE = "urn:description"
SAFE = "/~@:"


class Schemas:
    """The validators of one document; `closed` ones also refuse fields it does not name.

    `correct` puts known errors right, in the document as it is read and in its closed copy.
    """

    def __init__(
        self, document: Schema, correct: Correct = lambda document, *, asked: None
    ) -> None:
        self._open = loosened(document)
        correct(self._open, asked=False)
        self.document = self._open
        self._closed = closed(self._open)
        correct(self._closed, asked=True)
        self._registries: dict[bool, jsonschema_rs.Registry] = {}
        self._made: dict[tuple[str, bool], jsonschema_rs.Validator] = {}

    def problems(self, pointer: str, value: object, *, closed: bool = False) -> list[str]:
        """Say what is wrong with a value by the schema at `#/...`, one sentence a fault."""
        validator = self._validator(pointer, closed)
        if validator.is_valid(value):
            return []
        return sorted(
            {_told(one) for error in validator.iter_errors(value) for one in _deepest(error)}
        )

    def _validator(self, pointer: str, closed: bool) -> jsonschema_rs.Validator:
        if (pointer, closed) not in self._made:
            if closed not in self._registries:
                document = self._closed if closed else self._open
                self._registries[closed] = jsonschema_rs.Registry([(HERE, document)])
            self._made[pointer, closed] = jsonschema_rs.Draft202012Validator(
                {"$ref": f"{HERE}#{quote(pointer, safe=SAFE)}"},
                registry=self._registries[closed],
                validate_formats=True,
            )
        return self._made[pointer, closed]


def loosened(node: Any) -> Any:
    """Copy a schema whose unions may overlap."""
    # The members of a union overlap where a description lists only some of their fields, and then
    # a right value is "valid under more than one": what is meant is one of them at least.
    if isinstance(node, dict):
        return {"anyOf" if key == "oneOf" else key: loosened(one) for key, one in node.items()}
    return [loosened(one) for one in node] if isinstance(node, list) else node


def closed(node: Any) -> Any:
    """Copy a schema whose objects have the fields that they name, and no others."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: closed(one) for key, one in node.items()}
    named = isinstance(node.get("properties"), dict) and isinstance(node.get("type"), str | list)
    if named and "additionalProperties" not in node:
        made["additionalProperties"] = False
    return made


def _deepest(error: jsonschema_rs.ValidationError) -> Iterator[jsonschema_rs.ValidationError]:
    """Of a union that nothing fits, give the faults of the member that fits best."""
    context = getattr(error.kind, "context", None)
    members = [member for member in context or [] if member]
    if not members:
        yield error
        return
    for one in min(members, key=_distance):
        yield from _deepest(one)


def _distance(member: list[jsonschema_rs.ValidationError]) -> tuple[bool, int, int]:
    """Of another kind altogether is far; a fault deep inside is near."""
    here = min(len(one.instance_path) for one in member)
    wrong_kind = any(_of_another_kind(one, here) for one in member)
    return wrong_kind, len(member), -max(len(one.instance_path) for one in member)


def _of_another_kind(error: jsonschema_rs.ValidationError, depth: int) -> bool:
    kind = type(error.kind).__name__
    tag = str(error.instance_path[-1]) if error.instance_path else ""
    return (kind == "Type" and len(error.instance_path) <= depth) or (
        kind in ("Constant", "Enum", "AnyOf") and tag == "type"
    )


def _told(error: jsonschema_rs.ValidationError) -> str:
    place = ".".join(map(str, error.instance_path)) or "the whole"
    return f"{place}: {error.message[:160]}"
