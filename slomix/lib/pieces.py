"""Pieces of pages that look the same to many, rendered once in each process.

A piece is made of nothing but the values that it is given and the language that is spoken, and it
is kept by exactly these: so it can be neither old nor somebody else's. Whatever is one person's
own, their answer, their rights, is a value like the others. The CSRF token is never among them: a
piece holds a mark in its place, and each answer puts its own token there.
"""

import secrets
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from slomix.lib import keep

MOST = 2048
# Nobody can write it: it is made when the process begins.
TOKEN = f"token{secrets.token_hex(24)}"


def piece(template: str, **values: Any) -> SafeString:
    """Render a template with these values and nothing else, or give what was made of the same.

    Values are equal only when they look the same: no models, which change their names and stay
    equal. Raises TypeError for what cannot be hashed.
    """
    if settings.DEBUG:
        hash(tuple(values.values()))
        return _made(template, values)  # templates are being written
    return _kept(template, get_language() or "", tuple(values.items()))


@lru_cache(maxsize=MOST)
def _kept(template: str, language: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return _made(template, dict(values))


def pieces(template: str, name: str, values: Iterable[Any]) -> SafeString:
    """Render a template once for each value, which it calls by this name: a piece each, in a row."""
    if settings.DEBUG:
        rendered = "".join(piece(template, **{name: one}) for one in values)
    else:
        language = get_language() or ""
        rendered = "".join([_kept(template, language, ((name, one),)) for one in values])
    return mark_safe(rendered)  # noqa: S308  templates' own


def _made(template: str, values: dict[str, Any]) -> SafeString:
    context = Context({**values, "csrf_token": TOKEN})
    # An engine's template: the loader's own would add what one request knows.
    rendered: SafeString = get_template(template).template.render(context)  # type: ignore[attr-defined]
    return mark_safe(rendered)  # noqa: S308  a template's own


def with_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put this request's token where the pieces of an answer left room for one."""
    room = TOKEN.encode()
    if room in response.content:
        response.content = response.content.replace(room, get_token(request).encode())
    return response


keep.forget_too(_kept.cache_clear)
