"""How much memory each process has for itself, over time: its proportional set size."""

import re
import statistics
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.site import children

EVERY = 3.0
PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
RSS = re.compile(r"^Rss:\s+(\d+) kB", re.MULTILINE)
# What a command line tells of who it is; whoever is not here is not watched.
NAMES = {"slomix.wsgi": "web", "celery": "worker", "loading.bot": "bot", "standin": "stand-in"}
# The local Discord keeps its whole journal.
GROWS = "stand-in"


class Watched:
    """What was seen so far, by process."""

    def __init__(self, root: int) -> None:
        self.root = root
        self.seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.over = threading.Event()

    def look(self) -> None:
        """Note how much every process has."""
        for pid in descendants(self.root):
            if (name := name_of(pid)) and (told := size_of(pid)):
                self.seen[f"{name} {pid}"].append(told)

    def run(self) -> None:
        """Look again and again."""
        while not self.over.wait(EVERY):
            self.look()

    def found(self) -> list[dict[str, Any]]:
        """Say of each process what it had in the middle and at the end, in MiB."""
        return [_told(name, told) for name, told in self.seen.items() if len(told) > 1]


def _told(name: str, told: list[tuple[int, int]]) -> dict[str, Any]:
    own = [pss for pss, _rss in told]
    fifth = max(1, len(own) // 5)
    middle = statistics.mean(own[2 * fifth : 3 * fifth] or own)
    last = statistics.mean(own[-fifth:])
    minutes = EVERY * (len(own) * 0.4) / 60
    return {
        "process": name.rpartition(" ")[0],
        "pss_start": _mib(own[0]),
        "pss_middle": _mib(middle),
        "pss_end": _mib(last),
        "rss_end": _mib(told[-1][1]),
        "mib_a_minute": round((last - middle) / 1024 / minutes, 2),
        # A pool of two megabytes or a twentieth is room to breathe, not a leak.
        "flat": last <= middle * 1.05 + 2048,
    }


def _mib(kib: float) -> float:
    return round(kib / 1024, 1)


@contextmanager
def watching(root: int) -> Iterator[Watched]:
    """Watch everything that a process has started, until the block ends."""
    watched = Watched(root)
    watched.look()
    looking = threading.Thread(target=watched.run, daemon=True)
    looking.start()
    try:
        yield watched
    finally:
        watched.over.set()
        looking.join(10)


def descendants(root: int) -> list[int]:
    """Return every process below one, whoever of its threads started it."""
    found: list[int] = []
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        for child in map(int, _text(task).split()):
            found += [child, *descendants(child)]
    return found


def name_of(pid: int) -> str:
    """Return what a process is to us; empty: nothing."""
    told = _text(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")
    found = next((name for sign, name in NAMES.items() if sign in told), "")
    return "web master" if found == "web" and children(pid) else found


def size_of(pid: int) -> tuple[int, int] | None:
    """Return a process's proportional and resident size in KiB; None when it is gone."""
    told = _text(Path(f"/proc/{pid}/smaps_rollup"))
    pss, rss = PSS.search(told), RSS.search(told)
    return (int(pss[1]), int(rss[1])) if pss and rss else None


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
