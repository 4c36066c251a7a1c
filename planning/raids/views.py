"""The raids' pages; what is pressed there is in `doors`."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import access
from planning.raids import looking, showing
from planning.raids.models import Raid
from planning.raids.policy import Sight, Viewer
from slomix.lib import clock
from slomix.lib.show import HtmxRequest, go, show

LIST, RAID, AWAY = (
    "planning/raids/list.html",
    "planning/raids/raid.html",
    "planning/raids/away.html",
)


@access.public
@require_safe
def raids(request: HtmxRequest) -> HttpResponse:
    viewer = looking.viewer_of(request.user)
    return _server(request, viewer, None)


@access.public
@require_safe
def of_server(request: HtmxRequest, pk: int) -> HttpResponse:
    viewer = looking.viewer_of(request.user)
    return _server(request, viewer, pk)


def _server(request: HtmxRequest, viewer: Viewer, pk: int | None) -> HttpResponse:
    at = clock.now()
    seen = looking.servers(viewer)
    guild = next((one for one in seen if pk in (None, one.pk)), None)
    if guild is None and pk is not None:
        return away(request)
    context: dict[str, Any] = {"servers": seen, "here": request.path, "guild": guild}
    if guild is None:
        return show(request, LIST, "raids", context)
    version = showing.version_for(viewer, looking.wishes_of(guild).version, at)
    if request.GET.get("seen") == version:
        # Nothing changed since the page asked last: htmx leaves it as it is.
        return HttpResponse(status=204)
    context |= showing.server(viewer, guild, at) | {"again": f"{request.path}?seen={version}"}
    return show(request, LIST, "raids", context)


@access.public
@require_safe
def raid(request: HtmxRequest, pk: int) -> HttpResponse:
    at = clock.now()
    viewer = looking.viewer_of(request.user)
    found = seen_raid(viewer, pk)
    if found is None:
        return away(request)
    here = reverse("raid", args=(pk,))
    version = showing.version_for(viewer, found.version, at)
    if request.GET.get("seen") == version:
        return HttpResponse(status=204)
    context = showing.raid(request, viewer, found, at)
    return show(request, RAID, "raid", {**context, "here": here, "again": f"{here}?seen={version}"})


def seen_raid(viewer: Viewer, pk: int) -> Raid | None:
    """Return a raid that somebody may see; None where it is not there, or not for them."""
    found = looking.raids().filter(pk=pk).first() if pk < 2**63 else None
    if found is None or looking.sight_of(viewer, found.guild) is Sight.NOTHING:
        return None
    return found


def away(request: HtmxRequest) -> HttpResponse:
    """Say the same of what is not there and of what is somebody else's, so that nobody can tell."""
    if not access.of(request.user).authenticated:
        return go(request, f"{reverse('sign_in')}?{urlencode({'next': request.path})}")
    return show(request, AWAY, "away", {}, status=404)
