"""One's own answers: the history of an evening, what undo can take back, a month at a glance."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from availability.actions import UNDO_FOR
from availability.models import STANDING, Change, Entry
from slomix.lib import clock

MOST = 60


def changes(person_id: int, day: date, at: datetime) -> list[Change]:
    """Return one person's changes, newest first: those of a day, and all that undo still reaches.

    One query; at most 60, so that whoever taps all evening does not make the page slow.
    """
    near = Q(day=day) | Q(at__gte=at - UNDO_FOR)
    found = Change.objects.filter(near, person=person_id).order_by("-pk")
    return list(found[:MOST])


def answers(person_id: int, first: date, last: date) -> dict[date, tuple[str, str]]:
    """Return one person's answers from the first to the last day: the status, and its door."""
    mine = Entry.objects.between(first, last).filter(person_id=person_id)
    return {day: (status, door) for day, status, door in mine.values_list("day", "status", "door")}


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
