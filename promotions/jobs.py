"""Running a campaign's jobs: claimed with a lease, so that a dead worker's job is run again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation

from accounts.text import language_of
from availability import queries
from availability.quorum import Quorum
from botworker import hold, outbox
from promotions import followup, places, schedule, words
from promotions.models import Campaign, Job
from promotions.promises import JOB_OF, slots_of
from slomix.lib.json_lines import about

LEASE = timedelta(seconds=30)
KIND_OF = {job: kind for kind, job in JOB_OF.items()}


def due(at: datetime) -> list[int]:
    """Return the ids of jobs that are ready (two minutes before their time) and that nobody runs.

    None while sending is on hold: whether their messages were said already is found out first.
    """
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    ready = Job.objects.filter(free, done_at__isnull=True, run_at__lte=at + schedule.READY_BEFORE)
    found = list(ready.order_by("run_at").values_list("pk", flat=True)[:50])
    return [] if found and hold.since() else found


def run(job_id: int, *, at: datetime) -> bool:
    """Run one job; False when somebody else has it. Running it again changes nothing.

    The reminder and the start make their planned rows claimable at their time. The words are
    written anew with today's numbers, in each person's language: nothing was sent yet, so nothing
    can differ from a try. The check after the start does the same; whom it asks is decided as each
    is sent.
    """
    if not _claim(job_id, at):
        return False
    job = Job.objects.select_related("campaign").get(pk=job_id)
    with about(campaign_id=job.campaign_id, job_id=job_id), transaction.atomic():
        outcome = _outcome(job, at)
        Job.objects.filter(pk=job_id).update(done_at=at, lease_until=None, outcome=outcome)
    return True


def _claim(job_id: int, at: datetime) -> bool:
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    mine = Job.objects.filter(free, pk=job_id, done_at__isnull=True)
    return bool(mine.update(lease_until=at + LEASE, attempts=F("attempts") + 1))


def _outcome(job: Job, at: datetime) -> str:
    campaign = job.campaign
    if campaign.cancelled_at or campaign.dry_run:
        return "skipped: cancelled" if campaign.cancelled_at else "skipped: dry run"
    if job.kind == Job.Kind.FOLLOW_UP:
        return followup.release(campaign, at=at)
    return f"released {_release(campaign, KIND_OF[Job.Kind(job.kind)])}"


def _release(campaign: Campaign, kind: str) -> int:
    slot = next(slot for slot in slots_of(campaign) if slot.kind == kind)
    looking = queries.named_days(campaign.day, campaign.day)[campaign.day].counts.looking
    quorum = Quorum(looking, settings.READY_THRESHOLD)
    released, where = 0, places.known()
    for language, keys in _by_language(campaign).items():
        with translation.override(language):
            body = words.body(kind, queries.times(campaign.day), quorum, where)
            rows = words.rows(kind, campaign.day, where)
        released += outbox.release(slot.event_key, keys, body=body, rows=rows)
    return released


def _by_language(campaign: Campaign) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in campaign.recipients.select_related("person__preferences").order_by("pk"):
        found.setdefault(language_of(one.person), []).append(one.key)
    return found
