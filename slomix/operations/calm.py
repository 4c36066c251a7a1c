"""Whether now is a time to change the database under the people's feet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections

from botworker import promised
from promotions.models import Job

# Nothing is migrated this long before a call is due, nor while it is said.
BEFORE = timedelta(minutes=15)
# A job that nobody ran for so long is run by nobody any more: its words are over.
OVER_AFTER = timedelta(minutes=30)
KINDS = ("reminder", "start", "follow_up")
NEEDED = frozenset(
    {
        "availability_promotion_jobs",
        "availability_promotion_campaigns",
        "notifications_ledger",
    }
)


def disturbed(at: datetime, *, database: str = "default") -> str:
    """Say which call a change would meet, or nothing when there is none.

    A database without our tables is disturbed by nobody. Nothing is read but columns that every
    version had.
    """
    names = set(connections[database].introspection.table_names())
    if not names >= NEEDED:
        return ""
    job = _next_job(at, database)
    if job:
        return f"a call is due at {job.astimezone(settings.EVENING_ZONE):%H:%M}"
    unsaid = promised.between(KINDS, since=at, until=at + BEFORE, database=database)
    return f"{unsaid} messages of a call wait to be said" if unsaid else ""


def _next_job(at: datetime, database: str) -> datetime | None:
    due = Job.objects.using(database).filter(
        done_at__isnull=True,
        run_at__gt=at - OVER_AFTER,
        run_at__lte=at + BEFORE,
        campaign__cancelled_at__isnull=True,
        campaign__dry_run=False,
    )
    return due.order_by("run_at").values_list("run_at", flat=True).first()
