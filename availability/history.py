"""What was changed about somebody's answers: every line of it, and what can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from accounts.models import User
from availability.actions.answers import in_time
from availability.models import STANDING, Change, Door
from slomix.lib import clock

# What is read for the newest lines; one press on a week writes up to 91 changes.
READ = 400
# What names whoever answered for somebody, in the same query.
WITH_WHO = ("by__discord", "by__link__player")
# A midnight writes the day that comes into sight then; nobody did anything.
IN_SIGHT = timedelta(days=89)


@dataclass(frozen=True)
class Step:
    """One thing that somebody did: one change, or what a week or an absence wrote at once."""

    changes: tuple[Change, ...]
    # The person can take it back now.
    can_undo: bool = False

    @property
    def newest(self) -> Change:
        """The change that the step is told by."""
        return self.changes[0]

    @property
    def days(self) -> list[date]:
        """The evenings it was about, the first one first."""
        return sorted({one.day for one in self.changes})


def of(person_id: int) -> list[Change]:
    """Read the newest changes of somebody's answers with who made them, in one query."""
    mine = Change.objects.filter(person=person_id)
    return list(mine.select_related(*WITH_WHO).order_by("-pk")[:READ])


def somebody_else(change: Change) -> bool:
    """Tell whether an admin or operator made this change, and not the person."""
    return change.door == Door.ADMIN and change.by_id != change.person_id


def who(change: Change) -> User | None:
    """Return whoever answered for the person; nobody for an operator, and for who has left since."""
    return change.by if change.by and change.by.is_active and somebody_else(change) else None


def steps(changes: Iterable[Change], at: datetime) -> list[Step]:
    """Put changes, the newest first, into steps. Pure.

    What one press on a week or an absence wrote is one step; what midnight alone wrote is none.
    """
    found: list[Step] = []
    answered: set[date] = set()
    for standing, group in groupby(changes, key=_cause):
        some = tuple(group)
        if standing:
            if not all(_came_into_sight(one) for one in some):
                found.append(Step(some))
            continue
        for change in some:
            newest = change.day not in answered
            answered.add(change.day)
            found.append(Step((change,), newest and _can_undo(change, at)))
    return found


def _cause(change: Change) -> tuple[datetime, str, str] | None:
    if change.door not in STANDING:
        return None
    return change.at, change.door, change.after


def _came_into_sight(change: Change) -> bool:
    return not change.before and change.day - clock.today(change.at) >= IN_SIGHT


def _can_undo(change: Change, at: datetime) -> bool:
    return not change.undoes_id and change.day >= clock.today(at) and in_time(change, at)
