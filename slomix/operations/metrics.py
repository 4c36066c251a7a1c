"""`/metrics` for Prometheus. Every value comes from rows, so each process shows the same."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from accounts.access import public
from botworker import counting, hold, measured, vitals, workers
from botworker.measured import Spread
from slomix.lib import clock
from slomix.operations.judging import BACKUP, DRILL


@public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures to whoever has METRICS_TOKEN or may enter the admin; for others there is
    no such page."""
    if not (_has_token(request) or admin.site.has_permission(request)):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures(clock.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _has_token(request: HttpRequest) -> bool:
    wanted = settings.METRICS_TOKEN
    kind, _space, shown = request.headers.get("Authorization", "").partition(" ")
    right = secrets.compare_digest(shown.strip().encode(), wanted.encode())
    return bool(wanted) and kind.lower() == "bearer" and right


class Figures(Collector):
    """All figures at one instant."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> Iterable[Metric]:
        """Nothing is known before it is asked for; without this everything is asked twice."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every figure, in a fixed number of queries."""
        yield from self._ledger()
        yield from self._times()
        yield from self._counted()
        yield from self._parts()
        yield from self._discord()
        yield from self._keeping()

    def _ledger(self) -> Iterator[Metric]:
        states = GaugeMetricFamily(
            "slomix_delivery_state", "Messages by state.", labels=["kind", "channel", "state"]
        )
        dead = CounterMetricFamily(
            "slomix_expired", "Messages that were too late and dropped.", labels=["kind"]
        )
        expired: dict[str, int] = {}
        for kind, channel, state, number in measured.states():
            states.add_metric([kind, channel, state], number)
            expired[kind] = expired.get(kind, 0) + number * (state == "expired")
        for kind, number in sorted(expired.items()):
            dead.add_metric([kind], number)
        yield states
        yield dead
        queue = vitals.queue(self.at)
        oldest = (self.at - queue.oldest_at).total_seconds() if queue.oldest_at else 0.0
        yield _gauge("slomix_oldest_due_seconds", "Age of the oldest unclaimed message.", oldest)
        yield _gauge("slomix_due_waiting", "Messages that are due and unclaimed.", queue.waiting)
        yield _gauge("slomix_unknown_open", "Messages of unclear fate.", queue.unknown)

    def _times(self) -> Iterator[Metric]:
        yield _histogram(
            "slomix_dispatch_lag_seconds",
            "From a message's time to the provider's answer.",
            ["kind"],
            measured.lags(),
        )
        yield _histogram(
            "slomix_provider_seconds",
            "How long a provider took, by what came of it.",
            ["channel", "class"],
            measured.provider_times(),
        )
        rows = measured.pages()
        pages = [
            Spread(
                (one.page,),
                {most: getattr(one, column) for column, most in measured.WITHIN.items()},
                one.number,
                one.seconds,
            )
            for one in rows
        ]
        yield _histogram("slomix_page_seconds", "How long pages took.", ["page"], pages)
        broken = CounterMetricFamily(
            "slomix_page_errors", "Answers of 500 and more.", labels=["page"]
        )
        for one in rows:
            broken.add_metric([one.page], one.broken)
        yield broken

    def _counted(self) -> Iterator[Metric]:
        found = counting.counted()
        stolen, rejected = found[counting.STOLEN], found[counting.REJECTED]
        yield CounterMetricFamily("slomix_lease_steals", "Leases of dead drains.", stolen)
        yield CounterMetricFamily("slomix_fence_rejects", "Late decisions refused.", rejected)
        results = CounterMetricFamily(
            "slomix_reconcile", "What reading back found.", labels=["result"]
        )
        for result, number in measured.read_back().items():
            results.add_metric([result], number)
        yield results

    def _parts(self) -> Iterator[Metric]:
        ages = GaugeMetricFamily(
            "slomix_part_age_seconds", "Since a part's last sign of life.", labels=["part"]
        )
        for part, sign in sorted(vitals.signs().items()):
            ages.add_metric([part], _age(self.at, sign.at))
        yield ages
        runs = GaugeMetricFamily(
            "slomix_worker_age_seconds", "Since a piece of work was last done.", labels=["worker"]
        )
        failing = GaugeMetricFamily(
            "slomix_worker_failing", "1 where the last run failed.", labels=["worker"]
        )
        for line in (lines := workers.lines()):
            runs.add_metric([line.name], _age(self.at, line.last_run_at))
            failing.add_metric([line.name], float(bool(line.error)))
        yield runs
        yield failing
        good = {line.name: line.last_good_at for line in lines}
        for name, metric in ((BACKUP, "slomix_backup"), (DRILL, "slomix_restore_drill")):
            if made := good.get(name):
                text = f"Since the last good {name}."
                yield _gauge(f"{metric}_age_seconds", text, _age(self.at, made))

    def _discord(self) -> Iterator[Metric]:
        identified = vitals.identified(self.at)
        yield _gauge("slomix_gateway_identify_24h", "IDENTIFYs within 24 hours.", identified)
        invalid = measured.invalid_requests(self.at)
        yield _gauge("slomix_invalid_requests_10m", "401, 403 and 429 within 10 minutes.", invalid)
        breakers = GaugeMetricFamily(
            "slomix_breaker_open", "1 for a channel that is left alone.", labels=["channel"]
        )
        for one in vitals.shut(self.at):
            breakers.add_metric([one.channel], 1)
        yield breakers

    def _keeping(self) -> Iterator[Metric]:
        since = hold.since()
        yield _gauge("slomix_hold", "1 while nothing is sent.", float(since is not None))
        ahead = vitals.skew(clock.now()).total_seconds()
        yield _gauge("slomix_clock_skew_seconds", "Ahead of the database's clock.", ahead)


def _age(at: datetime, then: datetime) -> float:
    return max(0.0, (at - then).total_seconds())


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value)


def _histogram(
    name: str, text: str, labels: list[str], spreads: Iterable[Spread]
) -> HistogramMetricFamily:
    family = HistogramMetricFamily(name, text, labels=labels)
    for one in spreads:
        buckets: list[tuple[str, float]] = [(str(most), float(n)) for most, n in one.within.items()]
        family.add_metric(list(one.labels), [*buckets, ("+Inf", float(one.number))], one.seconds)
    return family
