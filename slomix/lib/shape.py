"""A few words for JSON Schema, with which the API's answers are described."""

from typing import Any

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "integer"}
FLAG: Shape = {"type": "boolean"}
DAY: Shape = {"type": "string", "format": "date", "example": "2026-11-24"}
INSTANT: Shape = {"type": "string", "format": "date-time"}
WALL: Shape = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"}
SUCCESS: Shape = {"const": True}


def one_of(*words: str) -> Shape:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def maybe(shape: Shape) -> Shape:
    """The same, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


def many(shape: Shape) -> Shape:
    """A list of these."""
    return {"type": "array", "items": shape}


def thing(fields: dict[str, Shape], **optional: Shape) -> Shape:
    """An object with exactly these fields; the optional ones may be missing."""
    return {
        "type": "object",
        "properties": fields | optional,
        "required": list(fields),
        "additionalProperties": False,
    }
