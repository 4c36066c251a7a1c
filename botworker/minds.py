"""Changing one's mind: what a person's own word does to what is still to be said to them.

Each raises the fence, so no request starts after the caller's commit on what was decided before.
Reached through `outbox`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from botworker import conditions
from botworker.models import DEAD, WAITING, Delivery, State

# The word to the missing: the one kind that is put off by saying "I'm in".
FOLLOW_UP = "follow_up"
# Why somebody is not asked after the start: the time they named is after the check.
COMES_LATER = conditions.COMES_LATER


@transaction.atomic
def withdraw(person: User, evening: date, *, reason: str, at: datetime) -> int:
    """Take back what is still to be said to a person about an evening; returns how many rows.

    The fence rises, so no request starts after the caller's commit. One that is under way may
    still land; if nobody knows whether it did, it is read back and never sent again.
    """
    return _take(evening_rows(person, evening), reason, at)


@transaction.atomic
def take_back(
    event_keys: Iterable[str], people: Iterable[int], *, reason: str, at: datetime
) -> int:
    """The same for some events without an evening, such as a raid's, and some people by number."""
    named = Delivery.objects.filter(event_key__in=list(event_keys), person__in=set(people))
    return _take(named, reason, at)


def _take(open_rows: QuerySet[Delivery], reason: str, at: datetime) -> int:
    hold(open_rows)
    taken = open_rows.filter(state__in=(*WAITING, State.LEASED)).update(
        state=State.WITHDRAWN,
        reason=reason,
        fence=F("fence") + 1,
        lease_owner="",
        lease_until=None,
        settled_at=at,
    )
    open_rows.filter(state__in=(State.SENDING, State.UNKNOWN)).update(reason=reason)
    return taken


def hold(rows: QuerySet[Delivery]) -> None:
    """Lock some rows until the transaction ends: between two updates of ours a drain could move a
    row from the states of the second into those of the first. (SQLite is alone anyway.)"""
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def restore(person: User, evening: date, *, reason: str, at: datetime) -> int:
    """Bring back what `withdraw` took for the same reason and is still in time; returns how many."""
    return _give_back(evening_rows(person, evening), reason, at, released=False)


@transaction.atomic
def bring_back(
    event_keys: Iterable[str], people: Iterable[int], *, reason: str, at: datetime
) -> int:
    """Bring back what `take_back` took for the same reason and is still in time; returns how many.

    No job releases them: they can be claimed when they are due.
    """
    named = Delivery.objects.filter(event_key__in=list(event_keys), person__in=set(people))
    return _give_back(named, reason, at, released=True)


def _give_back(rows: QuerySet[Delivery], reason: str, at: datetime, *, released: bool) -> int:
    rows.filter(state__in=(State.SENDING, State.UNKNOWN), reason=reason).update(reason="")
    back = 0
    for row in rows.filter(state=State.WITHDRAWN, reason=reason, deadline_at__gt=at):
        held = Delivery.objects.filter(event_key=row.event_key, recipient=row.recipient)
        if held.exclude(state__in=DEAD).exists():
            continue
        # A row that was released before stays so; an overdue planned one is released by a drain.
        state = State.SCHEDULED if released or row.released_by else State.PLANNED
        back += rows.filter(pk=row.pk, state=State.WITHDRAWN).update(
            state=state, reason="", fence=F("fence") + 1, settled_at=None
        )
    return back


@transaction.atomic
def postpone(person: User, evening: date, until: datetime, *, at: datetime) -> int:
    """Ask a person nothing about an evening before `until`: they said that they come.

    Only the word to the missing waits; reminder and start are as they were. It is due at `until`
    (never earlier than it was, so a second press does not bring it forward), and where that is
    past its deadline nobody is asked at all. A question that was put already is not taken back; that
    they answered it is noted, for the summary, and for the case that it did not arrive. Returns how
    many rows wait longer now.
    """
    rows = evening_rows(person, evening).filter(kind=FOLLOW_UP)
    hold(rows)
    moved = 0
    for row in rows.exclude(state__in=(*DEAD, State.UNCONFIRMED)):
        if row.state not in (*WAITING, State.LEASED):
            rows.filter(pk=row.pk).update(extras=conditions.coming(row.extras, until))
        elif until > row.due_at:
            moved += _wait(row, until) if until < row.deadline_at else _spare(row, at)
    return moved


def _spare(row: Delivery, at: datetime) -> int:
    return Delivery.objects.filter(pk=row.pk).update(
        state=State.SUPPRESSED,
        reason=COMES_LATER,
        fence=F("fence") + 1,
        lease_owner="",
        lease_until=None,
        settled_at=at,
    )


def _wait(row: Delivery, until: datetime) -> int:
    changes: dict[str, object] = {"next_at": max(until, row.next_at), "fence": F("fence") + 1}
    if not row.tries.exists():  # its tries were in time by the time it had then
        changes["due_at"] = until
    if row.state == State.LEASED:
        changes |= {"state": State.SCHEDULED, "lease_owner": "", "lease_until": None}
    return Delivery.objects.filter(pk=row.pk).update(**changes)


def evening_rows(person: User, evening: date) -> QuerySet[Delivery]:
    """Return everything said or to be said to a person about an evening."""
    return Delivery.objects.filter(person=person, evening=evening)


def planned_for(person: User, evening: date) -> int:
    """Count what will still be said to a person about an evening.

    The word to the missing is not among it: who comes never hears it.
    """
    waiting = evening_rows(person, evening).filter(state__in=(*WAITING, State.LEASED))
    return waiting.exclude(kind=FOLLOW_UP).count()
