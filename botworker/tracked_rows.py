"""What the keeper does with the rows of kept messages: watch, claim, settle. No network.

`tracked_looks` says in between what is to be done for one of them.

Every change carries the fence of its claim, so a keeper that was overtaken changes nothing.
"""

import logging
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from botworker import breaker, hold, tracked
from botworker.models import Tracked
from botworker.tracked import Drawn, DrawnEvent, DrawnThread
from botworker.tracked_moves import DrawnRole

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
    THREAD = "thread"
    ROLE = "role"
    DELETE = "delete"


class Seen(NamedTuple):
    """A row, and the version that it was to show when we last looked."""

    pk: int
    wanted: int


@dataclass(frozen=True)
class Work:
    """One claimed row, and what is to be done for it."""

    row: Tracked
    verb: Verb
    drawn: Drawn | DrawnEvent | DrawnThread | DrawnRole | None = None
    shows: str = ""


def take(
    *, at: datetime, owner: str, most: int, busy: Iterable[int] = (), roles: int | None = None
) -> list[Tracked]:
    """Notice what has changed and claim what is due; nothing while Discord is left alone, or on hold."""
    if not watch(at) or breaker.is_open(CHANNEL, at=at) or hold.since():
        return []
    return claim(at=at, owner=owner, most=most, busy=busy, roles=roles)


def watch(at: datetime) -> bool:
    """Notice what has changed: one query for the rows, one for each kind that has any, one to write.

    False when nothing is kept. A kind that cannot say its versions holds no other.
    """
    by_kind: dict[str, dict[str, Seen]] = {}
    for kind, key, *seen in Tracked.objects.alive().values_list("kind", "key", "pk", "wanted"):
        by_kind.setdefault(kind, {})[key] = Seen(*seen)
    changed: dict[tuple[int, int], list[int]] = {}
    for kind, rows in by_kind.items():
        try:
            versions = tracked.kind_of(kind).versions(list(rows))
        except Exception:
            mine = Tracked.objects.alive().filter(kind=kind)
            if mine.exclude(error=NO_VERSION).update(error=NO_VERSION):
                log.exception("%s: %s", kind, NO_VERSION)
            continue
        for key, version in versions.items():
            if version != rows[key].wanted:
                changed.setdefault((rows[key].wanted, version), []).append(rows[key].pk)
    if changed:
        _notice(changed, at)
    return bool(by_kind)


def _notice(changed: Mapping[tuple[int, int], list[int]], at: datetime) -> None:
    """Write down which rows are wanted anew: by the versions, the old and the new one."""
    # Conditional: of two keepers one writes it down.
    same = (Q(pk__in=pks, wanted=old) for (old, _new), pks in changed.items())
    newest = (When(pk__in=pks, then=Value(new)) for (_old, new), pks in changed.items())
    Tracked.objects.filter(reduce(or_, same)).update(
        wanted=Case(*newest, output_field=BigIntegerField()),
        changed_at=at,
        dirty_since=Coalesce(F("dirty_since"), Value(at)),
    )


def due(at: datetime) -> QuerySet[Tracked]:
    """Return what should be looked at now and nobody works on."""
    stale = Q(changed_at__lte=at - QUIET_FOR) | Q(dirty_since__lte=at - LONGEST_WAIT)
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    allowed = Q(not_before=None) | Q(not_before__lte=at)
    return Tracked.objects.alive().filter(free, allowed, stale | Q(look_at__lte=at))


