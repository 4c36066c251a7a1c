"""Linking Telegram and Signal, and knowing whether they work.

A code is issued to a person on the site and sent *from* the account to be linked; only that
message proves the address. Whoever calls `redeem` has heard the message itself.
"""

import hashlib
import re
import secrets
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import access, reach, vault
from accounts.actions import wishes
from accounts.models import AuditEntry, Handle, HandleChannel, LinkToken, User

SHORTEST_TTL = timedelta(minutes=5)
TOKEN_BYTES = 16  # 128 random bits
# What Telegram and Signal call an account. Nothing else becomes an address: no "@name", no "-u".
ADDRESS = {
    "telegram": re.compile(r"[1-9][0-9]{0,18}"),
    "signal": re.compile(r"\+[1-9][0-9]{6,14}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
# A refusal of these is lifted by a message that arrives; only the person lifts STOP.
LIFTED_BY_WORKING = (Handle.Off.BLOCKED, Handle.Off.GONE)


class HandleRefused(Exception):
    """A channel cannot be linked; the text says why and what to do."""


class TooSoon(HandleRefused):
    """The last code was issued a moment ago; `seconds` says when to ask again."""

    def __init__(self, text: str, seconds: int) -> None:
        super().__init__(text)
        self.seconds = seconds


class CodeRefused(HandleRefused):
    """The code is unknown, used or too old; which of them is not told."""


class AddressTaken(HandleRefused):
    """The address is linked to somebody; to whom is not told."""


@dataclass(frozen=True)
class Issued:
    """A code, to be shown once to whom it was issued."""

    token: str
    expires_at: datetime


@transaction.atomic
def issue_token(
    *, person: User, channel: str, at: datetime, lives: timedelta | None = None
) -> Issued:
    """Make a code for a person and a channel; an older one is void, a working link stays.

    `lives` may shorten what the settings allow, never below five minutes. Raises HandleRefused for
    somebody without a player or a channel that is not set up, TooSoon within the interval.
    """
    if channel not in reach.set_up():
        raise HandleRefused(_("This channel is not set up here."))
    if not access.of(person).linked:
        raise HandleRefused(_("Link your player first; then you can add a channel."))
    # Held until the end, so that two requests at once count as two.
    User.objects.select_for_update().get(pk=person.pk)
    last = LinkToken.objects.filter(user=person, channel=channel).first()
    if last and (wait := last.issued_at + settings.LINK_TOKEN_EVERY - at) > timedelta(0):
        seconds = -(-wait // timedelta(seconds=1))
        text = _("You have just got a code. A new one in %(n)d s.") % {"n": seconds}
        raise TooSoon(text, seconds)
    token = b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=")
    ttl = settings.LINK_TOKEN_TTL
    expires_at = at + (max(SHORTEST_TTL, min(lives, ttl)) if lives else ttl)
    facts = {"digest": _digest(token), "issued_at": at, "expires_at": expires_at, "used_at": None}
    LinkToken.objects.update_or_create(user=person, channel=channel, defaults=facts)
    return Issued(token, expires_at)


def _digest(token: str) -> str:
    # Phones write capitals and spaces where nobody asked for them.
    said = re.sub(r"[\s-]", "", token).upper()
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def redeem(*, channel: str, address: str, token: str, at: datetime, door: str) -> Handle:
    """Link the account that a message with a code came from to whom the code was issued.

    Of any number of redemptions of one code one succeeds. Raises CodeRefused, and AddressTaken
    when the address is somebody else's: its owner, who alone can write from it, may move it by
    unlinking it there first. After a refusal the code is as good as before.
    """
    if not is_address(channel, address):
        raise CodeRefused(_("This code is not valid any more."))
    codes = LinkToken.objects.filter(
        digest=_digest(token), channel=channel, used_at=None, expires_at__gt=at
    )
    # The UPDATE decides who was first; whoever waited for it finds nothing left.
    if not codes.update(used_at=at):
        raise CodeRefused(_("This code is not valid any more."))
    person = LinkToken.objects.select_related("user").get(digest=_digest(token)).user
    if not access.of(person).linked:
        raise CodeRefused(_("This code is not valid any more."))
    handle = _keep(person, channel, address, at)
    AuditEntry.write("channel_linked", at=at, actor=person, door=door, channel=channel)
    return handle


def is_address(channel: str, address: str) -> bool:
    """Say whether a text is what the channel calls an account."""
    return channel in ADDRESS and bool(ADDRESS[channel].fullmatch(address))


def _keep(person: User, channel: str, address: str, at: datetime) -> Handle:
    facts = {
        "sealed": vault.seal(address),
        "sealed_by": vault.sealing_key(),
        "index": vault.index(channel, address),
        "verified_at": at,
        "worked_at": None,
        "off_reason": "",
        "off_at": None,
    }
    try:
        with transaction.atomic():
            handle, _made = Handle.objects.update_or_create(
                user=person, channel=channel, defaults=facts
            )
    except IntegrityError as taken:
        raise AddressTaken(_("This account is linked already.")) from taken
    return handle


@transaction.atomic
def disconnect(
    *,
    person: User,
    channel: str,
    at: datetime,
    door: str = "web",
    linked_by: datetime | None = None,
) -> bool:
    """Forget a person's address on a channel and any code for it; False when there was none.

    With `linked_by` only a link that stood then; a newer one, and its codes, stay.
    """
    mine = Handle.objects.filter(user=person, channel=channel)
    if linked_by:
        mine = mine.filter(verified_at__lte=linked_by)
    gone, _rows = mine.delete()
    if gone or linked_by is None:
        LinkToken.objects.filter(user=person, channel=channel).delete()
    if gone:
        AuditEntry.write("channel_unlinked", at=at, actor=person, door=door, channel=channel)
    return bool(gone)


def owner_of(channel: str, address: str) -> User | None:
    """Return whose address this is; None for one that nobody linked."""
    if not is_address(channel, address):
        return None
    found = Handle.objects.filter(channel=channel, index=vault.index(channel, address))
    handle = found.select_related("user").first()
    return User.objects.with_identity().get(pk=handle.user_id) if handle else None


def address_of(person_id: int, channel: str, *, even_if_off: bool = False) -> str | None:
    """Return where to send to, for the send call and the owner's own page alone.

    None when nothing is linked or it is switched off. Raises vault.Locked when no key opens it, or
    when it is not the address that was linked.
    """
    handle = Handle.objects.filter(user_id=person_id, channel=channel).first()
    if handle is None or not (handle.on or even_if_off):
        return None
    return open_handle(handle)


def open_handle(handle: Handle) -> str:
    """Return a handle's address in clear. Raises vault.Locked."""
    address = vault.unseal(handle.sealed)
    if vault.index(handle.channel, address) != handle.index:
        raise vault.Locked("an address is not the one that was linked; was LEDGER_KEY changed?")
    return address


def worked(channel: str, person_ids: Iterable[int], at: datetime) -> None:
    """Remember that messages have arrived, and that what stood in their way does so no more."""
    arrived = list(person_ids)
    Handle.objects.filter(channel=channel, user__in=arrived).update(worked_at=at)
    came_back(channel, arrived)


def came_back(channel: str, person_ids: Iterable[int]) -> None:
    """Lift what a provider said: the bot is blocked no more, the account is there again."""
    theirs = Handle.objects.filter(channel=channel, user__in=list(person_ids))
    theirs.filter(off_reason__in=LIFTED_BY_WORKING).update(off_reason="", off_at=None)


def switch_off(person_id: int, channel: str, reason: str, at: datetime) -> None:
    """Send nothing there any more; `reason` is one of Handle.Off. What the person said stays."""
    mine = Handle.objects.filter(user_id=person_id, channel=channel)
    mine.exclude(off_reason=Handle.Off.STOPPED).update(off_reason=reason, off_at=at)


def switch_on(person_id: int, channel: str) -> bool:
    """Send there again, as the person asked; False when it was not off."""
    mine = Handle.objects.filter(user_id=person_id, channel=channel).exclude(off_reason="")
    return bool(mine.update(off_reason="", off_at=None))


@transaction.atomic
def stop(*, person: User, channel: str, at: datetime) -> bool:
    """Send nothing more to a person who wrote STOP, anywhere: counts at once, also for what is
    scheduled, which is looked at again as it is sent. False when nothing was sent anyway."""
    stored = wishes.preferences_of(person)
    taken = [name for name, value in stored.items() if name.startswith("allow_") and value]
    if not taken:
        return False
    wishes.set_preferences(person=person, at=at, door=channel, **dict.fromkeys(taken, False))
    facts = {"off_reason": Handle.Off.STOPPED, "off_at": at, "stopped": taken}
    Handle.objects.filter(user=person, channel=channel).update(**facts)
    return True


@transaction.atomic
def leave(*, person: User, channel: str, at: datetime, door: str) -> list[str] | None:
    """Send nothing more to a person on one channel; counts at once, also for what is scheduled.

    Returns the channels that are left, and None when nothing was sent there anyway. Where none is
    left, everything is switched off, so that a yes said later is not said to a closed door.
    """
    mine = Handle.objects.filter(user=person, channel=channel)
    linked = mine.exists() or (channel == "discord" and hasattr(person, "discord"))
    stored = wishes.preferences_of(person)
    wanted = any(value for name, value in stored.items() if name.startswith("allow_"))
    if not (linked and wanted and channel in stored["channel_order"]):
        return None
    known = reach.of_many([person.pk])[person.pk].channels
    rest = [one for one in known if one != channel]
    if rest:
        wishes.use_channel(person=person, channel=channel, on=False, at=at, door=door)
    else:
        stop(person=person, channel=door, at=at)
    return rest


def forget_token(*, person: User, channel: str) -> None:
    """Let a code that could not be shown to its person be void; they may ask for another at once."""
    LinkToken.objects.filter(user=person, channel=channel).delete()


@transaction.atomic
def start(*, person: User, channel: str, at: datetime) -> bool:
    """Give back what STOP took away, and nothing else; False when there was no STOP."""
    mine = Handle.objects.filter(user=person, channel=channel, off_reason=Handle.Off.STOPPED)
    handle = mine.first()
    if handle is None:
        return False
    mine.update(off_reason="", off_at=None, stopped=[])
    given = dict.fromkeys(handle.stopped, True)
    wishes.set_preferences(person=person, at=at, door=channel, **given)
    return True


def handles_of(person: User) -> list[Handle]:
    """Return what a person has linked, in the channels' order."""
    order = list(HandleChannel)
    return sorted(person.handles.all(), key=lambda one: order.index(HandleChannel(one.channel)))


def masked(handle: Handle) -> str:
    """Return an address with its middle hidden, or a dash where no key opens it."""
    try:
        return vault.masked(open_handle(handle))
    except vault.Locked:
        return "–"
