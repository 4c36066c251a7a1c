"""What a drain does with the ledger before it sends: claim and begin. `settle` does the rest.

Every change carries the fence it was decided on; a drain that was overtaken changes nothing.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, QuerySet

from accounts import reach
from botworker import breaker, conditions, counting, hold, pacing, presence, rules
from botworker.models import CLAIMABLE, WAITING, Attempt, Delivery, State
from botworker.presence import Evidence

log = logging.getLogger(__name__)

# Stands for the delivery's marker in the ids of its buttons.
MARKER = "{marker}"
LEASE = timedelta(seconds=30)
BATCH = 25
# No send starts with less than this left of its lease.
LEAST_LEASE = timedelta(seconds=12)
OVERDUE = timedelta(seconds=5)
MOST_TRIES = 6


@dataclass(frozen=True)
class Job:
    """One delivery in a drain's hands, with everything a channel needs to say it."""

    delivery_id: int
    fence: int
    channel: str
    recipient: str
    body: str
    extras: dict[str, Any]
    marker: str
    nonce: str
    deadline_at: datetime
    person_id: int | None
    kind: str
    due_at: datetime
    attempt_id: int = 0
    discord_id: int | None = None
    # The channel to write into; None: the person's, to be opened first.
    channel_id: int | None = None
    started_at: datetime | None = None

    @property
    def traceable(self) -> bool:
        """The message carries its marker, so reading the history proves whether it is there."""
        return MARKER in json.dumps(self.extras.get("rows", []))


def nonce_of(seed: str, channel: str) -> str:
    """Return the 25 characters that a provider recognises a repeated message by.

    Random by its seed and not a primary key: Discord compares nonces over everything the bot
    ever says, and a fresh database would count from 1 again.
    """
    digest = hashlib.sha256(f"{seed}|{channel}".encode()).digest()
    return "s" + base64.b32encode(digest).decode()[:24].lower()


def waiting(channel: str, at: datetime) -> QuerySet[Delivery]:
    """Rows that may be claimed now."""
    return Delivery.objects.filter(
        state__in=CLAIMABLE, channel=channel, next_at__lte=at, deadline_at__gt=at
    )


