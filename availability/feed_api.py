"""The JSON door to one's calendar subscriptions."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import StrictInt

from accounts import auth
from availability import actions, asking, feeds
from availability.actions.feeds import set_lead
from availability.asking import Word, refusals
from availability.models import Feed
from slomix.lib import clock
from slomix.lib.errors import Refused

router = Router(tags=["calendar"])


class CalendarWish(asking.Body):
    """Which calendar, personal or community, and how many minutes before the start it rings."""

    kind: Word
    lead_minutes: StrictInt | None = actions.DEFAULT_LEAD


class Ring(asking.Body):
    """How many minutes before the start a calendar rings; null for never."""

    lead_minutes: StrictInt | None


@router.get("/calendar", auth=auth.session)
def calendars(request: HttpRequest) -> dict[str, Any]:
    """List the caller's calendars; their addresses are kept nowhere."""
    mine = Feed.objects.filter(person=auth.person(request)).order_by("kind")
    return {
        "calendars": [
            {"kind": one.kind, "made_at": one.made_at, "lead_minutes": one.lead_minutes}
            for one in mine
        ]
    }


@router.post("/calendar", auth=auth.session)
def make(request: HttpRequest, wanted: CalendarWish) -> dict[str, Any]:
    """Make a calendar's address, shown this once; the one before reads nothing any more."""
    person = auth.linked(request)
    with refusals():
        token = actions.make_feed(
            person=person, kind=wanted.kind, at=clock.now(), lead_minutes=wanted.lead_minutes
        )
    return {
        "success": True,
        "kind": wanted.kind,
        "url": feeds.address(token),
        "webcal_url": feeds.webcal(token),
    }


@router.patch("/calendar/{kind}", auth=auth.session)
def ring(request: HttpRequest, kind: str, wanted: Ring) -> dict[str, Any]:
    """Let a calendar ring at another time; its address stays."""
    person = auth.linked(request)
    with refusals():
        there = set_lead(person=person, kind=kind, lead_minutes=wanted.lead_minutes)
    if not there:
        raise Refused(404, "There is no such calendar; make one first.", "kind")
    return {"success": True, "kind": kind, "lead_minutes": wanted.lead_minutes}


@router.delete("/calendar/{kind}", auth=auth.session)
def revoke(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Revoke a calendar's address; works as often as it is asked."""
    if kind not in Feed.Kind.values:
        raise Refused(400, "kind is personal or community.", "kind")
    gone = actions.revoke_feed(person=auth.person(request), kind=kind)
    return {"success": True, "kind": kind, "revoked": gone}
