"""The JSON door to evenings, at /api/availability."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from accounts import access, auth
from accounts.models import User
from availability import actions, queries
from availability.actions import AnswerRefused, NotLinked
from availability.board import Day
from availability.models import Door, Entry, Status
from availability.quorum import Quorum
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["availability"])
LONGEST_RANGE = 180
Word = Annotated[str, StringConstraints(strict=True, max_length=64)]


class Answer(Schema):
    """What somebody says about a day: `date` as 2026-11-24, `status` one of the four."""

    date: Word
    status: Word


class Span(Schema):
    """The days that are asked for: from and to, both included."""

    start: str | None = Field(None, alias="from")
    end: str | None = Field(None, alias="to")


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the verbs' refusals into answers of the API."""
    try:
        yield
    except NotLinked as refused:
        raise Refused(403, str(refused), refused.field) from refused
    except AnswerRefused as refused:
        raise Refused(400, str(refused), refused.field) from refused


def _day(text: str | None, field: str, default: date) -> date:
    if not text:
        return default
    if not actions.ISO_DAY.fullmatch(text):
        raise Refused(422, f"{field} is {text[:40]!r}; write it as 2026-11-24.", field)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(422, f"{field} is {text!r}; there is no such day.", field) from None


def _range(span: Span, days: int) -> tuple[date, date]:
    first = _day(span.start, "from", clock.today(clock.now()))
    # 9999-12-31 plus sixty days is no date.
    last = _day(span.end, "to", min(first, date.max - timedelta(days)) + timedelta(days=days))
    if first > last:
        raise Refused(400, "from is after to; swap them.", "from")
    if (last - first).days + 1 > LONGEST_RANGE:
        raise Refused(400, f"Ask for {LONGEST_RANGE} days at most.", "to")
    return first, last


@router.get("/access", auth=None)
def what_i_may(request: HttpRequest) -> dict[str, Any]:
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
def evenings(
    request: HttpRequest,
    span: Query[Span],
    include_users: bool = False,
) -> dict[str, Any]:
    first, last = _range(span, 60)
    viewer = auth.viewer(request)
    found = access.of(request.user)
    days = queries.days(first, last, viewer=viewer)
    return {
        "from": first,
        "to": last,
        "statuses": Status.values,
        "days": [
            _evening(day, viewer, include_users and found.sees_names) for day in days.values()
        ],
        "viewer": {"authenticated": found.authenticated, "linked_discord": found.linked},
        "session_ready": _session_ready(days),
    }


def _evening(day: Day, viewer: User | None, users: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "date": day.day,
        "counts": day.counts.by_status(),
        "total": day.counts.total,
    }
    if viewer:
        shown["my_status"] = day.mine.status if day.mine else None
    if users:
        shown["users_by_status"] = {
            status: [_user(entry) for entry in reversed(day.named(status))]
            for status in Status.values
        }
    return shown


def _user(entry: Entry) -> dict[str, str]:
    return {"user_id": str(entry.person.discord.discord_id), "display_name": entry.person.name}


def _session_ready(days: dict[date, Day]) -> dict[str, Any]:
    today = clock.today(clock.now())
    evening = days.get(today) or queries.days(today, today)[today]
    quorum = Quorum(evening.counts.looking, settings.READY_THRESHOLD)
    return {
        "date": today,
        "ready": quorum.ready,
        "looking_count": quorum.looking,
        "threshold": quorum.threshold,
        "event_key": f"SESSION_READY:{today}:threshold={quorum.threshold}",
    }


@router.post("", auth=auth.session)
def answer(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    person = auth.linked(request)
    now = clock.now()
    with refusals():
        if not actions.ISO_DAY.fullmatch(answer.date):
            raise AnswerRefused("date", f"{answer.date!r} is not a day; write it as 2026-11-24.")
        day = actions.day_of(answer.date, now)
        entry = actions.answer(
            person=person, day=day, status=answer.status.upper(), at=now, door=Door.API
        )
    return {
        "success": True,
        "user_id": str(person.discord.discord_id),
        "date": entry.day,
        "status": entry.status,
    }


@router.get("/me", auth=auth.session)
def mine(request: HttpRequest, span: Query[Span]) -> dict[str, Any]:
    first, last = _range(span, 30)
    person = auth.person(request)
    entries = Entry.objects.between(first, last).filter(person=person).order_by("day")
    return {
        "user_id": person.pk,
        "from": first,
        "to": last,
        "entries": [
            {
                "date": entry.day,
                "status": entry.status,
                "created_at": entry.created_at,
                "updated_at": entry.since,
            }
            for entry in entries
        ],
    }
