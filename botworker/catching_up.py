"""After a restore: what looks unsent and may have been said between the backup and the restore.

`suspects` names it, `reading_back` looks at Discord for it, `settle` writes down what was found. Only
then may sending go on (`hold.release`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import reach
from botworker import hold
from botworker.channels import Said
from botworker.claims import LEASE, Job, job_of
from botworker.models import DEAD, WAITING, Attempt, Delivery, Hold, State

OWNER = "restore"
# Clocks that differ by less than this are taken for the same (botworker.timing).
SLACK = timedelta(seconds=5)
PROVABLE = "discord"
# Sending and unknown rows have a try with its own time: the drains read those back as ever.
SUSPECT = (*WAITING, State.LEASED, State.WITHDRAWN)
EPOCH_MS = 1_420_070_400_000
FREE: dict[str, Any] = {"lease_owner": "", "lease_until": None}
# The way to the first state in which something may be under way, for the list of changes.
STEPS = {
    State.PLANNED: (State.SCHEDULED, State.LEASED, State.SENDING),
    State.WITHDRAWN: (State.SCHEDULED, State.LEASED, State.SENDING),
    State.SCHEDULED: (State.LEASED, State.SENDING),
    State.RETRY_WAIT: (State.LEASED, State.SENDING),
    State.LEASED: (State.SENDING,),
}


class Fate(StrEnum):
    """What is known of one suspect."""

    FOUND = "found"  # it stands in Discord
    ABSENT = "absent"  # the whole history was read, and it is not there
    UNREADABLE = "unreadable"  # its history could not be read now
    UNPROVABLE = "unprovable"  # its channel cannot be read by anybody


@dataclass(frozen=True)
class Finding:
    """A suspect, and what is known of it."""

    job: Job
    fate: Fate
    said: Said | None = None


def suspects(held: Hold) -> list[Job]:
    """Return what may have been said since the backup and looks unsent, the oldest first."""
    if held.backup_at is None:
        return []
    rows = Delivery.objects.filter(state__in=SUSPECT, due_at__lt=held.since + SLACK)
    # What a person took back before the backup was perhaps given back and said after it.
    found = [
        row
        for row in rows.order_by("due_at", "pk")
        if row.state != State.WITHDRAWN or _may_come_back(row, held.backup_at)
    ]
    people = reach.of_many(row.person_id for row in found if row.person_id)
    return [_job(row, people.get(row.person_id or 0), held.backup_at) for row in found]


def _may_come_back(row: Delivery, backup_at: datetime) -> bool:
    if row.deadline_at <= backup_at:
        return False
    others = Delivery.objects.filter(event_key=row.event_key, recipient=row.recipient)
    return not others.exclude(state__in=DEAD).exists()


def _job(row: Delivery, person: reach.Reach | None, since: datetime) -> Job:
    job = replace(job_of(row), started_at=since)
    if row.recipient.startswith("channel:"):
        return replace(job, channel_id=int(row.recipient.removeprefix("channel:")))
    if person is None:
        return job
    return replace(job, discord_id=person.discord_id, channel_id=person.dm_channel_id)


def provable(job: Job) -> bool:
    """Say whether its channel's history would prove it: by its marker, for somebody who is there."""
    known = job.channel_id is not None or job.discord_id is not None
    return job.channel == PROVABLE and job.traceable and known


def waiting(at: datetime) -> Counter[str]:
    """Count what will be said once sending goes on, and what is too late by now."""
    rows = Delivery.objects.filter(state__in=(*WAITING, State.LEASED))
    late = rows.filter(deadline_at__lte=at).count()
    due = rows.filter(next_at__lte=at, deadline_at__gt=at).count()
    return Counter(late=late, due=due, later=rows.count() - late - due)


@transaction.atomic
def settle(findings: Iterable[Finding], *, at: datetime) -> Counter[str]:
    """Write down what was found and let sending go on; returns how many rows became what.

    All of it or nothing: a release that dies half way is begun again. Rows that changed since they
    were looked at keep their change.
    """
    done: Counter[str] = Counter()
    for finding in findings:
        held = Delivery.objects.select_for_update().filter(
            pk=finding.job.delivery_id, fence=finding.job.fence, state__in=SUSPECT
        )
        if row := held.first():
            done[_settle(row, finding, at)] += 1
    hold.release(at=at)
    return done


def _settle(row: Delivery, finding: Finding, at: datetime) -> str:
    if finding.fate is Fate.FOUND:
        assert finding.said is not None
        _was_said(row, finding.said, at)
        return "sent"
    if finding.fate is Fate.ABSENT:
        return _was_not_said(row, at)
    _was_perhaps_said(row, finding, at)
    return "unconfirmed"


def _was_said(row: Delivery, said: Said, at: datetime) -> None:
    when = said_at(said.message_id)
    _walk(row, at)
    Attempt.objects.create(
        **_try(row),
        started_at=when,
        ended_at=when,
        outcome=Attempt.Outcome.SENT,
        provider_channel_id=said.channel_id,
        provider_message_id=said.message_id,
        error="found by reading back after a restore",
    )
    _end(row, State.SENT, "", at)


def _was_perhaps_said(row: Delivery, finding: Finding, at: datetime) -> None:
    _walk(row, at)
    assert finding.job.started_at is not None
    Attempt.objects.create(
        **_try(row),
        started_at=max(row.due_at, finding.job.started_at),
        ended_at=at,
        outcome=Attempt.Outcome.UNKNOWN,
        error=hold.PERHAPS_SAID,
    )
    _end(row, State.UNCONFIRMED, hold.PERHAPS_SAID, at)


def _was_not_said(row: Delivery, at: datetime) -> str:
    if row.state == State.WITHDRAWN:
        return "withdrawn"
    mine = Delivery.objects.filter(pk=row.pk)
    if at >= row.deadline_at:
        mine.update(fence=F("fence") + 1, **FREE, **_over(State.EXPIRED, "too late", at))
        return "expired"
    # A refusal there may have led to the next channel, which nobody can read: not that one again.
    place = row.channels.index(row.channel) + 1 if row.channel in row.channels else 0
    changes: dict[str, Any] = {"channels": row.channels[:place]}
    if row.state == State.LEASED:
        changes |= {"state": State.SCHEDULED, **FREE}
    mine.update(fence=F("fence") + 1, **changes)
    return "to be said"


def _walk(row: Delivery, at: datetime) -> None:
    for state in STEPS[State(row.state)]:
        held = state in (State.LEASED, State.SENDING)
        lease = {"lease_owner": OWNER, "lease_until": at + LEASE} if held else FREE
        Delivery.objects.filter(pk=row.pk).update(state=state, **lease)
    Delivery.objects.filter(pk=row.pk).update(fence=F("fence") + 1, attempts=F("attempts") + 1)


def _try(row: Delivery) -> dict[str, Any]:
    nonce = job_of(row).nonce
    facts = {"delivery": row, "n": row.tries.count() + 1, "channel": row.channel, "nonce": nonce}
    return {**facts, "fence": row.fence + 1}


def _end(row: Delivery, state: State, reason: str, at: datetime) -> None:
    Delivery.objects.filter(pk=row.pk).update(**FREE, **_over(state, reason, at))


def _over(state: State, reason: str, at: datetime) -> dict[str, Any]:
    return {"state": state, "reason": reason, "settled_at": at}


def said_at(message_id: int) -> datetime:
    """Return when Discord took a message; its id says so."""
    return datetime.fromtimestamp(((message_id >> 22) + EPOCH_MS) / 1000, UTC)
