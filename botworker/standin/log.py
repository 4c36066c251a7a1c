"""Append-only JSON lines that survive kill -9: each line is handed to the kernel at once."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from .world import Json


class Log:
    """A file of JSON lines, or nothing at all when there is no path."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: BinaryIO | None = None

    def read(self) -> list[Json]:
        """Give the lines written so far; a last line cut short by a crash is dropped."""
        if not self.path or not self.path.exists():
            return []
        lines = self.path.read_bytes().split(b"\n")
        return [json.loads(line) for line in lines[:-1] if line]

    def open(self) -> None:
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._drop_half_line(self.path)
            self._file = self.path.open("ab", buffering=0)

    def write(self, line: Json) -> None:
        if self._file:
            self._file.write(_encode(line))

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def rewrite(self, lines: Iterable[Json]) -> None:
        """Replace the whole file in one step."""
        if self.path:
            fresh = self.path.with_suffix(".new")
            fresh.write_bytes(b"".join(map(_encode, lines)))
            fresh.replace(self.path)

    @staticmethod
    def _drop_half_line(path: Path) -> None:
        if path.exists():
            content = path.read_bytes()
            os.truncate(path, content.rfind(b"\n") + 1)


def _encode(line: Json) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
