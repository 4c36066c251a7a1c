"""Answering for somebody else: who may, and what is kept about it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import AuditEntry, User
from availability import queries
from availability.actions import answers
from availability.actions.days import AnswerRefused, hold
from availability.models import Door, Entry


class NotForOthers(AnswerRefused):
    """Only promoters and admins answer for somebody else."""


def may_answer_for_others(by: User) -> bool:
    """Tell whether somebody may answer for others: promoters and admins may."""
    found = access.of(by)
    return found.promoter or found.admin


@transaction.atomic
def answer_for(
    *,
    person: User,
    day: date,
    status: str | None,
    at: datetime,
    by: User | None,
    door: str = "admin",
) -> Entry | None:
    """Answer for somebody, or take their answer back where `status` is None; returns what holds.

    `by` is None for an operator at the machine; `door` is the audit log's, the history always says
    that it was an admin, and who. What holds already changes nothing and is not written down.
    Raises NotForOthers, and what `answer` raises.
    """
    if by is not None and not may_answer_for_others(by):
        raise NotForOthers("by", _("Only promoters and admins answer for somebody else."))
    hold([person.pk])
    before = queries.answer_of(person.pk, day)
    if status is not None:
        answers.answer(person=person, day=day, status=status, at=at, door=Door.ADMIN, by=by)
    else:
        answers.clear(person=person, day=day, at=at, door=Door.ADMIN, by=by)
    after = queries.answer_of(person.pk, day)
    if _facts(before) != _facts(after):
        AuditEntry.write(
            "answered_for",
            at=at,
            actor=by,
            subject=person,
            door=door,
            day=day.isoformat(),
            before=before.status if before else "",
            after=after.status if after else "",
        )
    return after


def _facts(entry: Entry | None) -> tuple[object, ...] | None:
    return (entry.status, entry.door, entry.late_until) if entry else None
