"""What long work shows while it goes on: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO, cast

from django.core.management.base import OutputWrapper

Stream = TextIO | OutputWrapper

LINE_EVERY = 2.0
DRAW_EVERY = 0.1
WIDTH = 24
ROOM = 100


class Progress:
    """Shows how far a piece of work is; on stderr, so that what a command prints stays clean.

    with Progress(len(rows), "rows") as progress:
        for row in rows:
            ...
            progress.step()

    What takes a known time only is told with `reach`. Without a total it counts. `quiet` says nothing.
    """

    def __init__(
        self,
        total: int | None,
        what: str,
        stream: Stream | None = None,
        quiet: bool = False,
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total, self.what, self.quiet = total, what, quiet
        # A command's own stderr ends all it is given with a new line; what it wraps does not.
        inner = stream._out if isinstance(stream, OutputWrapper) else stream
        self.stream = cast(TextIO, inner or sys.stderr)
        self.seconds = seconds
        self.bar = self.stream.isatty()
        self.count = 0
        self.note = ""
        self.over = False
        self.began = self.seconds()
        # A bar is drawn at once; where lines are written, quick work needs the last one only.
        self.told = self.began - DRAW_EVERY if self.bar else self.began

    def step(self, n: int = 1, note: str = "") -> None:
        """Say that so many more are done."""
        self.reach(self.count + n, note)

    def reach(self, count: int, note: str = "") -> None:
        """Say how many are done in all."""
        self.count = count
        self.note = note or self.note
        now = self.seconds()
        if now - self.told >= (DRAW_EVERY if self.bar else LINE_EVERY):
            self.told = now
            self._write()

    def done(self, note: str = "") -> None:
        """Say that it is over; once, however often it is called."""
        if self.over:
            return
        self.over = True
        self.note = note or self.note
        self._write()
        if self.bar and not self.quiet:
            self.stream.write("\n")
            self.stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.done("" if kind is None else "stopped")

    def line(self) -> str:
        """Return where it stands, in words."""
        of = "" if self.total is None else f" of {self.total}"
        note = f", {self.note}" if self.note else ""
        return f"{self.what}: {self._drawn()}{self.count}{of}{note}, {self.seconds() - self.began:.0f} s"

    def _drawn(self) -> str:
        if not self.bar or self.total is None:
            return ""
        filled = min(WIDTH, WIDTH * self.count // max(1, self.total))
        return f"[{'#' * filled}{'.' * (WIDTH - filled)}] "

    def _write(self) -> None:
        if self.quiet:
            return
        # Over the line before, which may have been longer.
        self.stream.write(f"\r{self.line()[:ROOM]:<{ROOM}}" if self.bar else f"{self.line()}\n")
        self.stream.flush()
