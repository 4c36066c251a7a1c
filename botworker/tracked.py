"""Messages that are kept true: what the apps above say about them.

An app names a module for each kind in settings.TRACKED_KINDS. It answers two questions and knows
nothing of Discord: which version holds (`versions`), and what it looks like now (`draw`). Whatever
is committed is shown a moment later; who is asked, when and how often is the keeper's matter.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.db import transaction

from botworker import outbox
from botworker.claims import MARKER
from botworker.models import Delivery, Tracked

# A message without an end of its own is worth posting for so long.
WORTH_POSTING = timedelta(days=1)


@dataclass(frozen=True)
class Drawn:
    """What a message says now. A footer is no news: it is not compared."""

    body: str = ""
    # As in `outbox.Message`; one button at least carries the marker, or it could not be found again.
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DrawnEvent:
    """What a scheduled event says now; its description is given a last line to know it by."""

    name: str
    description: str
    start_at: datetime
    end_at: datetime
    location: str


@dataclass(frozen=True)
class DrawnThread:
    """A private thread: what it is called, and who comes into it or leaves it now.

    People are Discord ids. Who was moved is told to the kind (`moved`), which names them no more.
    """

    name: str
    add: frozenset[int] = frozenset()
    remove: frozenset[int] = frozenset()


class Kind(Protocol):
    """A module that draws one kind."""

    def versions(self, keys: Iterable[str]) -> Mapping[str, int]:
        """Return for each key a number that rises with every change; one query for all."""
        ...

    def draw(self, key: str, at: datetime) -> Drawn | DrawnEvent | DrawnThread | None:
        """Return what it looks like now; None: there is nothing to show yet."""
        ...


class ThreadKind(Kind, Protocol):
    """A module that draws threads."""

    def moved(self, key: str, added: Iterable[int], removed: Iterable[int], at: datetime) -> None:
        """Write down who was let in and who was taken out."""
        ...


def kind_of(name: str) -> Kind:
    """Return the module that draws a kind; KeyError for one that no app has named."""
    return cast(Kind, import_module(settings.TRACKED_KINDS[name]))


def keep(
    key: str,
    *,
    kind: str,
    channel_id: int,
    due_at: datetime,
    at: datetime,
    until: datetime | None = None,
    evening: date | None = None,
) -> bool:
    """Promise a message that is kept true until `until`; True when it was not kept before.

    It is posted through the outbox, so once, whatever dies, and from `due_at` on. Raises ValueError
    when nothing could be posted: no words yet, or no button with the marker.
    """
    with transaction.atomic():
        row, new = Tracked.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "channel_id": channel_id,
                "evening": evening,
                "until": until,
                "look_at": at,
                "created_at": at,
            },
        )
        if new:
            promise(row, due_at=due_at, at=at)
        return new


def keep_event(key: str, *, kind: str, guild_id: int, at: datetime, until: datetime) -> bool:
    """Keep a scheduled event true until `until`, when it is ended; True when it was not kept before.

    It appears once `draw` first returns one. A later None changes nothing.
    """
    defaults = {
        "kind": kind,
        "form": Tracked.Form.EVENT,
        "channel_id": guild_id,
        "until": until,
        "look_at": at,
        "created_at": at,
    }
    return Tracked.objects.get_or_create(key=key, defaults=defaults)[1]


def keep_thread(key: str, *, kind: str, channel_id: int, at: datetime, until: datetime) -> bool:
    """Keep a private thread below a channel until `until`; True when it was not kept before.

    It is begun once, whatever dies: before a second one would be begun, the channel's threads are
    read. Deleted in Discord by somebody's hand it stays away. After `until` it is left as it is.
    """
    defaults = {
        "kind": kind,
        "form": Tracked.Form.THREAD,
        "channel_id": channel_id,
        "until": until,
        "look_at": at,
        "created_at": at,
    }
    return Tracked.objects.get_or_create(key=key, defaults=defaults)[1]


def follow(key: str, *, kind: str, at: datetime, until: datetime) -> bool:
    """Keep the one message of an event true after it is said to somebody in Discord.

    `key` is the event's key in the ledger. It is edited and never posted again; a message that went
    another way, or nowhere, is left alone. False when it is followed already or nobody was promised
    it. Raises LookupError for what several were promised.
    """
    promised = list(Delivery.objects.filter(event_key=key).values_list("pk", "evening"))
    if len(promised) > 1:
        raise LookupError(f"{key} was promised to {len(promised)} people")
    if not promised:
        return False
    [(number, evening)] = promised
    defaults = {
        "kind": kind,
        "form": Tracked.Form.FOLLOWED,
        # Nobody waits for another's channel while neither is known.
        "channel_id": -number,
        "evening": evening,
        "until": until,
        "look_at": at,
        "created_at": at,
    }
    return Tracked.objects.get_or_create(key=key, defaults=defaults)[1]


@dataclass(frozen=True)
class Stands:
    """How something kept stands: its id once it is there, what went wrong, whether it is left alone."""

    id: int | None
    error: str
    closed: bool


def stands(key: str) -> Stands | None:
    """Return how something kept stands; None for what nobody keeps."""
    row = Tracked.objects.filter(key=key).first()
    return Stands(row.message_id, row.error, row.closed_at is not None) if row else None


def is_kept(key: str) -> bool:
    """Say whether something was promised under a key, now or earlier."""
    return Tracked.objects.filter(key=key).exists()


def leave(key: str, *, at: datetime) -> bool:
    """Keep it true no longer; what stands there stays as it is. False when that is so already."""
    return bool(Tracked.objects.alive().filter(key=key).update(closed_at=at))


def promise(row: Tracked, *, due_at: datetime, at: datetime) -> None:
    """Write the posting of this generation into the outbox, in the caller's transaction."""
    drawn = kind_of(row.kind).draw(row.key, at)
    if not isinstance(drawn, Drawn):
        raise ValueError(f"{row.key}: there is nothing to post")
    if MARKER not in json.dumps(drawn.extras.get("rows", [])):
        raise ValueError(f"{row.key}: no button carries the marker")
    expires_at = row.until or at + WORTH_POSTING
    event = outbox.Event(row.event_key, row.kind, due_at, expires_at, row.evening)
    recipient = outbox.channel_recipient(row.channel_id)
    message = outbox.Message(recipient, drawn.body, extras=drawn.extras)
    outbox.enqueue([message], event, at=at, planned=False)


def digest(drawn: Drawn) -> str:
    """Return what two looks of a message are compared by."""
    embed = {name: value for name, value in _embed(drawn.extras).items() if name != "footer"}
    told = json.dumps([drawn.body, {**drawn.extras, "embed": embed}], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _embed(extras: Mapping[str, Any]) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], extras.get("embed") or {})


def event_digest(drawn: DrawnEvent) -> str:
    """The same for a scheduled event."""
    times = (drawn.start_at.isoformat(), drawn.end_at.isoformat())
    told = json.dumps([drawn.name, drawn.description, *times, drawn.location])
    return hashlib.sha256(told.encode()).hexdigest()
