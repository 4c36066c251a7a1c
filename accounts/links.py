"""Links that say who they are for, and that nobody can make but us."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User

STOP = "accounts.stop"


def stop_link(person: User) -> str:
    """Return the address at which a person stops every message without signing in.

    It has no end: saying no is never too late. Opening it changes nothing; its page has a button.
    """
    token = signing.dumps(person.pk, salt=STOP)
    return f"{settings.FRONTEND_ORIGIN}{reverse('stop', args=[token])}"


def person_of(token: str) -> User | None:
    """Return whom a stop link is for; None for one that we never made, or somebody who is gone."""
    try:
        number = signing.loads(token, salt=STOP)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=number, is_active=True).first()
