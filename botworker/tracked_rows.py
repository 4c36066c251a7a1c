"""What the keeper does with the rows of kept messages: watch, claim, look, settle. No network.

Every change carries the fence of its claim, so a keeper that was overtaken changes nothing.
"""

import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from botworker import breaker, outbox, tracked
from botworker.models import DEAD, Delivery, State, Tracked
from botworker.tracked import Drawn, DrawnEvent

log = logging.getLogger(__name__)

# Changes that come together are shown together; whoever answers first does not wait for ever.
QUIET_FOR = timedelta(seconds=1.5)
LONGEST_WAIT = timedelta(seconds=5)
LOOK_EVERY = timedelta(seconds=60)
# Posted by a drain; whether it stands already is asked so often.
ASK_EVERY = timedelta(seconds=0.5)
# Longer than one request may take, with its wait for the pace.
LEASE = timedelta(seconds=20)
# Whoever deletes it again and again is not answered again and again.
SOON = timedelta(minutes=10)
# What could not be shown a last time is given up.
GIVE_UP = timedelta(days=1)
CHANNEL = "discord"
NO_VERSION = "what holds now could not be asked"
FREE = {"lease_owner": "", "lease_until": None}


class Verb(StrEnum):
    """What is to be done at the provider."""

    EDIT = "edit"
    CHECK = "check"  # is it still there?
    EVENT = "event"
    END_EVENT = "end event"


@dataclass(frozen=True)
class Work:
    """One claimed row, and what is to be done for it."""

    row: Tracked
    verb: Verb
    drawn: Drawn | DrawnEvent | None = None
    shows: str = ""


def take(*, at: datetime, owner: str, most: int, busy: Iterable[int] = ()) -> list[Tracked]:
    """Notice what has changed and claim what is due; nothing while Discord is left alone."""
    if not watch(at) or breaker.is_open(CHANNEL, at=at):
        return []
    return claim(at=at, owner=owner, most=most, busy=busy)


def watch(at: datetime) -> bool:
    """Notice what has changed: one query for the rows and one for each kind that has any.

    False when nothing is kept. A kind that cannot say its versions holds no other.
    """
    by_kind: dict[str, dict[str, Tracked]] = {}
    for row in Tracked.objects.alive():
        by_kind.setdefault(row.kind, {})[row.key] = row
    for kind, rows in by_kind.items():
        try:
            versions = tracked.kind_of(kind).versions(list(rows))
        except Exception:
            mine = Tracked.objects.alive().filter(kind=kind)
            if mine.exclude(error=NO_VERSION).update(error=NO_VERSION):
                log.exception("%s: %s", kind, NO_VERSION)
            continue
        for key, version in versions.items():
            _notice(rows[key], version, at)
    return bool(by_kind)


def _notice(row: Tracked, version: int, at: datetime) -> None:
    if version != row.wanted:
        # Conditional: of two keepers one writes it down.
        same = Tracked.objects.filter(pk=row.pk, wanted=row.wanted)
        first = Coalesce(F("dirty_since"), Value(at))
        same.update(wanted=version, changed_at=at, dirty_since=first)


def due(at: datetime) -> QuerySet[Tracked]:
    """Return what should be looked at now and nobody works on."""
    stale = Q(changed_at__lte=at - QUIET_FOR) | Q(dirty_since__lte=at - LONGEST_WAIT)
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    allowed = Q(not_before=None) | Q(not_before__lte=at)
    return Tracked.objects.alive().filter(free, allowed, stale | Q(look_at__lte=at))


def claim(*, at: datetime, owner: str, most: int, busy: Iterable[int] = ()) -> list[Tracked]:
    """Lease what is due, at most one of a channel and none of a busy one; no two keepers hold one.

    A channel that is slow therefore keeps one request waiting, and nothing of another channel.
    """
    waiting = due(at).exclude(channel_id__in=list(busy))
    taken: dict[int, Tracked] = {}
    for row in waiting.order_by(F("edited_at").asc(nulls_first=True), "pk")[:200]:
        if len(taken) >= most:
            break
        if row.channel_id in taken:
            continue
        free = due(at).filter(pk=row.pk, fence=row.fence)
        # What changes from now on is a new change; look_at brings the row back if we die here.
        if free.update(
            fence=F("fence") + 1,
            lease_owner=owner,
            lease_until=at + LEASE,
            changed_at=None,
            dirty_since=None,
            look_at=at,
        ):
            row.refresh_from_db()
            taken[row.channel_id] = row
    return list(taken.values())


def look(row: Tracked, *, at: datetime) -> Work | None:
    """Draw a claimed row anew and say what is to be done; None when it is settled by that."""
    if row.form == Tracked.Form.EVENT:
        return _look_at_event(row, at)
    if row.message_id is None and not _arrived(row, at):
        return None
    drawn = tracked.kind_of(row.kind).draw(row.key, at)
    if not isinstance(drawn, Drawn):
        raise TypeError(f"{row.key}: what was posted must be drawn")
    shows = tracked.digest(drawn)
    if shows != row.shown_hash:
        return Work(row, Verb.EDIT, drawn, shows)
    if not _over(row, at) and (row.seen_at is None or at - row.seen_at >= LOOK_EVERY):
        return Work(row, Verb.CHECK, drawn, shows)
    settle(row, shows=shows, at=at)
    return None


