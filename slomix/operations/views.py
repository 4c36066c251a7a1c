"""The operators' page, and the one thing that is pressed on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import PersonRequest
from botworker import alarms
from slomix.lib import clock
from slomix.lib.show import show
from slomix.operations import safe, watch
from slomix.operations.guard import operator_required


@operator_required
@never_cache
@require_safe
def tonight(request: PersonRequest) -> HttpResponse:
    """Say whether tonight is safe."""
    return show(request, "operations/safe.html", "safe", safe.of(clock.now()))


@operator_required
@require_POST
def seen(request: PersonRequest) -> HttpResponse:
    """Note that an operator knows of something; it stands there until it is over."""
    at, key = clock.now(), request.POST.get("key", "")
    found = {cause.key for cause in watch.causes(at)}
    if key in found:
        # Nobody watches: what the page shows was not written down yet.
        watch.look(at)
    if alarms.see(key, at=at):
        messages.success(request, _("Noted. It stays here until it is over."))
    return redirect("operations")
