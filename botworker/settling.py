"""What becomes of a delivery by the provider's answer: the table of the state machine, in code."""

import logging
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts import actions as people
from accounts.actions import handles
from botworker import breaker
from botworker.channels import Refusal, Said, Verdict
from botworker.claims import MOST_TRIES, OVERDUE, Job, move, still_ours
from botworker.models import Attempt, Delivery, State

log = logging.getLogger(__name__)

EVIDENCE = ("outcome", "ended_at", "http_status", "provider_channel_id", "provider_message_id")
OUTCOMES = {
    Verdict.PERMANENT: Attempt.Outcome.REJECTED,
    Verdict.OUR_FAULT: Attempt.Outcome.REJECTED,
    Verdict.TRANSIENT: Attempt.Outcome.TRANSIENT,
    Verdict.BLOCKED: Attempt.Outcome.TRANSIENT,
    Verdict.UNKNOWN: Attempt.Outcome.UNKNOWN,
    Verdict.UNPROVABLE: Attempt.Outcome.UNKNOWN,
}


@transaction.atomic
def settle(results: Iterable[tuple[Job, Said | Refusal]], *, at: datetime) -> None:
    """Write down what the provider answered; a fence that has moved on leaves the row alone.

    Whoever overtook us reads the message back: our late answer would contradict them.
    """
    answered = list(results)
    for channel in {job.channel for job, _result in answered}:
        mine = [result for job, result in answered if job.channel == channel]
        breaker.record(channel, mine, at=at)
    held = {
        job.delivery_id for job in still_ours([job for job, _result in answered], State.SENDING)
    }
    ours = [(job, result) for job, result in answered if job.delivery_id in held]
    _sent([(job, result) for job, result in ours if isinstance(result, Said)], at)
    for job, result in ours:
        if isinstance(result, Refusal):
            _refused(job, result, at)


def _sent(landed: list[tuple[Job, Said]], at: datetime) -> None:
    said = {job.attempt_id: said for job, said in landed}
    attempts = list(Attempt.objects.filter(pk__in=said))
    for attempt in attempts:
        attempt.outcome, attempt.ended_at, attempt.http_status = Attempt.Outcome.SENT, at, 200
        attempt.provider_channel_id = said[attempt.pk].channel_id
        attempt.provider_message_id = said[attempt.pk].message_id
    Attempt.objects.bulk_update(attempts, EVIDENCE)
    Delivery.objects.filter(pk__in=[job.delivery_id for job, _said in landed]).update(
        state=State.SENT, reason="", lease_owner="", lease_until=None, settled_at=at
    )
    _worked([job for job, _said in landed], at)


def _worked(jobs: list[Job], at: datetime) -> None:
    people.dm_worked(one.discord_id for one in jobs if one.channel == "discord" and one.discord_id)
    for channel in {job.channel for job in jobs} - {"discord"}:
        mine = [job.person_id for job in jobs if job.channel == channel and job.person_id]
        handles.worked(channel, mine, at)


def _refused(job: Job, refusal: Refusal, at: datetime) -> None:
    Attempt.objects.filter(pk=job.attempt_id, outcome=Attempt.Outcome.PENDING).update(
        outcome=OUTCOMES[refusal.verdict],
        ended_at=at,
        http_status=refusal.http_status,
        provider_code=refusal.code,
        error=refusal.reason[:200],
    )
    FOLLOWS[refusal.verdict](job, refusal, at)


def _permanent(job: Job, refusal: Refusal, at: datetime) -> None:
    if job.channel == "discord" and job.discord_id:
        people.dm_refused(job.discord_id, refusal.reason, at)
    if refusal.off and job.person_id:
        handles.switch_off(job.person_id, job.channel, refusal.off, at)
    if not _to_next_channel(job, at):
        move(job, State.FAILED, State.SENDING, at, reason=refusal.reason[:120])


def _to_next_channel(job: Job, at: datetime) -> bool:
    """Fall back only after a definite refusal: anything else could be heard twice."""
    row = Delivery.objects.get(pk=job.delivery_id)
    if row.reason:  # withdrawn while the request was under way
        return move(job, State.WITHDRAWN, State.SENDING, at)
    rest = row.channels[row.channels.index(job.channel) + 1 :]
    if not rest:
        return False
    move(job, State.SCHEDULED, State.SENDING, at, channel=rest[0], next_at=at)
    return True


def _our_fault(job: Job, refusal: Refusal, at: datetime) -> None:
    log.error("delivery %s: %s; it is not tried again", job.delivery_id, refusal.reason)
    move(job, State.FAILED, State.SENDING, at, reason=refusal.reason[:120])


def _unknown(job: Job, refusal: Refusal, at: datetime) -> None:
    move(job, State.UNKNOWN, State.SENDING, at, next_at=at + OVERDUE)


def _unprovable(job: Job, refusal: Refusal, at: datetime) -> None:
    move(job, State.UNCONFIRMED, State.SENDING, at, reason="no clear answer")


def _transient(job: Job, refusal: Refusal, at: datetime) -> None:
    row = Delivery.objects.get(pk=job.delivery_id)
    wait = timedelta(seconds=refusal.wait if refusal.wait is not None else _backoff(row.attempts))
    if row.reason:  # withdrawn while the request was under way
        move(job, State.WITHDRAWN, State.SENDING, at)
    elif at + wait >= row.deadline_at and _to_next_channel(job, at):
        return
    elif refusal.wait is None and row.attempts >= MOST_TRIES:
        if not _to_next_channel(job, at):
            move(job, State.FAILED, State.SENDING, at, reason=refusal.reason[:120])
    else:
        # A wait that the provider named is its own affair and counts as no try of ours.
        spent = F("attempts") - 1 if refusal.wait is not None else F("attempts")
        move(job, State.RETRY_WAIT, State.SENDING, at, next_at=at + wait, attempts=spent)


def _backoff(tries: int) -> float:
    """Full jitter: somewhere between nothing and twice as long as the last time, at most 60 s."""
    return random.uniform(0, min(60, 2 * 2**tries))  # noqa: S311


FOLLOWS: dict[Verdict, Callable[[Job, Refusal, datetime], None]] = {
    Verdict.PERMANENT: _permanent,
    Verdict.OUR_FAULT: _our_fault,
    Verdict.UNKNOWN: _unknown,
    Verdict.UNPROVABLE: _unprovable,
    Verdict.TRANSIENT: _transient,
    Verdict.BLOCKED: _transient,
}
