"""Who is behind a request to the JSON API."""

from typing import Any

from django.http import HttpRequest
from ninja.security import SessionAuth

from accounts import access
from accounts.models import User
from slomix.lib.errors import Refused

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Session(SessionAuth):
    """The site's own session. Unsafe methods need the CSRF token and `X-Requested-With`."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        if not isinstance(request.user, User):
            return None
        wanted = "XMLHttpRequest"
        if request.method not in SAFE and request.headers.get("X-Requested-With") != wanted:
            raise Refused(403, f"Send the header X-Requested-With: {wanted}.")
        return request.user


session = Session(csrf=True)


def viewer(request: HttpRequest) -> User | None:
    """Return the signed-in person of a route that visitors may use too."""
    return request.user if isinstance(request.user, User) else None


def person(request: HttpRequest) -> User:
    """Return the signed-in person of a route behind `session`."""
    assert isinstance(request.user, User)
    return request.user


def user_id(person: User) -> str | None:
    """Return what the API calls a person: their Discord id, as wherever names are listed."""
    return str(person.discord.discord_id) if hasattr(person, "discord") else None


def linked(request: HttpRequest) -> User:
    """Return the signed-in person, or refuse with 403 when no player is linked."""
    found = person(request)
    if not access.of(found).linked:
        raise Refused(403, "Link your player first, on the page /link/.", "person")
    return found
