"""One demo per folder, and nothing left over from one that was killed."""

import fcntl
import os
from pathlib import Path


class Running(Exception):
    """A demo is running in this folder; the text says which process and what to do."""


ELSEWHERE = "Stop it with Ctrl-C there, or play in another folder: SLOMIX_VAR=/tmp/slomix make dev"


def take(file: Path, what: str = "A demo", hint: str = ELSEWHERE) -> None:
    """Hold the folder until this process, or the one it becomes, ends. Raises Running."""
    door = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as held:
        who = os.read(door, 20).decode().strip() or "unknown"
        raise Running(
            f"{what} is running in {file.parent} already (process {who}). {hint}"
        ) from held
    os.ftruncate(door, 0)
    os.write(door, f"{os.getpid()}\n".encode())
    # The supervisor replaces this process and keeps holding.
    os.set_inheritable(door, True)
