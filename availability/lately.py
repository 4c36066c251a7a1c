"""One's own answers: the history of an evening, what undo can take back, a month at a glance."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db.models import Q, QuerySet

from availability.actions import UNDO_FOR
from availability.models import STANDING, Change, Entry
from slomix.lib import clock
from slomix.lib.compiled import Compiled

MOST = 60


def _changes() -> QuerySet[Change]:
    near = Q(day=date.min) | Q(at__gte=datetime.min.replace(tzinfo=UTC))
    return Change.objects.filter(near, person=0).order_by("-pk")[:MOST]


def _answers() -> QuerySet[Entry, tuple[date, str, str]]:
    mine = Entry.objects.between(date.min, date.max).filter(person_id=0)
    return mine.values_list("day", "status", "door")


_CHANGES, _ANSWERS = Compiled(_changes), Compiled(_answers)


def changes(person_id: int, day: date, at: datetime) -> list[Change]:
    """Return one person's changes, newest first: those of a day, and all that undo still reaches.

    One query; at most 60, so that whoever taps all evening does not make the page slow.
    """
    return _CHANGES.all(day, at - UNDO_FOR, person_id)


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
    return change.undoes_id is None and change.at >= at - UNDO_FOR and not over
