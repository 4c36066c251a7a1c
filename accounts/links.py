"""Links that say who they are for, and that nobody can make but us."""

import base64
import secrets
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import CHANNELS, Handle, User

STOP = "accounts.stop"
# Short, because a chat shows it: person, day, second, channel, and six bytes that name the link.
FACTS = struct.Struct(">QIIB6s")
SIGNED = signing.Signer(sep=".", salt="accounts.answer", algorithm="sha256")
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
    facts = (person_id, day.toordinal(), issued, CHANNELS.index(channel), secrets.token_bytes(6))
    made = base64.urlsafe_b64encode(FACTS.pack(*facts)).decode()
    return f"{settings.FRONTEND_ORIGIN}{reverse('answer_once', args=[SIGNED.sign(made)])}"


def answering(token: str, at: datetime) -> Answering | None:
    """Read a link for one answer; None for one that is not ours, too old, or was sent to a channel
    that is not linked to the person any more. Whether it was used is for the verb to say."""
    try:
        key = SIGNED.unsign(token)
    except signing.BadSignature:
        return None
    person_id, day, issued, channel, _once = FACTS.unpack(base64.urlsafe_b64decode(key))
    issued_at = datetime.fromtimestamp(issued, UTC)
    if at > issued_at + ANSWER_LIVES:
        return None
    name = CHANNELS[channel]
    theirs = Handle.objects.filter(user=person_id, channel=name, verified_at__lte=issued_at)
    if not theirs.exists():
        return None
    person = User.objects.with_identity().filter(pk=person_id, is_active=True).first()
    return Answering(person, date.fromordinal(day), key, name) if person else None