def claim(channel: str, *, at: datetime, owner: str, most: int = BATCH) -> list[Job]:
    """Lease the oldest due deliveries, at most 25; two drains never hold the same one.

    How many: as the pace and the breaker allow.
    """
    if most <= 0 or not waiting(channel, at).exists():
        return []
    with transaction.atomic():
        if hold.since():
            return []
        allowed = breaker.limit(channel, at=at)
        most = min(most, BATCH) if allowed is None else min(most, allowed)
        due = waiting(channel, at).order_by("next_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:most])
        ids = ids[: pacing.take(channel, len(ids), at=at)] if ids else []
        # Conditional as well: SQLite drops the lock clause without a word.
        Delivery.objects.filter(pk__in=ids, state__in=CLAIMABLE).update(
            state=State.LEASED, fence=F("fence") + 1, lease_owner=owner, lease_until=at + LEASE
        )
        held = Delivery.objects.filter(
            pk__in=ids, state=State.LEASED, lease_owner=owner, lease_until=at + LEASE
        )
        return [job_of(row) for row in held.order_by("next_at", "pk")]


def job_of(row: Delivery) -> Job:
    """Copy what a channel needs out of a row, so that nothing is read while sending."""
    return Job(
        delivery_id=row.pk,
        fence=row.fence,
        channel=row.channel,
        recipient=row.recipient,
        body=row.body,
        extras=row.extras,
        marker=row.marker,
        nonce=nonce_of(row.nonce_seed, row.channel),
        deadline_at=row.deadline_at,
        person_id=row.person_id,
        kind=row.kind,
        due_at=row.due_at,
    )


@transaction.atomic
def begin(jobs: Iterable[Job], *, at: datetime) -> list[Job]:
    """Look again whether each may be said *now*, and commit an attempt before any byte is sent.

    Whoever is not linked, opted out, in quiet hours, or where they are wanted already, is dropped
    from the answer and settled.
    """
    claimed = list(jobs)
    if claimed and hold.since():
        hand_back(claimed, at=at)
        return []
    people = reach.of_many(job.person_id for job in claimed if job.person_id)
    allowed = [_look_again(job, people.get(job.person_id or 0), at) for job in claimed]
    may = [job for job in allowed if job]
    if any(conditions.on(job.extras) for job in may):
        seen = presence.evidence(at=at)
        may = [job for one in may if (job := _unless(one, seen, at))]
    return _start(may, at)


def hand_back(jobs: Iterable[Job], *, at: datetime) -> None:
    """Give up what was claimed and not begun, so that another drain need not wait for the lease."""
    for job in jobs:
        move(job, State.SCHEDULED, State.LEASED, at)


def _look_again(job: Job, person: reach.Reach | None, at: datetime) -> Job | None:
    if at >= job.deadline_at:  # the drain stood still since it claimed
        move(job, State.EXPIRED, State.LEASED, at, reason="too late")
        return None
    if job.recipient.startswith("channel:"):
        return replace(job, channel_id=int(job.recipient.removeprefix("channel:")))
    refusal = rules.why_not(job.kind, person) or rules.too_much(job.delivery_id, job.kind, at)
    if refusal or person is None:
        move(job, State.SUPPRESSED, State.LEASED, at, reason=refusal)
        return None
    quiet = person.quiet_until(at)
    if quiet and job.kind not in rules.OWN_PRESS:
        _wait_for_quiet(job, quiet, at)
        return None
    if not rules.may_use(job.channel, job.kind, person):
        _elsewhere(job, at)
        return None
    return replace(job, discord_id=person.discord_id, channel_id=person.dm_channel_id)


def _unless(job: Job, seen: Evidence, at: datetime) -> Job | None:
    """Look whether what a message depends on is so, and choose its words."""
    if not conditions.on(job.extras):
        return job
    verdict = conditions.judge(job.extras, job.person_id, job.due_at, seen, at)
    if verdict.again_at and verdict.again_at < job.deadline_at:
        move(job, State.SCHEDULED, State.LEASED, at, next_at=verdict.again_at)
        return None
    if not verdict.body:
        move(job, State.SUPPRESSED, State.LEASED, at, reason=verdict.silent or conditions.NO_NEWS)
        return None
    if verdict.body != job.body:
        # What was read is in the row; an earlier try with other words certainly did not arrive.
        Delivery.objects.filter(pk=job.delivery_id, fence=job.fence).update(body=verdict.body)
    return replace(job, body=verdict.body)


def _elsewhere(job: Job, at: datetime) -> None:
    """The channel was unlinked or switched off since the promise: the next one, if there is one."""
    channels = Delivery.objects.values_list("channels", flat=True).get(pk=job.delivery_id)
    rest = channels[channels.index(job.channel) + 1 :]
    if rest:
        move(job, State.SCHEDULED, State.LEASED, at, channel=rest[0], next_at=at)
    else:
        move(job, State.SUPPRESSED, State.LEASED, at, reason="no channel reaches them")


def _wait_for_quiet(job: Job, until: datetime, at: datetime) -> None:
    if until < job.deadline_at:
        move(job, State.SCHEDULED, State.LEASED, at, next_at=until)
    else:
        move(job, State.SUPPRESSED, State.LEASED, at, reason="quiet hours")


def _start(jobs: list[Job], at: datetime) -> list[Job]:
    enough = {"lease_until__gt": at + LEAST_LEASE}
    held = still_ours(jobs, State.LEASED, **enough)
    ids = [job.delivery_id for job in held]
    Delivery.objects.filter(pk__in=ids).update(state=State.SENDING, attempts=F("attempts") + 1)
    tries = Attempt.objects.filter(delivery__in=ids).values_list("delivery")
    before = dict(tries.annotate(Count("pk")))
    attempts = Attempt.objects.bulk_create(
        Attempt(
            delivery_id=job.delivery_id,
            n=before.get(job.delivery_id, 0) + 1,
            channel=job.channel,
            nonce=job.nonce,
            fence=job.fence,
            started_at=at,
        )
        for job in held
    )
    return [
        replace(job, attempt_id=attempt.pk, started_at=at)
        for job, attempt in zip(held, attempts, strict=True)
    ]


def still_ours(jobs: list[Job], state: State, **also: Any) -> list[Job]:
    """Return the jobs whose rows we still hold, and hold those rows until the transaction ends.

    The others were overtaken: a lease ran out, or somebody said no. (SQLite drops the lock clause,
    but there the whole transaction is alone.)
    """
    rows = Delivery.objects.select_for_update().order_by("pk")
    rows = rows.filter(pk__in=[job.delivery_id for job in jobs], state=state, **also)
    fences = dict(rows.values_list("pk", "fence"))
    held = [job for job in jobs if fences.get(job.delivery_id) == job.fence]
    if len(held) < len(jobs):
        log.warning("%d deliveries were overtaken while %s", len(jobs) - len(held), state)
        counting.count(counting.REJECTED, len(jobs) - len(held))
    return held


SETTLED = frozenset(State.values) - {*WAITING, State.LEASED, State.SENDING, State.UNKNOWN}


def move(job: Job, to: State, since: State, at: datetime, **changes: Any) -> bool:
    """Move a row that we still hold; False when the fence says that somebody else has it."""
    held = Delivery.objects.filter(pk=job.delivery_id, fence=job.fence, state=since)
    settled = at if to in SETTLED else None
    moved = held.update(state=to, lease_owner="", lease_until=None, settled_at=settled, **changes)
    if not moved:
        log.warning("delivery %s: fence %s was overtaken", job.delivery_id, job.fence)
        counting.count(counting.REJECTED)
    return bool(moved)
