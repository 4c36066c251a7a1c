"""What somebody's answer for a day is: said, away, usual, nothing, in that order. Pure.

An answer that was taken back ends what is usual on that day, too; being away it does not.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from availability.models import STANDING, Away, Change, Door, Entry, Status


@dataclass(frozen=True)
class Said:
    """An answer for one day, and where it comes from."""

    status: str
    door: str
    since: datetime
    late_until: datetime | None = None

    @property
    def explicit(self) -> bool:
        """Somebody said it about this very day."""
        return self.door not in STANDING


def of(entry: Entry | None) -> Said | None:
    """Return what a row says; a row that is not there says nothing."""
    return Said(entry.status, entry.door, entry.since, entry.late_until) if entry else None


def resolve(
    day: date,
    said: Said | None,
    *,
    away: Iterable[Away],
    usual: Mapping[int, str],
    at: datetime,
) -> Said | None:
    """Decide the answer for a day from what was said, the absences and the week.

    An answer that stands already and would be the same keeps since when it stands.
    """
    if said and said.explicit:
        return said
    found = _standing(day, away, usual)
    if found is None:
        return None
    status, door = found
    if said and (said.status, said.door) == found:
        return said
    return Said(status, door, at)


def _standing(day: date, away: Iterable[Away], usual: Mapping[int, str]) -> tuple[str, str] | None:
    if any(one.first <= day <= one.last for one in away):
        return Status.NOT_PLAYING.value, Door.AWAY.value
    status = usual.get(day.weekday())
    return (status, Door.PATTERN.value) if status else None


def taken_back(changes: Iterable[Change], undone: Collection[int] = ()) -> datetime | None:
    """Return when somebody took their answer for a day back, if that is their last word about it.

    `changes` are the person's about that day, the newest first, without those of weeks and
    absences; `undone` are numbers of changes to be looked at as if they had not been made.
    """
    ignored = set(undone)
    for change in changes:
        if change.undoes_id:
            ignored.add(change.undoes_id)
        elif change.pk not in ignored:
            said = change.after and change.after_door not in STANDING
            return None if said else change.at
    return None
