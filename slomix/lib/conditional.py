"""Answers of the JSON API that a client may keep, and ask about: ETag and 304."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """Answer with data, or with 304 when the caller has the same already (RFC 9110, 13.1.2)."""
    return tagged(request, JsonResponse(data))


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give an answer the tag of its content; nothing of it is kept without asking again."""
    tag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    found = get_conditional_response(request, etag=tag, response=_labelled(request, response, tag))
    assert found is not None  # the response itself, where nothing else is right
    return found


def offered(request: HttpRequest, tag: str, body: Callable[[], bytes]) -> HttpResponse:
    """Answer with JSON whose tag is known before it is made: it is made only where it is wanted."""
    quoted = quote_etag(tag)
    kept = get_conditional_response(request, etag=quoted)
    response = kept or HttpResponse(body(), content_type="application/json")
    return _labelled(request, response, quoted)


def _labelled(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers.setdefault(
        "Cache-Control",
        "no-store" if settings.SESSION_COOKIE_NAME in request.COOKIES else "no-cache",
    )
    return response
