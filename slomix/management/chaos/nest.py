"""The supervisor's side of the nest: orders out, news in."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from slomix.management.demo import process

READY_WITHIN = 60.0


class Nest:
    """A nest of drains, ended with its block."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        self.folder = folder
        self.log = folder / "nest.log"
        self.news: queue.Queue[dict[str, Any]] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "slomix.management.chaos.drain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log.open("wb"),
            env=dict(env),
            process_group=0,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> "Nest":
        self.first = self.news.get(timeout=READY_WITHIN)
        if self.first["event"] != "ready":
            raise RuntimeError(f"the nest did not start; {process.last_words(self.log)}")
        return self

    def __exit__(self, *_args: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            process.end(self._process, 9)
            self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.news.put(json.loads(line))
        self.news.put({"event": "gone"})

    def order(self, **what: Any) -> None:
        """Send one order."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()

    def start(self, name: str, part: str, **how: Any) -> None:
        """Begin a life; all lives of a name write one log."""
        log = str(self.folder / f"{name}.log")
        self.order(do="start", name=name, part=part, log=log, **how)

    def signal(self, name: str, number: int) -> None:
        """Send a signal to a life of ours, and to nothing else."""
        self.order(do="signal", name=name, number=int(number))

    def heard(self) -> Iterator[dict[str, Any]]:
        """Give the news since the last time."""
        while True:
            try:
                yield self.news.get_nowait()
            except queue.Empty:
                return
