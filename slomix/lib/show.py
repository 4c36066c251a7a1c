"""A page, or the one part of it that HTMX asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, reselect, retarget
from django_htmx.middleware import HtmxDetails

from slomix.lib import pieces


class HtmxRequest(HttpRequest):
    """A request as it comes through django-htmx's middleware."""

    htmx: HtmxDetails


def show(
    request: HtmxRequest,
    template: str,
    part: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render `template`, or `template#part` when HTMX asks. The only reader of `request.htmx`.

    A boosted or restored page is a whole page too. Answers to HTMX carry 200 even for a refused
    form, because HTMX swaps nothing on an error status.
    """
    # One token for the whole answer, put where the mark stands: each costs a hundred looks at chance.
    context = {**context, "csrf_token": pieces.TOKEN}
    if _wants_part(request):
        response = render(request, f"{template}#{part}", context)
    else:
        response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return pieces.with_token(request, response)


def refuse(request: HtmxRequest, title: str, text: str) -> HttpResponse:
    """Say what was wrong: a page with 400, or a note above the page that is already there."""
    context = {"title": title, "text": text, "back": back(request)}
    response = show(request, "slomix/refused.html", "refused", context, status=400)
    if _wants_part(request):
        response["HX-Reswap"] = "outerHTML show:#refused:top"
        return reselect(retarget(response, "#refused"), "#refused")
    return response


def go(request: HttpRequest, to: str) -> HttpResponse:
    """Send the whole page somewhere, also when HTMX asked for a part only."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(resolve_url(to))
    return redirect(to)


def back(request: HttpRequest, default: str = "/") -> str:
    """Return where a form wants to go on (`next`), if that is an address of ours."""
    wish = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if ours and wish.startswith("/") else default


def _wants_part(request: HtmxRequest) -> bool:
    asked = request.htmx
    return bool(asked) and not asked.boosted and not asked.history_restore_request
