"""A call's parameters, which come as JSON, as a form or in the address, and as text or typed."""

from __future__ import annotations

import json
from typing import Any

from botworker.standin.refused import Refused
from botworker.standin.world import Json

from .refusals import refusal


class Params:
    """Reads one parameter after the other and remembers which nobody knew."""

    def __init__(self, raw: Json) -> None:
        self._raw = raw

    def unknown(self, known: set[str]) -> list[str]:
        return sorted(set(self._raw) - known)

    def has(self, name: str) -> bool:
        return self._raw.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self._raw.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int | None = None) -> int | None:
        """Read a whole number; a 400 when it is none."""
        value = self._raw.get(name)
        if value in (None, "") or isinstance(value, bool):
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise self._wrong(name) from None

    def truth(self, name: str) -> bool:
        return str(self._raw.get(name, "")).lower() in ("true", "1", "yes", "t", "y")

    def read(self, name: str) -> Any:
        """Read an object or a list, given as such or as its JSON."""
        value = self._raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise self._wrong(name) from None

    @staticmethod
    def _wrong(name: str) -> Refused:
        return refusal(400, f'Invalid parameter value: field "{name}" must be of another type')
