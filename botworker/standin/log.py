"""Append-only JSON lines, handed to the kernel once a turn of the event loop.

So they survive kill -9 of everybody else, and of the stand-in up to what it had in hand: an answer
leaves in the same turn at the earliest.
"""

import asyncio
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from .world import Json

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Log:
    """A file of JSON lines, or nothing at all when there is no path."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: BinaryIO | None = None
        self._waiting: list[bytes] = []

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
        """Append a line, now or, while an event loop runs, at the end of its turn."""
        if self._file:
            self.write_encoded(encode(line))

    def write_encoded(self, line: bytes) -> None:
        """Append a line that `encode` has written."""
        if not self._file:
            return
        self._waiting.append(line)
        if len(self._waiting) > 1:
            return
        try:
            asyncio.get_running_loop().call_soon(self.flush)
        except RuntimeError:
            self.flush()

    def flush(self) -> None:
        """Hand over what waits."""
        waiting, self._waiting = self._waiting, []
        if self._file and waiting:
            self._file.write(b"".join(waiting))

    def close(self) -> None:
        self.flush()
        if self._file:
            self._file.close()
            self._file = None

    def rewrite(self, lines: Iterable[Json]) -> None:
        """Replace the whole file in one step."""
        if self.path:
            fresh = self.path.with_suffix(".new")
            fresh.write_bytes(b"".join(map(encode, lines)))
            fresh.replace(self.path)

    @staticmethod
    def _drop_half_line(path: Path) -> None:
        if path.exists():
            content = path.read_bytes()
            os.truncate(path, content.rfind(b"\n") + 1)


def encode(line: Json) -> bytes:
    """Write one line."""
    return _dumps(line).encode() + b"\n"
