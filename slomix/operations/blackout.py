"""A database that does not answer, told without it: the claim is a file in the variable folder.

Whichever process of this machine makes the file tells; whichever takes it away tells that it is over.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

CODE = "database.down"


def _file() -> Path:
    found: Path = settings.VAR_DIR / "database-down"
    return found


def begin(since: datetime) -> bool:
    """Say whether it is ours to tell that the database is down since then."""
    try:
        line = os.open(_file(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(line, "w") as kept:
        kept.write(since.isoformat())
    return True


def end() -> datetime | None:
    """Return since when it was down, if it is ours to tell that it is over; else None."""
    file = _file()
    if not file.exists():
        return None
    mine = file.with_suffix(f".{os.getpid()}")
    try:
        file.rename(mine)
    except FileNotFoundError:
        return None  # another process of ours was quicker
    said = mine.read_text().strip()
    mine.unlink()
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        # It was written down to the disk that had no room.
        return datetime.now(UTC)
