"""Kept messages that move, end or go away; and roles that are kept. What the apps above call."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import F

from botworker import outbox, tracked
from botworker.models import Delivery, Tracked

MOVED = "moved"
# Behind the ledger's key of a posting: the row by which it is deleted.
AWAY = "!away"
FREE: dict[str, Any] = {"lease_owner": "", "lease_until": None}


@dataclass(frozen=True)
class DrawnRole:
    """A role: what it is called when it is made, and who has it now, by their Discord ids."""

    name: str
    members: frozenset[int] = frozenset()


class RoleKind(Protocol):
    """A module that draws roles."""

    def versions(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Return for each key a number that rises with every change; one query for all."""
        ...

    def draw(self, key: str, at: datetime) -> DrawnRole | None:
        """Return who has it now; None: nobody is to have any."""
        ...

    def made(self, key: str, role_id: int | None, at: datetime) -> None:
        """Write down the id of the role that was made; None: it is gone."""
        ...


@dataclass(frozen=True)
class Kept:
    """Something that is kept, as it stands: where, and under which id once it is there."""

    key: str
    kind: str
    channel_id: int
    message_id: int | None
    error: str
    ends: bool


def kept(kinds: Iterable[str]) -> list[Kept]:
    """Return everything of some kinds that is kept now, in one query."""
    living = Tracked.objects.alive().filter(kind__in=list(kinds))
    columns = ("key", "kind", "channel_id", "message_id", "error", "until")
    rows = living.exclude(form=Tracked.Form.REMOVED).values_list(*columns)
    return [
        Kept(key, kind, channel, message, error, until is not None)
        for key, kind, channel, message, error, until in rows
    ]


def where(keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the channel and the message of each of these that stands somewhere, in one query."""
    there = Tracked.objects.filter(key__in=list(keys), message_id__isnull=False)
    return {row.key: (row.channel_id, row.message_id or 0) for row in there}


def keep_role(key: str, *, kind: str, guild_id: int, at: datetime) -> bool:
    """Keep a role of a server until `end`, when it is deleted; True when it was not kept before.

    It is made when somebody is first to have it, and known by its id alone: a role that is merely
    called the same is never touched.
    """
    defaults = {
        "kind": kind,
        "form": Tracked.Form.ROLE,
        "channel_id": guild_id,
        "look_at": at,
        "created_at": at,
    }
    return Tracked.objects.get_or_create(key=key, defaults=defaults)[1]


@transaction.atomic
def keep(key: str, *, kind: str, channel_id: int, at: datetime) -> bool:
    """Keep a message in a channel until `end` or `remove`; one that was removed is posted anew.

    False when it is kept there already; one that stands in another channel moves. Raises ValueError
    as `tracked.keep` does.
    """
    if tracked.keep(key, kind=kind, channel_id=channel_id, due_at=at, at=at):
        return True
    row = Tracked.objects.select_for_update().get(key=key)
    if row.closed_at is None:
        return move(key, channel_id=channel_id, at=at)
    _begin_again(row, channel_id, at, closed_at=None, until=None)
    return True


@transaction.atomic
def move(key: str, *, channel_id: int, at: datetime) -> bool:
    """Have a kept message stand in another channel; the one in the old channel is deleted.

    False when it stands there already or is kept no longer.
    """
    row = _living(key)
    if row is None or row.channel_id == channel_id or row.form != Tracked.Form.MESSAGE:
        return False
    _send_away(row, at)
    _begin_again(row, channel_id, at)
    return True


@transaction.atomic
def remove(key: str, *, at: datetime) -> bool:
    """Delete a kept message and keep it no longer; False when that is so already."""
    row = _living(key)
    if row is None:
        return False
    _send_away(row, at)
    _change(row, closed_at=at)
    return True


@transaction.atomic
def end(key: str, *, at: datetime) -> bool:
    """Show something kept a last time, as it is drawn now, and leave it alone; a role is deleted.

    A message that is on its way, or stands there without our knowing where, is shown a last time
    once it is known. False when that is so already.
    """
    row = _living(key)
    if row is None or row.until is not None:
        return False
    _change(row, until=at, look_at=at, not_before=None)
    return True


def look_soon(keys: Iterable[str], *, at: datetime) -> None:
    """Have kept things looked at now, whatever their versions say."""
    Tracked.objects.alive().filter(key__in=list(keys), look_at__gt=at).update(look_at=at)


def pinged(key: str) -> list[int] | None:
    """Return whom the first posting of a kept message notifies; None: it is not promised, or was
    posted anew since."""
    row = Tracked.objects.filter(key=key, generation=1).first()
    said = Delivery.objects.filter(event_key=key).values_list("extras", flat=True).first()
    return list(said.get("ping") or []) if row and said is not None else None


def was_promised(key: str) -> bool:
    """Say whether the first posting of a kept message is in the ledger."""
    return Delivery.objects.filter(event_key=key).exists()


def event_of(row: Tracked) -> str:
    """Return the ledger's key of the posting that a row deletes."""
    return row.key.removesuffix(AWAY)


def role_digest(drawn: DrawnRole) -> str:
    """Return what two looks of a role are compared by; its name stays as it was made."""
    return hashlib.sha256(json.dumps(sorted(drawn.members)).encode()).hexdigest()


def _living(key: str) -> Tracked | None:
    return Tracked.objects.alive().select_for_update().filter(key=key).first()


def _change(row: Tracked, **changes: Any) -> None:
    # The fence: a keeper that is at work on it writes nothing down any more.
    Tracked.objects.filter(pk=row.pk).update(fence=F("fence") + 1, **FREE, **changes)


def _begin_again(row: Tracked, channel_id: int, at: datetime, **changes: Any) -> None:
    _change(
        row,
        channel_id=channel_id,
        generation=F("generation") + 1,
        message_id=None,
        shown_hash="",
        failures=0,
        error="",
        not_before=None,
        look_at=at,
        **changes,
    )
    row.refresh_from_db()
    tracked.promise(row, due_at=at, at=at)


def _send_away(row: Tracked, at: datetime) -> None:
    """Have this posting deleted, also one that is only under way."""
    recipient = outbox.channel_recipient(row.channel_id)
    outbox.cancel([row.event_key], [recipient], reason=MOVED, at=at)
    Tracked.objects.get_or_create(
        key=f"{row.event_key}{AWAY}",
        defaults={
            "kind": row.kind,
            "form": Tracked.Form.REMOVED,
            "channel_id": row.channel_id,
            "message_id": row.message_id,
            "until": at,
            "look_at": at,
            "created_at": at,
        },
    )
