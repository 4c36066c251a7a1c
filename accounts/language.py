"""The language that somebody chose, for every page and answer of the site."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.models import User


class ChosenLanguage:
    """Speak the language that the person chose; for everybody else it stays the browser's.

    Stands behind Django's LocaleMiddleware, which reads the browser's wish, and behind whatever
    finds out who is signed in. It asks nothing more of the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = of(request.user) if isinstance(request.user, User) else ""
        if chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def of(person: User) -> str:
    """Return what somebody chose; empty for the browser's, and for one we do not speak."""
    preferences = getattr(person, "preferences", None)
    chosen = preferences.language if preferences else ""
    return chosen if chosen in dict(settings.LANGUAGES) else ""
