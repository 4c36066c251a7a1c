"""Answers of the JSON API that a client may keep, and ask about: ETag and 304."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """Answer with data, or with 304 when the caller has the same already (RFC 9110, 13.1.2)."""
    return tagged(request, JsonResponse(data))


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give an answer the tag of its content; nothing of it is kept without asking again."""
    tag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = tag
    response.headers.setdefault(
        "Cache-Control", "no-store" if "sessionid" in request.COOKIES else "no-cache"
    )
    found = get_conditional_response(request, etag=tag, response=response)
    assert found is not None  # the response itself, where nothing else is right
    return found
