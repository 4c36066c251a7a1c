"""Pages for what went wrong: in words, with a way back."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from accounts.access import public


@public
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _(
        "The page was open for too long, or cookies are switched off. Load it again, then press "
        "again. Nothing was changed."
    )
    context = {"title": _("That press is too old"), "exception": text}
    return render(request, "403.html", context, status=403)


class OffTheMap:
    """Show our own page for an unknown address with DEBUG on, too: the demo is seen by players."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        technical = settings.DEBUG and response.status_code == 404
        if technical and response.headers.get("Content-Type", "").startswith("text/html"):
            return page_not_found(request, Http404())
        return response