def _look_at_event(row: Tracked, at: datetime) -> Work | None:
    if _over(row, at) and row.message_id:
        return Work(row, Verb.END_EVENT, shows=row.shown_hash)
    drawn = tracked.kind_of(row.kind).draw(row.key, at)
    # Discord plans nothing in the past.
    if isinstance(drawn, DrawnEvent) and (row.message_id or at < drawn.start_at):
        shows = tracked.event_digest(drawn)
        if shows != row.shown_hash and not _over(row, at):
            return Work(row, Verb.EVENT, drawn, shows)
    settle(row, shows=row.shown_hash, at=at)
    return None


def _over(row: Tracked, at: datetime) -> bool:
    return row.until is not None and at >= row.until


def _arrived(row: Tracked, at: datetime) -> bool:
    """Learn from the ledger where the message stands; False while it stands nowhere."""
    recipient = outbox.channel_recipient(row.channel_id)
    line = outbox.lines([row.event_key], [recipient]).get((row.event_key, recipient))
    if line is None:
        raise LookupError(f"{row.event_key} was never promised")
    if line.state == State.SENT:
        return _stands(row, at)
    if _over(row, at):
        close(row, line.reason or line.state, at=at)
    elif line.state in DEAD:
        why = line.reason or line.state
        _tell(row, why)
        post_anew(row, why, wait=_wait(row.failures, definite=True), at=at)
    elif line.state == State.UNCONFIRMED:
        # Perhaps it stands there: a second one would be worse than an old one.
        failed(row, line.reason, definite=True, at=at)
    else:
        _mine(row).update(look_at=at + ASK_EVERY, **FREE)
    return False


def _stands(row: Tracked, at: datetime) -> bool:
    posted = outbox.posted(row.event_key)
    if posted is None:  # Discord knows the nonce and says that its message was deleted since
        gone(row, at=at)
        return False
    said = Delivery.objects.get(marker=posted.marker)
    _mine(row).update(
        channel_id=posted.channel_id,
        message_id=posted.message_id,
        marker=posted.marker,
        shown_hash=tracked.digest(Drawn(said.body, said.extras)),
        posted_at=at,
        seen_at=at,
    )
    row.refresh_from_db()
    return True


def settle(
    row: Tracked,
    *,
    shows: str,
    at: datetime,
    edited: bool = False,
    seen: bool = False,
    message_id: int | None = None,
) -> None:
    """Write down what is shown now; what is over is closed with it."""
    changes: dict[str, Any] = {"shown": row.wanted, "shown_hash": shows}
    if edited:
        changes["edited_at"] = at
    if edited or seen:
        changes["seen_at"] = at
    if message_id:
        changes |= {"message_id": message_id, "posted_at": at}
    if _over(row, at):
        changes["closed_at"] = at
    _mine(row).update(
        failures=0, error="", not_before=None, look_at=at + LOOK_EVERY, **changes, **FREE
    )


def failed(row: Tracked, why: str, *, definite: bool, at: datetime) -> None:
    """Write down what went wrong and when it is tried again; told in the log once.

    `definite`: the provider refuses it, so only somebody's hand helps, and tries get rare.
    """
    _tell(row, why)
    if row.until and at >= row.until + GIVE_UP:
        close(row, why, at=at)
        return
    wait = timedelta(seconds=_wait(row.failures, definite=definite))
    failures = min(row.failures + 1, 100)
    _mine(row).update(failures=failures, error=why[:200], not_before=at + wait, **FREE)


def _tell(row: Tracked, why: str) -> None:
    if row.error != why:
        log.warning("%s cannot be kept true: %s; tried again", row.key, why)


def _wait(failures: int, *, definite: bool) -> float:
    """Return seconds: 2, 4, 8 … 60, or after a refusal 30, 60 … 900; up to a third less at random."""
    first, most = (30.0, 900.0) if definite else (2.0, 60.0)
    return min(most, first * (1 << min(failures, 10))) * random.uniform(2 / 3, 1)  # noqa: S311


def gone(row: Tracked, *, at: datetime) -> None:
    """Somebody deleted it in Discord: it is posted anew, unless its time is over."""
    if _over(row, at):
        close(row, "deleted", at=at)
        return
    again = row.generation > 1 and row.posted_at is not None and at - row.posted_at < SOON
    wait = min(900.0, 30.0 * 2 ** min(row.generation, 6)) if again else 0.0
    log.warning("%s was deleted in Discord; it is posted again in %d s", row.key, wait)
    post_anew(row, "deleted", wait=wait, at=at)


@transaction.atomic
def post_anew(row: Tracked, why: str, *, wait: float, at: datetime) -> None:
    """Promise the next generation; the row learns its id once a drain has said it."""
    due_at = at + timedelta(seconds=wait)
    if _over(row, due_at):
        close(row, why, at=at)
        return
    moved = _mine(row).update(
        generation=F("generation") + 1,
        message_id=None,
        shown_hash="",
        error=why[:200],
        failures=min(row.failures + 1, 100),
        look_at=due_at + ASK_EVERY,
        **FREE,
    )
    if moved:
        row.refresh_from_db()
        tracked.promise(row, due_at=due_at, at=at)


def close(row: Tracked, why: str = "", *, at: datetime) -> None:
    """Leave it alone for good."""
    _mine(row).update(closed_at=at, error=why[:200], **FREE)


def hand_back(row: Tracked) -> None:
    """Give up what was claimed and not done, so that nobody need wait for the lease."""
    _mine(row).update(**FREE)


def _mine(row: Tracked) -> QuerySet[Tracked]:
    return Tracked.objects.filter(pk=row.pk, fence=row.fence)
