"""The language that somebody chose, for the site and for whatever is said to them elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.models import Guild, Preferences, User


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
    return _offered(chosen)


def _offered(chosen: str) -> str:
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def spoken_to(person: User | None) -> str:
    """Return the language to write to somebody in: theirs, or the community's."""
    return (of(person) if person else "") or settings.LANGUAGE_CODE


def of_guild(guild: Guild) -> str:
    """Return the language that a server's channels are written in: its own, or the community's."""
    return _offered(guild.language) or settings.LANGUAGE_CODE


def by_person(numbers: Iterable[int]) -> dict[int, str]:
    """Return the language to write to each of these people in, in one query."""
    wanted = set(numbers)
    chosen = Preferences.objects.filter(user__in=wanted).values_list("user", "language")
    ours = dict.fromkeys(wanted, settings.LANGUAGE_CODE)
    return ours | {number: _offered(word) or settings.LANGUAGE_CODE for number, word in chosen}


@contextmanager
def ours() -> Iterator[None]:
    """Speak the community's language, as everything does that a channel reads. Also a decorator."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def on_discord(discord_id: int) -> str:
    """Return the language to answer a Discord account in: its person's, or the community's."""
    chosen = Preferences.objects.filter(user__discord__discord_id=discord_id)
    word = chosen.values_list("language", flat=True).first()
    return _offered(word or "") or settings.LANGUAGE_CODE
