"""Figures for operators, out of the rows that are there anyway: a fixed number of questions.

The ledger's rows are never deleted, so what is counted over all of them only grows. No figure names
a person, an address or an id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum

from botworker.models import Attempt, Delivery, PageTime, State

# Columns of PageTime and the seconds that they stand for.
WITHIN = {
    "within_50ms": 0.05,
    "within_100ms": 0.1,
    "within_300ms": 0.3,
    "within_1s": 1.0,
    "within_3s": 3.0,
}
LAG = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
PROVIDER = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# Discord blocks an address for a while that collects 10,000 of these within ten minutes.
INVALID = (401, 403, 429)
INVALID_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Spread:
    """How long something took: how many did within so many seconds, how many in all, their sum."""

    labels: tuple[str, ...]
    within: dict[float, int]
    number: int
    seconds: float


def states() -> list[tuple[str, str, str, int]]:
    """Count the ledger's rows by kind, channel and state."""
    rows = Delivery.objects.values_list("kind", "channel", "state").annotate(n=Count("pk"))
    return list(rows.order_by("kind", "channel", "state"))


def lags() -> list[Spread]:
    """Return how long after its time what was sent was taken by the provider, by kind."""
    rows = Delivery.objects.filter(state=State.SENT, settled_at__isnull=False)
    return _spreads(rows, ("kind",), F("settled_at") - F("due_at"), LAG)


def provider_times() -> list[Spread]:
    """Return how long providers took to answer, by channel and by what came of it."""
    rows = Attempt.objects.filter(ended_at__isnull=False)
    return _spreads(rows, ("channel", "outcome"), F("ended_at") - F("started_at"), PROVIDER)


def _spreads(
    rows: Any, names: tuple[str, ...], took: Any, bounds: tuple[float, ...]
) -> list[Spread]:
    timed = rows.annotate(took=ExpressionWrapper(took, output_field=DurationField()))
    within = {
        f"within_{place}": Count("pk", filter=Q(took__lte=timedelta(seconds=most)))
        for place, most in enumerate(bounds)
    }
    found = timed.values(*names).annotate(n=Count("pk"), total=Sum("took"), **within)
    return [
        Spread(
            tuple(one[name] for name in names),
            {most: one[f"within_{place}"] for place, most in enumerate(bounds)},
            one["n"],
            one["total"].total_seconds() if one["total"] else 0.0,
        )
        for one in found.order_by(*names)
    ]


def read_back() -> dict[str, int]:
    """Count what reading back found, and what stays unconfirmed."""
    return Attempt.objects.aggregate(
        found=Count("pk", filter=Q(error="found by reading back")),
        unknown=Count("pk", filter=Q(outcome=Attempt.Outcome.UNKNOWN)),
    )


def invalid_requests(at: datetime) -> int:
    """Count the tries of ten minutes that Discord counts against our address."""
    rows = Attempt.objects.filter(channel="discord", http_status__in=INVALID)
    return rows.filter(started_at__gt=at - INVALID_WITHIN).count()


def pages() -> list[PageTime]:
    """Return how long each kind of page took."""
    return list(PageTime.objects.order_by("page"))


def add_pages(taken: Mapping[str, Mapping[str, float]]) -> None:
    """Add what one process counted, all or nothing."""
    if not taken:
        return
    with transaction.atomic():
        # In one order, so that two processes that write at once do not wait for each other.
        for page, columns in sorted(taken.items()):
            PageTime.objects.get_or_create(page=page)
            more = {name: F(name) + number for name, number in columns.items()}
            PageTime.objects.filter(page=page).update(**more)


def page_ms() -> int:
    """Return how many milliseconds a page takes on average, over everything so far."""
    found = PageTime.objects.aggregate(n=Sum("number"), seconds=Sum("seconds"))
    return round(1000 * found["seconds"] / found["n"]) if found["n"] else 0
