"""Stopping every message from a link, without signing in."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import links
from accounts.access import public
from slomix import person as people
from slomix.lib import clock
from slomix.lib.show import HtmxRequest, refuse, show


@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HtmxRequest, token: str) -> HttpResponse:
    """Show the button, or do what it says.

    Mail and chat scanners open every link, so opening it changes nothing.
    """
    person = links.person_of(token)
    if person is None:
        text = _(
            "It is not one of ours, or you have left. Under You everything can be switched off."
        )
        return refuse(request, _("This link does nothing"), text)
    if request.method == "POST":
        people.stop_everything(person=person, at=clock.now(), door="link")
    return show(request, "slomix/stop.html", "stop", {"done": request.method == "POST"})
