"""Which backups are kept: those of a day, then the newest of each of some days and weeks."""

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slomix.lib.backup.writing import NAME, SUFFIX, sum_of

OURS = re.compile(rf"(slomix-\d{{4}}-\d\d-\d\dT\d\d-\d\d-\d\dZ)(-\d+)?{re.escape(SUFFIX)}")
ALL_WITHIN = timedelta(days=1)


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the backups in a folder, the newest first; files of other names are nobody's business."""
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        if named := OURS.fullmatch(file.name):
            taken = datetime.strptime(named[1], NAME).replace(tzinfo=UTC)
            found.append((taken, int((named[2] or "-1")[1:]), file))
    return [(taken, file) for taken, _number, file in sorted(found, reverse=True)]


def kept(found: Iterable[tuple[datetime, Path]], *, days: int, weeks: int) -> set[Path]:
    """Choose those that stay, of backups with the newest first; a day up to the newest always does."""
    ordered = list(found)
    fresh = {file for taken, file in ordered if ordered[0][0] - taken < ALL_WITHIN}
    by_day = _newest_of_each(ordered, days, lambda taken: taken.date())
    by_week = _newest_of_each(ordered, weeks, lambda taken: taken.isocalendar()[:2])
    return fresh | by_day | by_week


def _newest_of_each(
    found: list[tuple[datetime, Path]], most: int, of: Callable[[datetime], Hashable]
) -> set[Path]:
    newest: dict[Hashable, Path] = {}
    for taken, file in found:
        newest.setdefault(of(taken), file)
    return set(list(newest.values())[:most])


def rotate(folder: Path, *, days: int, weeks: int) -> list[Path]:
    """Delete what is not kept, with its checksum; returns the backups that are gone."""
    found = backups(folder)
    stay = kept(found, days=days, weeks=weeks)
    gone = [file for _taken, file in found if file not in stay]
    for file in gone:
        file.unlink()
        sum_of(file).unlink(missing_ok=True)
    return gone
