"""One's own answers: the history of an evening, what undo can take back, a month at a glance."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q, QuerySet

from availability.actions import UNDO_FOR
from availability.actions.answers import in_time
from availability.models import STANDING, Change, Entry
from slomix.lib import clock
from slomix.lib.compiled import Compiled

MOST = 60
# The days that the page shows beside the chosen one: today and four more.
SHOWN = timedelta(days=4)


def _changes() -> QuerySet[Change]:
    shown = Q(day=date.min) | Q(day__gte=date.min, day__lte=date.max)
    near = Q(at__gte=datetime.min.replace(tzinfo=UTC))
    return Change.objects.filter(shown | near, person=0).order_by("-pk")[:MOST]


def _answers() -> QuerySet[Entry, tuple[date, str, str]]:
    mine = Entry.objects.between(date.min, date.max).filter(person_id=0)
    return mine.values_list("day", "status", "door")


_CHANGES, _ANSWERS = Compiled(_changes), Compiled(_answers)


def changes(person_id: int, day: date, at: datetime) -> list[Change]:
    """Return one person's changes, newest first: those of a day and of the days near by, and what
    undo reaches everywhere.

    One query; at most 60, so that whoever taps all evening does not make the page slow.
    """
    today = clock.today(at)
    return _CHANGES.all(day, today, today + SHOWN, at - UNDO_FOR, person_id)


def answers(person_id: int, first: date, last: date) -> dict[date, tuple[str, str]]:
    """Return one person's answers from the first to the last day: the status, and its door."""
    return {day: (status, door) for day, status, door in _ANSWERS.all(first, last, person_id)}


def undoable(newest_first: Iterable[Change], at: datetime) -> set[date]:
    """Return the evenings whose last answer can be taken back at an instant. Pure."""
    last: dict[date, Change] = {}
    for change in newest_first:
        if change.door not in STANDING:
            last.setdefault(change.day, change)
    return {day for day, change in last.items() if _fresh(change, at)}


def _fresh(change: Change, at: datetime) -> bool:
    over = change.day < clock.today(at)
    return change.undoes_id is None and in_time(change, at) and not over
