"""The verbs of an evening: answer it, take the answer back."""

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import User
from availability import queries
from availability.models import Door, Entry, Evening, Status
from botworker import outbox
from slomix.lib import clock

LATE = timedelta(minutes=10)
DAY_WORDS = {"today": 0, "tonight": 0, "tomorrow": 1}
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class AnswerRefused(Exception):
    """The answer cannot be taken; `field` names what is wrong and the text how to do it right."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class NotLinked(AnswerRefused):
    """Only somebody with a Discord account and a player can answer."""


@transaction.atomic
def answer(
    *, person: User, day: date, status: str, at: datetime, door: str = Door.WEB, late: bool = False
) -> Entry:
    """Say when somebody plays: one answer per evening, the last one counts.

    `late` says the person comes ten minutes after the start. A no withdraws what is planned for
    the evening in the same transaction; any other answer brings back what a no withdrew.
    Raises NotLinked, or AnswerRefused for a day before today, a day more than 90 days ahead, and
    an unknown status.
    """
    check(person=person, day=day, at=at)
    if status not in Status.values:
        raise AnswerRefused(
            "status",
            _("“%(text)s” is not an answer. Choose looking, available, maybe or not playing.")
            % {"text": status[:40]},
        )
    before = Entry.objects.on(day).filter(person=person).first()
    entry = _store(person, day, status, at, door, late, before)
    _tell_the_ledger(person, day, status, at)
    touch(day)
    return entry


def _store(
    person: User, day: date, status: str, at: datetime, door: str, late: bool, before: Entry | None
) -> Entry:
    changed = before is None or before.status != status
    entry, _made = Entry.objects.update_or_create(
        person=person,
        day=day,
        defaults={
            "status": status,
            "door": door,
            "late_until": queries.times(day).start_at + LATE if late else None,
            "since": at if changed or before is None else before.since,
        },
    )
    return entry


def _tell_the_ledger(person: User, day: date, status: str, at: datetime) -> None:
    if status == Status.NOT_PLAYING:
        outbox.withdraw(person, day, reason=outbox.SAID_NO, at=at)
    else:
        outbox.restore(person, day, reason=outbox.SAID_NO, at=at)


@transaction.atomic
def clear(*, person: User, day: date, at: datetime) -> bool:
    """Take an answer back; return whether there was one. Raises as `answer` does.

    Nobody is reminded of an evening that they have no answer for.
    """
    check(person=person, day=day, at=at)
    gone, _rows = Entry.objects.on(day).filter(person=person).delete()
    if gone:
        outbox.withdraw(person, day, reason=outbox.SAID_NO, at=at)
        touch(day)
    return bool(gone)


def check(*, person: User, day: date, at: datetime) -> None:
    """Refuse whoever is not linked and whatever day cannot be answered."""
    if not access.of(person).linked:
        raise NotLinked("person", _("First tell us who you are in the game: link your player."))
    first, last = queries.horizon(at)
    if day < first:
        raise AnswerRefused(
            "date", _("%(day)s is over. Choose today or later.") % {"day": day.isoformat()}
        )
    if day > last:
        text = _("We plan 90 days ahead, until %(last)s. Choose an earlier day.")
        raise AnswerRefused("date", text % {"last": last.isoformat()})


def touch(day: date) -> None:
    """Raise the evening's version, so that every page and post notices."""
    if not Evening.objects.filter(day=day).update(version=F("version") + 1):
        Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
        Evening.objects.filter(day=day).update(version=F("version") + 1)


def lock(day: date) -> None:
    """Hold an evening until the caller's transaction ends, so that two verbs on it take turns."""
    Evening.objects.bulk_create([Evening(day=day)], ignore_conflicts=True)
    Evening.objects.select_for_update().get(day=day)


def stop_reminders(*, person: User, day: date, at: datetime) -> int:
    """Send no more reminders for one evening; the answer stays. Returns how many were planned."""
    return outbox.withdraw(person, day, reason=outbox.ASKED_TO_STOP, at=at)


def resume_reminders(*, person: User, day: date, at: datetime) -> int:
    """Bring back what `stop_reminders` withdrew and is still in time; returns how many."""
    return outbox.restore(person, day, reason=outbox.ASKED_TO_STOP, at=at)


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
