"""Links that say who they are for, and that nobody can make but us."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import Handle, User

STOP = "accounts.stop"
ANSWER = "accounts.answer"
# Which links were used is remembered for a week; none lives as long.
ANSWER_LIVES = timedelta(days=6)


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


@dataclass(frozen=True)
class Answering:
    """What a link for one answer says: whose, about which evening, and its own name."""

    person: User
    day: date
    key: str
    channel: str


def answer_link(person_id: int, channel: str, day: date, at: datetime) -> str:
    """Return the address at which somebody answers one evening once, without signing in.

    It is for a chat without buttons: whoever holds it may say when the person plays, and nothing
    else. It ends with its evening, after six days, and with the channel it was sent to.
    """
    # A second later, so that a link is never older than the linking it came after.
    issued = int(at.timestamp()) + 1
    made = [person_id, channel, day.isoformat(), issued, secrets.token_urlsafe(9)]
    token = signing.dumps(made, salt=ANSWER)
    return f"{settings.FRONTEND_ORIGIN}{reverse('answer_once', args=[token])}"


def answering(token: str, at: datetime) -> Answering | None:
    """Read a link for one answer; None for one that is not ours, too old, or was sent to a channel
    that is not linked to the person any more. Whether it was used is for the verb to say."""
    try:
        person_id, channel, day, issued, key = signing.loads(token, salt=ANSWER)
    except signing.BadSignature:
        return None
    issued_at = datetime.fromtimestamp(issued, UTC)
    if at > issued_at + ANSWER_LIVES:
        return None
    handle = Handle.objects.filter(user=person_id, channel=channel, verified_at__lte=issued_at)
    if not handle.exists():
        return None
    person = User.objects.with_identity().filter(pk=person_id, is_active=True).first()
    return Answering(person, date.fromisoformat(day), key, channel) if person else None
