"""What nobody holds any more: leases of the dead, promises nobody released, what is too late.

Every drain sweeps; each step is one conditional UPDATE, so two sweeping at once do no harm.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts import reach
from botworker import breaker, counting, hold, pacing
from botworker.channels import Said
from botworker.claims import OVERDUE, Job, job_of, still_ours
from botworker.models import WAITING, Attempt, Delivery, State

# A request that was under way when its process died is over by then.
READ_BACK_AFTER = timedelta(seconds=5)
READ_BACK_EVERY = timedelta(seconds=10)
FREE = {"lease_owner": "", "lease_until": None}


def sweep(at: datetime) -> bool:
    """Free what dead drains held, release what no worker released, expire what is too late.

    False while sending is on hold: what then looks late may have been said before a restore.
    """
    if hold.since():
        return False
    rows = Delivery.objects
    late = rows.filter(state=State.PLANNED, next_at__lte=at - OVERDUE)
    late.update(state=State.SCHEDULED, released_by="drain")
    dead = {"lease_until__lte": at}
    stolen = rows.filter(state=State.LEASED, **dead).update(
        state=State.SCHEDULED, fence=F("fence") + 1, **FREE
    )
    counting.count(counting.STOLEN, stolen)
    _nobody_knows(at)
    rows.filter(state__in=WAITING, deadline_at__lte=at).update(
        state=State.EXPIRED, reason="too late", settled_at=at
    )
    return True


@transaction.atomic
def _nobody_knows(at: datetime) -> None:
    crashed = Delivery.objects.filter(state=State.SENDING, lease_until__lte=at)
    ids = list(crashed.values_list("pk", flat=True)[:100])
    if not ids:
        return
    # The fence moves, so a drain that was only asleep settles nothing on an old decision.
    unknown = {"state": State.UNKNOWN, "fence": F("fence") + 1, "next_at": at} | FREE
    counting.count(counting.STOLEN, crashed.filter(pk__in=ids).update(**unknown))
    Attempt.objects.filter(delivery__in=ids, outcome=Attempt.Outcome.PENDING).update(
        outcome=Attempt.Outcome.UNKNOWN, ended_at=at, error="no answer was recorded"
    )


def to_read_back(channel: str, *, at: datetime) -> list[Job]:
    """Take the rows of which nobody knows whether they arrived, for one look at the provider."""
    open_rows = Delivery.objects.filter(state=State.UNKNOWN, channel=channel, next_at__lte=at)
    if not open_rows.exists() or breaker.limit(channel, at=at) == 0:
        return []
    # Reading costs the provider as much as writing.
    granted = pacing.take(channel, min(25, open_rows.count()), at=at)
    jobs = []
    for row in open_rows.order_by("next_at")[:granted]:
        mine = Delivery.objects.filter(pk=row.pk, fence=row.fence, state=State.UNKNOWN)
        if mine.update(fence=F("fence") + 1, next_at=at + READ_BACK_EVERY):
            row.refresh_from_db()
            jobs.append(_with_attempt(row))
    return jobs


def _with_attempt(row: Delivery) -> Job:
    attempt = row.tries.filter(outcome=Attempt.Outcome.UNKNOWN).get()
    job = replace(job_of(row), attempt_id=attempt.pk, started_at=attempt.started_at)
    if row.recipient.startswith("channel:"):
        return replace(job, channel_id=int(row.recipient.removeprefix("channel:")))
    person = reach.of_many([row.person_id or 0]).get(row.person_id or 0)
    if person is None:
        return job
    return replace(job, discord_id=person.discord_id, channel_id=person.dm_channel_id)


@transaction.atomic
def found(job: Job, said: Said, *, at: datetime) -> None:
    """Record that the message did arrive, unless another drain looks for it by now.

    The try and the delivery change together: a try that says sent under a delivery that does not
    would stop every drain that reads back.
    """
    if not still_ours([job], State.UNKNOWN):
        return
    Attempt.objects.filter(pk=job.attempt_id).update(
        outcome=Attempt.Outcome.SENT,
        provider_channel_id=said.channel_id,
        provider_message_id=said.message_id,
        error="found by reading back",
    )
    _settle_unknown(job, State.SENT, at, reason="", settled_at=at)


@transaction.atomic
def absent(job: Job, *, at: datetime) -> None:
    """Record that the whole history was read and the message is not in it.

    It is tried again with the same nonce; after the deadline, or after a no, it is not. Nothing
    changes when another drain looks for it by now.
    """
    assert job.started_at is not None
    if at < job.started_at + READ_BACK_AFTER or not still_ours([job], State.UNKNOWN):
        return
    window = timedelta(seconds=settings.DISCORD_NONCE_WINDOW_SECONDS)
    nowhere = job.channel_id is None and job.discord_id is None
    if nowhere or (not job.traceable and at > job.started_at + window):
        # It could be there and not be recognised, and the provider may have forgotten the nonce;
        # or the person left for good, and nobody knows whose history to read.
        _settle_unknown(job, State.UNCONFIRMED, at, reason="no clear answer", settled_at=at)
        return
    Attempt.objects.filter(pk=job.attempt_id).update(
        outcome=Attempt.Outcome.TRANSIENT, error="not there when read back"
    )
    if Delivery.objects.filter(pk=job.delivery_id).exclude(reason="").exists():
        _settle_unknown(job, State.WITHDRAWN, at, settled_at=at)
    elif at >= job.deadline_at:
        _settle_unknown(job, State.EXPIRED, at, reason="too late", settled_at=at)
    else:
        _settle_unknown(job, State.RETRY_WAIT, at, next_at=at)


def unreadable(job: Job, *, at: datetime) -> None:
    """Give up on a row past its deadline whose history cannot be read: nobody will ever know."""
    if at >= job.deadline_at + READ_BACK_EVERY * 3:
        _settle_unknown(job, State.UNCONFIRMED, at, reason="no clear answer", settled_at=at)


def give_up(channel: str, *, at: datetime) -> None:
    """Settle what a dead drain left on a channel that gives no proof: said once, or perhaps never."""
    Delivery.objects.filter(state=State.UNKNOWN, channel=channel).update(
        state=State.UNCONFIRMED,
        reason="no clear answer",
        settled_at=at,
        fence=F("fence") + 1,
        **FREE,
    )


def _settle_unknown(job: Job, to: State, at: datetime, **changes: object) -> None:
    held = Delivery.objects.filter(pk=job.delivery_id, fence=job.fence, state=State.UNKNOWN)
    held.update(state=to, **FREE, **changes)
