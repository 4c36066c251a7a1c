"""Reading evenings: one query for a range of days, whatever the number of people."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, Sum

from accounts import access
from accounts.models import User
from availability import board
from availability.models import Away, Entry, Evening, Status, Usual
from slomix.lib import clock

# By day and status: the numbers of people.
Said = dict[date, dict[str, list[int]]]
# Number, Discord id, name.
People = tuple[tuple[int, str, str], ...]
Stamp = tuple[int, ...]
# What people are called, as `User.name` has it: the first that is not empty.
CALLED = (
    *("display_name", "link__player__name", "discord__display_name", "discord__username"),
    "username",
)
# Written out: what is asked with every request costs more in the making than in the answering.
STAMP = """
SELECT (SELECT COALESCE(SUM(version), 0) FROM availability_evenings
        WHERE day BETWEEN %s AND %s OR day = %s),
       COUNT(*), COALESCE(SUM(id), 0) FROM website_users WHERE NOT is_active
"""


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


def counts(first: date, last: date, *, also: date | None = None) -> dict[date, board.Counts]:
    """Count the answers of each evening, and of one more if wanted, in one query.

    An evening nobody answered is not there.
    """
    wanted = Q(day__gte=first, day__lte=last)
    if also is not None:
        wanted |= Q(day=also)
    found: dict[date, dict[str, int]] = {}
    entries = Entry.objects.filter(wanted, person__is_active=True)
    for row in entries.order_by().values("day", "status").annotate(number=Count("pk")):
        found.setdefault(row["day"], {})[row["status"]] = row["number"]
    return {
        day: board.Counts(*(numbers.get(status, 0) for status in Status.values))
        for day, numbers in found.items()
    }


def said(first: date, last: date) -> Said:
    """Return who answered what on each evening, the newest answer first."""
    found: Said = {}
    entries = Entry.objects.between(first, last).filter(person__is_active=True)
    rows = entries.order_by("-since", "-pk").values_list("day", "status", "person_id")
    for day, status, who in rows:
        found.setdefault(day, {}).setdefault(status, []).append(who)
    return found


def people(numbers: Collection[int]) -> People:
    """Return what these people are called, for those who may see names, in the order of numbers.

    Whoever has no Discord account, or may not sign in any more, is not there.
    """
    # Plain values: two hundred people made whole would cost more than everything else here.
    known = User.objects.filter(pk__in=numbers, discord__isnull=False, is_active=True)
    rows = known.order_by("pk").values_list("pk", "discord__discord_id", *CALLED)
    return tuple((row[0], str(row[1]), next(name for name in row[2:] if name)) for row in rows)


def stamp(first: date, last: date, also: date) -> Stamp:
    """Return what changes whenever the answers of these days do, in one cheap query.

    That is the evenings' versions, and who may not sign in any more: their answers do not count.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP, [first, last, also])
        return tuple(cursor.fetchone())


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


def usual(person_id: int) -> dict[int, str]:
    """Return what somebody usually plays, by weekday (0 is Monday)."""
    return dict(Usual.objects.filter(person_id=person_id).values_list("weekday", "status"))


def absences(person_id: int, first: date) -> list[Away]:
    """Return when somebody is away, from the first day on, the next one first."""
    return list(Away.objects.filter(person_id=person_id, last__gte=first).order_by("first", "pk"))


def horizon(at: datetime) -> tuple[date, date]:
    """Return the first and the last day that can be answered at an instant."""
    today = clock.today(at)
    return today, today + timedelta(days=90)
