"""One part of the demo as a process: its group, its log, and its end."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


def start(
    argv: Sequence[str], log: Path, env: Mapping[str, str], *, append: bool
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that Ctrl-C reaches us first and alone."""
    with log.open("ab" if append else "wb") as out:
        return subprocess.Popen(  # noqa: S603  our own parts, from a literal list
            argv,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            process_group=0,
            preexec_fn=_die_with(os.getpid()) if sys.platform == "linux" else None,
        )


def _die_with(parent: int) -> "_Dying":
    return _Dying(ctypes.CDLL(None), parent)


class _Dying:
    """Asks Linux to end the child when its parent is gone, however the parent went."""

    def __init__(self, libc: ctypes.CDLL, parent: int) -> None:
        self.libc, self.parent = libc, parent

    def __call__(self) -> None:
        self.libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != self.parent:
            os._exit(1)


def end(process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> None:
    """Send a signal to a process and everything it started."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def hears_sigterm(pid: int) -> bool:
    """Say whether a process has begun to handle SIGTERM by itself; before, it would just be gone."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) & 1 << signal.SIGTERM - 1)


def identity(pid: int) -> str:
    """Return what tells this process from a later one with the same number; empty: it ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state == "Z" else started


def rotate(log: Path) -> None:
    """Begin a new log and keep the last one beside it."""
    if log.is_file() and log.stat().st_size:
        log.replace(log.with_suffix(".log.1"))


def last_words(log: Path) -> str:
    """Return the last line of a log that says something."""
    if not log.is_file():
        return ""
    lines = log.read_bytes()[-4000:].decode(errors="replace").splitlines()
    return next((line.strip()[:160] for line in reversed(lines) if line.strip()), "")
