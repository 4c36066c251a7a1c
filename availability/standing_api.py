"""The JSON door to what holds for many evenings: one's usual week, and being away."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from accounts import auth
from accounts.models import User
from availability import actions, asking, queries
from availability.asking import Word, refusals
from availability.models import Away
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["standing answers"])
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Week(asking.Body):
    """What somebody usually plays, by the weekday's English name; a day that is not there: nothing."""

    days: dict[Word, Word] = Field(max_length=7)


class Absence(asking.Body):
    """From which day to which somebody is away, both included."""

    start: Word = Field(alias="from")
    end: Word = Field(alias="to")


@router.get("/pattern", auth=auth.session)
def pattern(request: HttpRequest) -> dict[str, Any]:
    """Show the caller's usual week."""
    return _week(auth.person(request))


@router.post("/pattern", auth=auth.session)
def set_pattern(request: HttpRequest, week: Week) -> dict[str, Any]:
    """Replace the caller's usual week; it answers the days ahead they said nothing about."""
    person = auth.linked(request)
    unknown = sorted(set(week.days) - set(WEEKDAYS))
    if unknown:
        text = f"{unknown[0][:40]!r} is no weekday; write monday to sunday."
        raise Refused(400, text, "days")
    named = {WEEKDAYS.index(name): status.upper() for name, status in week.days.items()}
    with refusals():
        changed = actions.set_pattern(person=person, week=named, at=clock.now())
    return {"success": True, "changed": changed} | _week(person)


def _week(person: User) -> dict[str, Any]:
    usual = queries.usual(person.pk)
    return {"days": {WEEKDAYS[weekday]: status for weekday, status in sorted(usual.items())}}


@router.get("/away", auth=auth.session)
def away(request: HttpRequest) -> dict[str, Any]:
    """List the caller's absences that are not over."""
    today = clock.today(clock.now())
    return {"away": [_absence(one) for one in queries.absences(auth.person(request).pk, today)]}


@router.post("/away", auth=auth.session)
def add_away(request: HttpRequest, absence: Absence) -> dict[str, Any]:
    """Say that the caller is away; days they answered themselves keep their answer."""
    person = auth.linked(request)
    first, last = asking.day(absence.start, "from"), asking.day(absence.end, "to")
    with refusals():
        made = actions.add_away(person=person, first=first, last=last, at=clock.now())
    return {"success": True} | _absence(made)


@router.delete("/away/{absence_id}", auth=auth.session)
def end_away(request: HttpRequest, absence_id: int) -> dict[str, Any]:
    """Take an absence back; what is usual holds again."""
    person = auth.linked(request)
    with refusals():
        changed = actions.end_away(person=person, absence_id=absence_id, at=clock.now())
    return {"success": True, "id": absence_id, "changed": changed}


def _absence(one: Away) -> dict[str, Any]:
    return {"id": one.pk, "from": one.first, "to": one.last}
