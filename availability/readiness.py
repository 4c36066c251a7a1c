"""What an evening remembers of having been on: rows; `quorum.Memory` decides."""

from datetime import date, datetime

from django.conf import settings

from availability import queries
from availability.board import Counts
from availability.models import Evening
from availability.quorum import Memory, Quorum


def of(day: date) -> Memory:
    """Return what is remembered of an evening; nothing of one that nobody answered."""
    row = Evening.objects.filter(day=day).first()
    return memory_of(row) if row else Memory()


def remember(*days: date, at: datetime) -> bool:
    """Write down whether these evenings are on now; True when one of them turned.

    Call it in the transaction that changed an answer, after `touch`: that holds the evenings' rows,
    so of any number of answers at once the last one sees all the others. Two queries, and one more
    where any evening turned.
    """
    if not days:
        return False
    counts = queries.counts(min(days), max(days))
    turned = []
    for row in Evening.objects.filter(day__in=days).order_by("day"):
        looking = counts.get(row.day, Counts()).looking
        before = memory_of(row)
        after = before.after(Quorum(looking, settings.READY_THRESHOLD), at)
        if after != before:
            row.was_on_at, row.on_since = after.was_on_at, after.on_since
            row.short_since = after.short_since
            turned.append(row)
    Evening.objects.bulk_update(turned, ["was_on_at", "on_since", "short_since"])
    return bool(turned)


def memory_of(row: Evening) -> Memory:
    """Return what a row remembers."""
    return Memory(row.was_on_at, row.on_since, row.short_since)
