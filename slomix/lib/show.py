"""A page, or the one part of it that HTMX asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails


from django.http import HttpRequest


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
    if request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request:
        return render(request, f"{template}#{part}", context)
    return render(request, template, context, status=status)
