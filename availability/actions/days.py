"""Which days can be answered, by whom, and the locks that verbs on them take."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import User
from availability import queries
from availability.models import Evening, Status
from slomix.lib import clock

LATE = timedelta(minutes=10)
DAY_WORDS = {"today": 0, "tonight": 0, "tomorrow": 1}
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WALL_TIME = re.compile(r"([0-9]{1,2})(?:[:.,]?([0-9]{2}))?")
# Who says one of these may say from when.
WITH_A_TIME = (Status.LOOKING, Status.AVAILABLE)


class AnswerRefused(Exception):
    """The answer cannot be taken; `field` names what is wrong and the text how to do it right."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class NotLinked(AnswerRefused):
    """Only somebody with a Discord account and a player can answer."""


def check(*, person: User, day: date, at: datetime) -> None:
    """Refuse whoever is not linked and whatever day cannot be answered."""
    check_linked(person)
    first, last = queries.horizon(at)
    if day < first:
        raise AnswerRefused(
            "date", _("%(day)s is over. Choose today or later.") % {"day": day.isoformat()}
        )
    if day > last:
        text = _("We plan 90 days ahead, until %(last)s. Choose an earlier day.")
        raise AnswerRefused("date", text % {"last": last.isoformat()})


def check_linked(person: User) -> None:
    """Refuse somebody without a Discord account or a player."""
    if not access.of(person).linked:
        raise NotLinked("person", _("First tell us who you are in the game: link your player."))


def hold(person_ids: Iterable[int]) -> None:
    """Let everything about these people's answers take turns until the transaction ends.

    PostgreSQL lets other rows point to them meanwhile; SQLite has one writer anyway.
    """
    people = User.objects.filter(pk__in=set(person_ids)).order_by("pk")
    list(people.select_for_update(no_key=True).values_list("pk"))


def touch(*days: date) -> None:
    """Raise the evenings' versions, so that every page and post notices."""
    if not days:
        return
    raised = Evening.objects.filter(day__in=days)
    if len(days) == 1 and raised.update(version=F("version") + 1):
        return
    Evening.objects.bulk_create([Evening(day=day) for day in days], ignore_conflicts=True)
    # Two verbs on many evenings take them in the same order.
    list(raised.select_for_update().order_by("day").values_list("pk"))
    raised.update(version=F("version") + 1)


def lock(day: date) -> None:
    """Hold an evening until the caller's transaction ends, so that two verbs on it take turns."""
    Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
    Evening.objects.select_for_update().get(day=day)


def day_of(text: str, at: datetime) -> date:
    """Read a day as people write it: today, tomorrow or 2026-11-24; AnswerRefused otherwise."""
    if text.strip().lower() in DAY_WORDS:
        return clock.today(at) + timedelta(days=DAY_WORDS[text.strip().lower()])
    try:
        if ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 2026-02-29 looks like a day and is none
    wrong = _("I do not know the day “%(text)s”. Write today, tomorrow or 2026-11-24.")
    raise AnswerRefused("date", wrong % {"text": text[:40]})


def time_of(text: str) -> time | None:
    """Read a wall time as people write it: 21:30, 21.30, 2130, 22. None for nothing.

    Raises AnswerRefused for anything else.
    """
    if not text.strip():
        return None
    found = WALL_TIME.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour < 24 and minute < 60:
        return time(hour, minute)
    wrong = _("“%(text)s” is not a time. Write it as 21:30.")
    raise AnswerRefused("from", wrong % {"text": text.strip()[:40]})


def expected_at(day: date, status: str, *, late: bool, come_at: time | None) -> datetime | None:
    """Return the moment before which nobody expects a person; None means from the start.

    Raises AnswerRefused for a time that is not after the start, or beside an answer that is no yes.
    """
    start_at = queries.times(day).start_at
    if come_at is None:
        return start_at + LATE if late else None
    if status not in WITH_A_TIME:
        text = _("A time goes with Looking or Available. Choose one of them, or leave it empty.")
        raise AnswerRefused("from", text)
    moment = clock.instant(day, come_at)
    if moment == start_at:
        return None
    if moment < start_at:
        text = _("We start at %(start)s. Write a later time, before midnight, or leave it empty.")
        raise AnswerRefused("from", text % {"start": clock.named(start_at)})
    return moment
