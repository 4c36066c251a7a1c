"""Every address of the resolver, filled in, and what each role gets there."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts import actions
from accounts.models import User
from promotions import actions as calls
from tests import make
from tests.cast import TONIGHT

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROLES = ("anonymous", "unlinked", "linked", "other", "promoter", "admin")
AJAX = {"X-Requested-With": "XMLHttpRequest"}


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every pattern of the resolver with its view; some stand there twice."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def cast(club: Any) -> dict[str, User | None]:
    """Return who plays which role. Bor is the one whose things are asked for."""
    admin = make.person("Admin")
    actions.grant(person=admin, role="admin", by=None, at=TONIGHT)
    return {
        "anonymous": None,
        "unlinked": club.cene,
        "linked": club.bor,
        "other": make.person("Dora"),
        "promoter": club.ana,
        "admin": User.objects.get(pk=admin.pk),
    }


def call_of(club: Any) -> int:
    """Make a call, so that there is one to look at."""
    make.entry(club.bor)
    return calls.promote(
        promoter=club.ana,
        include_available=False,
        include_maybe=False,
        dry_run=False,
        at=TONIGHT,
    ).pk


def answer(who: User | None, method: str, path: str) -> int:
    """Ask for an address as somebody; whatever that changed is undone."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if who:
            client.force_login(who)
        body: dict[str, Any] = {}
        if method != "GET" and path.startswith(("/api/", "/auth/")):
            body = {"data": "{}", "content_type": "application/json"}
        status = int(getattr(client, method.lower())(path, headers=AJAX, **body).status_code)
        transaction.set_rollback(True)
    return status
