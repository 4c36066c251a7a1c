"""One evening: answer it, take the answer back, undo the last change."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from availability import queries, resolve
from availability.actions import standing
from availability.actions.days import AnswerRefused, check, expected_at, hold
from availability.actions.writing import Turn, write
from availability.models import STANDING, Change, Door, Entry, Status
from availability.resolve import Said
from botworker import outbox

UNDO_FOR = timedelta(minutes=5)


class NothingToUndo(AnswerRefused):
    """The last change is undone already, too long ago, or there is none."""


@dataclass(frozen=True)
class Undone:
    """Which evening an undo was about, and the answer that holds there again."""

    day: date
    entry: Entry | None


@transaction.atomic
def answer(
    *,
    person: User,
    day: date,
    status: str,
    at: datetime,
    door: str = Door.WEB,
    late: bool = False,
    come_at: time | None = None,
    by: User | None = None,
) -> Entry:
    """Say when somebody plays: one answer per evening, the last one counts.

    `late` says the person comes ten minutes after the start, `come_at` names the wall time of that
    evening they come at; without either they are there from the start. `by` is who said it for
    them. A no withdraws what is planned for the evening in the same transaction; any other answer
    brings back what a no withdrew. Saying the same again changes nothing. Raises NotLinked, or
    AnswerRefused for a day before today, a day more than 90 days ahead, an unknown status, and a
    time that is not after the start or stands beside anything but LOOKING and AVAILABLE.
    """
    check(person=person, day=day, at=at)
    if status not in Status.values:
        raise AnswerRefused(
            "status",
            _("“%(text)s” is not an answer. Choose looking, available, maybe or not playing.")
            % {"text": status[:40]},
        )
    hold([person.pk])
    before = resolve.of(queries.answer_of(person.pk, day))
    late_until = expected_at(day, status, late=late, come_at=come_at)
    after = _said(before, str(status), str(door), late_until, at)
    write(person, Turn(person.pk, day, before, after), at=at, door=door, by=by)
    return Entry.objects.get(person=person, day=day)


def _said(
    before: Said | None, status: str, door: str, late_until: datetime | None, at: datetime
) -> Said:
    if before is None or before.status != status:
        return Said(status, door, at, late_until)
    # Saying the same again is no news about where it was said first; saying aloud what only
    # stands in the week is.
    kept = before.door if before.explicit else door
    return Said(status, kept, before.since, late_until)


@transaction.atomic
def clear(
    *, person: User, day: date, at: datetime, door: str = Door.WEB, by: User | None = None
) -> bool:
    """Take somebody's answer for a day back; return whether there was one. Raises as `answer` does.

    What is usual ends for that day as well, and an absence goes on; nobody is reminded of an
    evening that they have no answer for.
    """
    check(person=person, day=day, at=at)
    hold([person.pk])
    before = resolve.of(queries.answer_of(person.pk, day))
    if before is None or before.door == Door.AWAY:
        return False
    after = standing.of_day(person.pk, day, at, week=False)
    write(person, Turn(person.pk, day, before, after), at=at, door=door, by=by)
    return True


@transaction.atomic
def undo(
    *,
    person: User,
    at: datetime,
    door: str = Door.WEB,
    day: date | None = None,
    change_id: int | None = None,
) -> Undone:
    """Take back a person's last change, or their last one of `day`, as if it had not been made.

    It works for five minutes and once: a second press undoes nothing more. What an admin said for
    them about `day` can be taken back as long as the day can be answered. `change_id` names the change that
    is meant, where it was shown; another one is left alone. The ledger follows as with any answer.
    Raises NothingToUndo, and what `answer` raises for a day that is over.
    """
    hold([person.pk])
    last = _last_change(person, day)
    if last is not None and change_id is not None and last.pk != change_id:
        raise NothingToUndo("", _("You have answered anew since. Choose an answer instead."))
    if last is None or (last.at < at - UNDO_FOR and (day is None or not in_time(last, at))):
        raise NothingToUndo("", _("There is nothing to undo. Choose an answer instead."))
    if last.undoes_id:
        raise NothingToUndo("", _("That is undone already. Choose an answer instead."))
    check(person=person, day=last.day, at=at)
    before = resolve.of(queries.answer_of(person.pk, last.day))
    after = _as_it_was(last) or standing.of_day(person.pk, last.day, at, undone=last.pk)
    turn = Turn(person.pk, last.day, before, after)
    write(person, turn, at=at, door=door, undoes=last)
    return Undone(last.day, queries.answer_of(person.pk, last.day))


def in_time(change: Change, at: datetime) -> bool:
    """Tell whether a change is new enough to be undone; nobody watches what an admin does."""
    return change.door == Door.ADMIN or change.at >= at - UNDO_FOR


def _last_change(person: User, day: date | None) -> Change | None:
    changes = Change.objects.filter(person=person).exclude(door__in=STANDING)
    return (changes.filter(day=day) if day else changes).order_by("-pk").first()


def _as_it_was(change: Change) -> Said | None:
    """Return what somebody had said before; weeks and absences are looked at anew."""
    if not change.before or change.before_door in STANDING or change.before_since is None:
        return None
    return Said(change.before, change.before_door, change.before_since, change.before_late)


def stop_reminders(*, person: User, day: date, at: datetime) -> int:
    """Send no more reminders for one evening; the answer stays. Returns how many were planned."""
    return outbox.withdraw(person, day, reason=outbox.ASKED_TO_STOP, at=at)


def resume_reminders(*, person: User, day: date, at: datetime) -> int:
    """Bring back what `stop_reminders` withdrew and is still in time; returns how many."""
    return outbox.restore(person, day, reason=outbox.ASKED_TO_STOP, at=at)
