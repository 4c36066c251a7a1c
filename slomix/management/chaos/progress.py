"""What a run shows while it goes on: a bar on a terminal, a line now and then elsewhere."""

import sys
import time

LINE_EVERY = 10.0
WIDTH = 24


class Progress:
    """Shows how far it is, on stderr."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.began = self.last = time.monotonic()
        self.bar = sys.stderr.isatty()

    def show(self, done: int, total: int, words: str, *, at_last: bool = False) -> None:
        """Show where it stands, not too often."""
        now = time.monotonic()
        if not at_last and now - self.last < (0.2 if self.bar else LINE_EVERY):
            return
        self.last = now
        filled = WIDTH * done // max(1, total)
        drawn = f"[{'#' * filled}{'.' * (WIDTH - filled)}] " if self.bar else ""
        text = f"{self.name}: {drawn}{done}/{total} {words}, {now - self.began:.0f} s"
        sys.stderr.write(f"\r{text:<100}" if self.bar else f"{text}\n")
        if self.bar and at_last:
            sys.stderr.write("\n")
        sys.stderr.flush()
