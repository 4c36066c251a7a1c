"""Parts that outlived a demo which was killed: found by their number and start time, and ended."""

import json
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from slomix.management.demo.process import identity

PATIENCE = 5.0


def remember(file: Path, pids: Iterable[int]) -> None:
    """Write down which processes belong to this demo; whoever reads meanwhile reads the last list."""
    new = file.with_suffix(".new")
    new.write_text(json.dumps({str(pid): identity(pid) for pid in pids}))
    new.replace(file)


def end_all(file: Path) -> list[int]:
    """End what is written down and still runs; returns the numbers of what was found."""
    try:
        written: dict[str, str] = json.loads(file.read_text())
    except (OSError, ValueError):
        return []
    found = [int(pid) for pid, who in written.items() if who and identity(int(pid)) == who]
    for number in (signal.SIGTERM, signal.SIGKILL):
        _signal(found, number)
        if _gone(found):
            break
    file.unlink(missing_ok=True)
    return found


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.killpg(pid, number)
        except (ProcessLookupError, PermissionError):
            continue


def _gone(pids: list[int]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not any(identity(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False
