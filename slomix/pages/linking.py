"""Linking: who somebody is in the game."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import actions, players
from accounts.access import PersonRequest, linked_required, signed_in
from availability import queries
from availability.board import Times
from slomix.lib import clock
from slomix.lib.show import go, show


@signed_in
@require_safe
def link(request: PersonRequest) -> HttpResponse:
    part = "found" if "q" in request.GET else "link"
    return show(request, "slomix/link.html", part, choices(request))


@signed_in
@require_POST
def choose(request: PersonRequest) -> HttpResponse:
    guid = request.POST.get("player", "")
    try:
        actions.link_player(person=request.user, guid=guid, at=clock.now())
    except actions.LinkRefused as refusal:
        context = choices(request) | {"refusal": str(refusal)}
        return show(request, "slomix/link.html", "link", context, status=400)
    return go(request, "linked")


@linked_required
@require_safe
def linked(request: PersonRequest) -> HttpResponse:
    stored = getattr(request.user, "preferences", None)
    if stored and stored.asked_at:
        messages.success(request, _("You play as %(name)s.") % {"name": request.user.name})
        return go(request, "tonight")
    return show(request, "slomix/linked.html", "linked", {"times": times_in_words()})


def choices(request: PersonRequest) -> dict[str, Any]:
    """Return what the linking page shows: suggestions, and what a search found."""
    wanted = request.GET.get("q", "").strip()[:64]
    return {
        "q": wanted,
        "short": players.too_short(wanted),
        "found": players.search(wanted),
        "suggested": players.suggestions(request.user),
    }


def times_in_words() -> dict[str, str]:
    """Return tonight's two times as people read them."""
    tonight: Times = queries.times(clock.today(clock.now()))
    return {"call": clock.wall(tonight.reminder_at), "start": clock.named(tonight.start_at)}
