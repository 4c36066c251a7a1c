"""Who is signed in, and since when."""

from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from accounts.models import User

SIGNED_IN_AT = "signed_in_at"


def remember_sign_in(request: HttpRequest, at: datetime) -> None:
    """Note in the session when its person showed who they are."""
    request.session[SIGNED_IN_AT] = at.timestamp()


def signed_in_at(request: HttpRequest) -> datetime | None:
    """Return when the session's person showed who they are; None where it is not known."""
    stamp = request.session.get(SIGNED_IN_AT)
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, (int, float)) else None


def end_all(person: User) -> int:
    """End every session of a person, on every device; returns how many there were.

    Sessions say whose they are only inside, so all that live are looked at.
    """
    mine = [
        session.session_key
        for session in Session.objects.iterator(chunk_size=500)
        if str(session.get_decoded().get(SESSION_KEY, "")) == str(person.pk)
    ]
    return Session.objects.filter(session_key__in=mine).delete()[0]
