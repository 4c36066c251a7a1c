"""The planning room's pages; what is pressed there is in `doors`."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from django_htmx.http import reselect, retarget

from accounts import access
from accounts.access import PersonRequest
from planning.rooms import showing, showing_draft
from planning.rooms.models import Room
from slomix.lib import clock
from slomix.lib.show import HtmxRequest, show

ROOM, DRAFT = "planning/room.html", "planning/draft.html"


@access.public
@require_safe
def tonight(request: HtmxRequest) -> HttpResponse:
    return _room(request, clock.today(clock.now()))


@access.public
@require_safe
def of_day(request: HtmxRequest, day: date) -> HttpResponse:
    if day == clock.today(clock.now()):
        return redirect("room")
    if not Room.objects.on(day).exists():
        raise Http404
    return _room(request, day)


def _room(request: HtmxRequest, day: date) -> HttpResponse:
    at = clock.now()
    version = showing.version_for(request, day, at)
    if request.GET.get("seen") == version:
        # Nothing changed since the page asked last: htmx leaves it as it is.
        return HttpResponse(status=204)
    return show(request, ROOM, "planning", showing.page(request, day, version, at))


def fresh_room(request: PersonRequest, why: str) -> HttpResponse:
    """Show tonight's room as it is now, and why a press on an older state was not done."""
    at = clock.now()
    day = clock.today(at)
    version = showing.version_for(request, day, at)
    context = showing.page(request, day, version, at)
    return show(request, ROOM, "planning", {**context, "stale": why}, status=409)


@access.linked_required
@require_safe
def draft(request: PersonRequest) -> HttpResponse:
    at = clock.now()
    tick = showing_draft.tick(request.user, at)
    if request.GET.get("seen") != tick.version:
        return show(request, DRAFT, "drafting", showing_draft.page(request.user, tick, at))
    if not tick.watch:
        return HttpResponse(status=204)
    # Nothing but the time went on, so nothing else of the page is touched.
    clocked = show(request, "planning/watch.html", "watch", {"watch": tick.watch})
    return reselect(retarget(clocked, "#watch"), "#watch")


def fresh_draft(request: PersonRequest, why: str) -> HttpResponse:
    """Show the draft as it is now, and why a press on an older state was not done."""
    at = clock.now()
    tick = showing_draft.tick(request.user, at)
    context: dict[str, Any] = {**showing_draft.page(request.user, tick, at), "stale": why}
    return show(request, DRAFT, "drafting", context, status=409)
