"""The JSON door to evenings, at /api/availability."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from accounts import access, auth
from accounts.models import User
from availability import actions, asking, queries, range_of_days, shown
from availability.asking import Span, Word, refusals
from availability.feed_api import router as feeds
from availability.history import WITH_WHO, somebody_else, who
from availability.models import Change, Door, Entry
from availability.standing_api import router as standing
from slomix.lib import clock, conditional

router = Router(tags=["availability"])
router.add_router("", standing)
router.add_router("", feeds)

HISTORY = 100


class Answer(Schema):
    """What somebody says about a day: `date` as 2026-11-24, `status` one of the four.

    `from` is optional beside LOOKING and AVAILABLE: a wall time of that evening after its start,
    as 21:30, before which nobody expects them.
    """

    date: Word
    status: Word
    come_at: Word | None = Field(None, alias="from")


class Undo(asking.Body):
    """Which evening's last change is taken back; without a date, the last change of all."""

    date: Word | None = None


@router.get("/access", auth=None)
def what_i_may(request: HttpRequest) -> dict[str, Any]:
    """Say what the caller may do; visitors are told too."""
    found = access.of(request.user)
    return {
        "authenticated": found.authenticated,
        "linked_discord": found.linked,
        "can_submit": found.linked,
        "is_admin": found.admin,
        "can_promote": found.promoter,
        "website_user_id": request.user.pk,
    }


@router.get("", auth=None)
def evenings(request: HttpRequest, asked: Query[Span], include_users: bool = False) -> HttpResponse:
    """Count the answers of each day; linked people may ask for the names with `include_users`."""
    first, last = asking.span(asked, 60)
    viewer = auth.viewer(request)
    found = access.of(request.user)
    at = clock.now()
    stamp = queries.stamp_of(first, last, clock.today(at))
    made = shown.answer(
        range_of_days.numbers(first, last, stamp, at),
        range_of_days.named(first, last, stamp, at) if include_users and found.sees_names else None,
        queries.answers_of(viewer.pk, first, last) if viewer else None,
        {"authenticated": found.authenticated, "linked_discord": found.linked},
    )
    return conditional.offered(request, made.tag, made.body)


@router.post("", auth=auth.session)
def answer(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    """Answer one day, from today to 90 days ahead; the last answer counts."""
    person = auth.linked(request)
    with refusals():
        entry = actions.answer(
            person=person,
            day=asking.day(answer.date, "date"),
            status=answer.status.upper(),
            at=clock.now(),
            door=Door.API,
            come_at=actions.time_of(answer.come_at or ""),
        )
    return _done(person, entry.day, entry)


@router.delete("", auth=auth.session)
def clear(request: HttpRequest, date: str = "") -> dict[str, Any]:
    """Take the caller's answer for a day back; what is usual does not fill it again."""
    person = auth.linked(request)
    day = asking.day(date, "date")
    with refusals():
        cleared = actions.clear(person=person, day=day, at=clock.now(), door=Door.API)
    return _done(person, day, queries.answer_of(person.pk, day)) | {"cleared": cleared}


@router.post("/undo", auth=auth.session)
def undo(request: HttpRequest, which: Undo) -> dict[str, Any]:
    """Take back the caller's last change; five minutes long, and once."""
    person = auth.linked(request)
    day = asking.day(which.date, "date") if which.date is not None else None
    with refusals():
        undone = actions.undo(person=person, at=clock.now(), door=Door.API, day=day)
    return _done(person, undone.day, undone.entry)


def _done(person: User, day: date, entry: Entry | None) -> dict[str, Any]:
    return {
        "success": True,
        "user_id": auth.user_id(person),
        "date": day,
        "status": entry.status if entry else None,
        "origin": entry.door if entry else None,
        "from": _from(entry.late_until if entry else None),
    }


def _from(late_until: datetime | None) -> str | None:
    """Write the wall time from which somebody comes; None is from the start."""
    return clock.plain(late_until) if late_until else None


@router.get("/me", auth=auth.session)
def mine(request: HttpRequest, asked: Query[Span]) -> HttpResponse:
    """List the caller's own answers, and where each comes from."""
    first, last = asking.span(asked, 30)
    person = auth.person(request)
    entries = Entry.objects.between(first, last).filter(person=person).order_by("day")
    shown = {
        "user_id": auth.user_id(person),
        "from": first,
        "to": last,
        "entries": [
            {
                "date": entry.day,
                "status": entry.status,
                "origin": entry.door,
                "from": _from(entry.late_until),
                "created_at": entry.created_at,
                "updated_at": entry.since,
            }
            for entry in entries
        ],
    }
    return conditional.answer(request, shown)


@router.get("/history", auth=auth.session)
def history(request: HttpRequest, asked: Query[Span]) -> dict[str, Any]:
    """List the newest hundred changes of the caller's answers: when, through what, what to what.

    `by` names who said it for them in the admin; it is null where they were not named.
    """
    first, last = asking.span(asked, 90)
    mine = Change.objects.filter(person=auth.person(request), day__gte=first, day__lte=last)
    return {
        "from": first,
        "to": last,
        "changes": [
            {
                "at": change.at,
                "date": change.day,
                "door": change.door,
                "before": change.before or None,
                "after": change.after or None,
                "before_from": _from(change.before_late),
                "after_from": _from(change.after_late),
                "by_you": not somebody_else(change),
                "by": one.name if (one := who(change)) else None,
                "undo": change.undoes_id is not None,
            }
            for change in mine.select_related(*WITH_WHO).order_by("-pk")[:HISTORY]
        ],
    }
