"""What a drain does with the ledger: claim, begin, settle.

Every change carries the fence it was decided on; a drain that was overtaken changes nothing.
"""

import base64
import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from accounts import reach
from botworker import pacing
from botworker.channels import Refusal, Said, Verdict
from botworker.models import CLAIMABLE, WAITING, Attempt, Delivery, State

LEASE = timedelta(seconds=30)
BATCH = 25
# No send starts with less than this left of its lease.
LEAST_LEASE = timedelta(seconds=12)
OVERDUE = timedelta(seconds=5)
MOST_TRIES = 6
# Only these kinds are said to people because a promoter called them.
NEEDS_OPT_IN = frozenset({"reminder", "start", "follow_up"})


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
    attempt_id: int = 0
    discord_id: int | None = None
    # The channel to write into; None: the person's, to be opened first.
    channel_id: int | None = None
    started_at: datetime | None = None


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


def claim(channel: str, *, at: datetime, owner: str) -> list[Job]:
    """Lease the oldest due deliveries, at most 25; two drains never hold the same one."""
    if not waiting(channel, at).exists():
        return []
    with transaction.atomic():
        due = waiting(channel, at).order_by("next_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:BATCH])
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
    )


@transaction.atomic
def begin(jobs: Iterable[Job], *, at: datetime) -> list[Job]:
    """Look again whether each may be said *now*, and commit an attempt before any byte is sent.

    Whoever is not linked, opted out or in quiet hours is dropped from the answer and settled.
    """
    claimed = list(jobs)
    people = reach.of_many(job.person_id for job in claimed if job.person_id)
    started = [_begin_one(job, people.get(job.person_id or 0), at) for job in claimed]
    return [job for job in started if job]


def _begin_one(job: Job, person: reach.Reach | None, at: datetime) -> Job | None:
    if not job.recipient.startswith("channel:"):
        refusal = _why_not(job, person)
        if refusal:
            _move(job, State.SUPPRESSED, State.LEASED, at, reason=refusal)
            return None
        assert person is not None
        quiet = person.quiet_until(at)
        if quiet:
            _wait_for_quiet(job, quiet, at)
            return None
        job = replace(job, discord_id=person.discord_id, channel_id=person.dm_channel_id)
    else:
        job = replace(job, channel_id=int(job.recipient.removeprefix("channel:")))
    return _start(job, at)


def _why_not(job: Job, person: reach.Reach | None) -> str:
    if person is None or not person.linked:
        return "not linked"
    if job.kind in NEEDS_OPT_IN and not person.allows_promotions:
        return "reminders are off"
    return ""


def _wait_for_quiet(job: Job, until: datetime, at: datetime) -> None:
    if until < job.deadline_at:
        _move(job, State.SCHEDULED, State.LEASED, at, next_at=until)
    else:
        _move(job, State.SUPPRESSED, State.LEASED, at, reason="quiet hours")


def _start(job: Job, at: datetime) -> Job | None:
    held = Delivery.objects.filter(
        pk=job.delivery_id, fence=job.fence, state=State.LEASED, lease_until__gt=at + LEAST_LEASE
    )
    if not held.update(state=State.SENDING, attempts=F("attempts") + 1):
        return None
    number = Attempt.objects.filter(delivery=job.delivery_id).count() + 1
    attempt = Attempt.objects.create(
        delivery_id=job.delivery_id,
        n=number,
        channel=job.channel,
        nonce=job.nonce,
        fence=job.fence,
        started_at=at,
    )
    return replace(job, attempt_id=attempt.pk, started_at=at)


@transaction.atomic
def settle(results: Iterable[tuple[Job, Said | Refusal]], *, at: datetime) -> None:
    """Write down what the provider answered; a fence that has moved on leaves the row alone."""
    for job, result in results:
        if isinstance(result, Said):
            _settle_sent(job, result, at)
        else:
            _settle_refused(job, result, at)


def _settle_sent(job: Job, said: Said, at: datetime) -> None:
    Attempt.objects.filter(pk=job.attempt_id).update(
        outcome=Attempt.Outcome.SENT,
        ended_at=at,
        http_status=200,
        provider_channel_id=said.channel_id,
        provider_message_id=said.message_id,
    )
    _move(job, State.SENT, State.SENDING, at, reason="")


def _settle_refused(job: Job, refusal: Refusal, at: datetime) -> None:
    Attempt.objects.filter(pk=job.attempt_id, outcome=Attempt.Outcome.PENDING).update(
        outcome=OUTCOMES[refusal.verdict],
        ended_at=at,
        http_status=refusal.http_status,
        provider_code=refusal.code,
        error=refusal.reason[:200],
    )
    if refusal.verdict is Verdict.PERMANENT:
        _next_channel(job, refusal, at)
    elif refusal.verdict is Verdict.UNKNOWN:
        _move(job, State.UNKNOWN, State.SENDING, at, next_at=at + OVERDUE)
    else:
        _try_again(job, refusal, at)


OUTCOMES = {
    Verdict.PERMANENT: Attempt.Outcome.REJECTED,
    Verdict.TRANSIENT: Attempt.Outcome.TRANSIENT,
    Verdict.UNKNOWN: Attempt.Outcome.UNKNOWN,
}


def _next_channel(job: Job, refusal: Refusal, at: datetime) -> None:
    plan = Delivery.objects.values_list("channels", flat=True).get(pk=job.delivery_id)
    rest = plan[plan.index(job.channel) + 1 :]
    if rest:
        _move(job, State.SCHEDULED, State.SENDING, at, channel=rest[0], next_at=at)
    else:
        _move(job, State.FAILED, State.SENDING, at, reason=refusal.reason[:120])


def _try_again(job: Job, refusal: Refusal, at: datetime) -> None:
    tries, reason = Delivery.objects.values_list("attempts", "reason").get(pk=job.delivery_id)
    if reason:  # withdrawn while the request was under way
        _move(job, State.WITHDRAWN, State.SENDING, at)
    elif tries >= MOST_TRIES:
        _move(job, State.FAILED, State.SENDING, at, reason=refusal.reason[:120])
    else:
        wait = refusal.wait or random.uniform(0, min(60, 2 * 2**tries))  # noqa: S311  jitter
        _move(job, State.RETRY_WAIT, State.SENDING, at, next_at=at + timedelta(seconds=wait))


SETTLED = frozenset(State.values) - {*WAITING, State.LEASED, State.SENDING, State.UNKNOWN}


def _move(job: Job, to: State, since: State, at: datetime, **changes: Any) -> bool:
    """Move a row that we still hold; False when the fence says that somebody else has it."""
    held = Delivery.objects.filter(pk=job.delivery_id, fence=job.fence, state=since)
    settled = at if to in SETTLED else None
    moved = held.update(state=to, lease_owner="", lease_until=None, settled_at=settled, **changes)
    return bool(moved)