def claim(
    *, at: datetime, owner: str, most: int, busy: Iterable[int] = (), roles: int | None = None
) -> list[Tracked]:
    """Lease what is due, at most one of a channel and none of a busy one; no two keepers hold one.

    A channel that is slow therefore keeps one request waiting, and nothing of another channel. At
    most `roles` of them are roles; None: as many as there are.
    """
    left = most if roles is None else roles
    waiting = due(at).exclude(channel_id__in=list(busy))
    taken: dict[int, int] = {}
    for row in waiting.order_by(F("edited_at").asc(nulls_first=True), "pk")[:200]:
        if len(taken) >= most:
            break
        if row.channel_id in taken or (row.form == Tracked.Form.ROLE and not left):
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
            taken[row.channel_id] = row.pk
            left -= row.form == Tracked.Form.ROLE
    # Read anew at once, and not what somebody has moved or removed in between.
    held = Tracked.objects.filter(lease_owner=owner, lease_until=at + LEASE)
    mine_now = held.in_bulk(list(taken.values()))
    return [mine_now[pk] for pk in taken.values() if pk in mine_now]


def over(row: Tracked, at: datetime) -> bool:
    """Say whether its time has ended."""
    return row.until is not None and at >= row.until


def given_up(row: Tracked, at: datetime) -> bool:
    """Say whether its time ended so long ago that nothing is tried any more."""
    return row.until is not None and at >= row.until + GIVE_UP


def settle(
    row: Tracked,
    *,
    shows: str,
    at: datetime,
    edited: bool = False,
    seen: bool = False,
    message_id: int | None = None,
    again: bool = False,
) -> None:
    """Write down what is shown now; what is over is closed with it. `again`: there is more to do."""
    changes: dict[str, Any] = {"shown": row.wanted, "shown_hash": shows}
    if edited:
        changes["edited_at"] = at
    if edited or seen:
        changes["seen_at"] = at
    if message_id:
        changes |= {"message_id": message_id, "posted_at": at}
    if over(row, at):
        changes["closed_at"] = at
    look_at = at if again else at + LOOK_EVERY
    mine(row).update(failures=0, error="", not_before=None, look_at=look_at, **changes, **FREE)


def failed(row: Tracked, why: str, *, definite: bool, at: datetime) -> None:
    """Write down what went wrong and when it is tried again; told in the log once.

    `definite`: the provider refuses it, so only somebody's hand helps, and tries get rare.
    """
    tell(row, why)
    if given_up(row, at):
        close(row, why, at=at)
        return
    wait = timedelta(seconds=wait_for(row.failures, definite=definite))
    failures = min(row.failures + 1, 100)
    mine(row).update(failures=failures, error=why[:200], not_before=at + wait, **FREE)


def tell(row: Tracked, why: str) -> None:
    """Log what went wrong, once."""
    if row.error != why:
        log.warning("%s cannot be kept true: %s; tried again", row.key, why)


def wait_for(failures: int, *, definite: bool) -> float:
    """Return seconds: 2, 4, 8 … 60, or after a refusal 30, 60 … 900; up to a third less at random."""
    first, most = (30.0, 900.0) if definite else (2.0, 60.0)
    return min(most, first * (1 << min(failures, 10))) * random.uniform(2 / 3, 1)  # noqa: S311


def gone(row: Tracked, *, at: datetime) -> None:
    """Somebody deleted it in Discord: it is posted anew, unless its time is over.

    What was only followed was somebody's own message; nobody is told it twice.
    """
    if over(row, at) or row.form == Tracked.Form.FOLLOWED:
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
    if over(row, due_at):
        close(row, why, at=at)
        return
    moved = mine(row).update(
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
    mine(row).update(closed_at=at, error=why[:200], **FREE)


def hand_back(row: Tracked) -> None:
    """Give up what was claimed and not done, so that nobody need wait for the lease."""
    mine(row).update(**FREE)


def abandon(row: Tracked) -> None:
    """Give up what was asked for and not answered.

    An edit may be repeated at once. A thread that nobody knows of yet may come true a moment later:
    the next one looks for it when the lease has run out.
    """
    if row.form != Tracked.Form.THREAD or row.message_id is not None:
        hand_back(row)


def mine(row: Tracked) -> QuerySet[Tracked]:
    """Return the row as long as nobody else has claimed it since."""
    return Tracked.objects.filter(pk=row.pk, fence=row.fence)
