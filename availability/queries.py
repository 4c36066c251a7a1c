"""Reading evenings: one query for a range of days, whatever the number of people."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Sum

from accounts import access
from accounts.models import User
from availability import board
from availability.models import Entry, Evening, Status
from slomix.lib import clock


def times(day: date) -> board.Times:
    """Return an evening's reminder, start and midnight as instants."""
    return board.Times(
        day,
        clock.instant(day, settings.REMINDER_TIME),
        clock.instant(day, settings.START_TIME),
        clock.instant(day + timedelta(days=1), time(0)),
    )


def days(first: date, last: date, *, viewer: User | None = None) -> dict[date, board.Day]:
    """Read the evenings from the first to the last for one viewer.

    Names are there only if the viewer may see them; their own answer always is.
    """
    names = viewer is not None and access.of(viewer).sees_names
    entries = Entry.objects.between(first, last).filter(person__is_active=True)
    return board.build(
        entries.with_people() if names else entries,
        first=first,
        last=last,
        viewer_id=viewer.pk if viewer else None,
        names=names,
    )


def named_days(first: date, last: date) -> dict[date, board.Day]:
    """Read the evenings with everybody's names: for the bot, which decides itself whom to name."""
    entries = Entry.objects.between(first, last).filter(person__is_active=True).with_people()
    return board.build(entries, first=first, last=last, viewer_id=None, names=True)


def counts(first: date, last: date) -> dict[date, board.Counts]:
    """Count the answers of each evening in one query; an evening nobody answered is not there."""
    found: dict[date, dict[str, int]] = {}
    entries = Entry.objects.between(first, last).filter(person__is_active=True)
    for row in entries.order_by().values("day", "status").annotate(number=Count("pk")):
        found.setdefault(row["day"], {})[row["status"]] = row["number"]
    return {
        day: board.Counts(*(numbers.get(status, 0) for status in Status.values))
        for day, numbers in found.items()
    }


def answers_of(person_id: int, first: date, last: date) -> dict[date, str]:
    """Return one person's answers from the first to the last day."""
    mine = Entry.objects.between(first, last).filter(person_id=person_id)
    return dict(mine.values_list("day", "status"))


def pulse(first: date) -> int:
    """Return a number that rises with every answer for any evening from the first on."""
    evenings = Evening.objects.filter(day__gte=first)
    return int(evenings.aggregate(total=Sum("version"))["total"] or 0)


def version(day: date) -> int:
    """Return the evening's version; it rises with every answer."""
    return Evening.objects.filter(day=day).values_list("version", flat=True).first() or 0


def answer_of(person_id: int, day: date) -> Entry | None:
    """Return one person's answer for one evening."""
    return Entry.objects.on(day).filter(person_id=person_id).first()


def horizon(at: datetime) -> tuple[date, date]:
    """Return the first and the last day that can be answered at an instant."""
    today = clock.today(at)
    return today, today + timedelta(days=90)
