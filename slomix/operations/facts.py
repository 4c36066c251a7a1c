"""How everything is, read from rows in a fixed number of questions. What it means is `judging`'s."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from botworker import hold, tallying, vitals, workers
from botworker.vitals import Leader, Lot, Queue, Shut, Sign
from promotions.models import Campaign, Job
from promotions.promises import slots_of
from promotions.schedule import Slot
from slomix.lib import clock
from slomix.operations import trial
from slomix.operations.trial import Trial

OPEN = frozenset(tallying.OPEN)


@dataclass(frozen=True)
class Run:
    """One thing that live calls say at one time of one evening, to all that they call."""

    slot: Slot
    states: Counter[str]
    # How many should be over by now and are not.
    late: int
    ended_at: datetime | None

    @property
    def total(self) -> int:
        """How many messages it has."""
        return self.states.total()

    @property
    def open(self) -> int:
        """How many of them are not over."""
        return sum(n for state, n in self.states.items() if state in OPEN)

    def finished(self, at: datetime) -> bool:
        """Say whether its time has come and all of it is over."""
        return at >= self.slot.due_at and self.total > 0 and self.open == 0

    @property
    def key(self) -> str:
        """What it is called in an alert."""
        return f"{self.slot.kind} {self.slot.day}"


@dataclass(frozen=True)
class Facts:
    """Everything that is looked at, at one instant."""

    at: datetime
    today: date
    signs: dict[str, Sign]
    leader: Leader | None
    shut: list[Shut]
    identified: int
    looks: dict[str, tuple[datetime, int]]
    hold_since: datetime | None
    workers: dict[str, workers.Line]
    runs: list[Run]
    late_jobs: list[Job]
    # Tonight's: how many calls are live, and how many people cannot be reached.
    calls: list[Campaign]
    unreached: int
    queue: Queue
    skew: timedelta
    trial: Trial | None

    def silent(self, part: str) -> timedelta | None:
        """Return for how long a part has said nothing; None: it never said anything."""
        sign = self.signs.get(part)
        return self.at - sign.at if sign else None


def collect(at: datetime) -> Facts:
    """Look at everything; the calls of today and yesterday are those that still matter."""
    today = clock.today(at)
    jobs = Job.objects.select_related("campaign")
    recent = {"campaign__day__gte": today - timedelta(days=1), "campaign__dry_run": False}
    found = list(jobs.filter(**recent, campaign__cancelled_at=None).order_by("run_at", "pk"))
    calls = {job.campaign_id: job.campaign for job in found}
    tonight = [call for call in calls.values() if call.day == today]
    slots = _slots(list(calls.values()))
    return Facts(
        at=at,
        today=today,
        signs=vitals.signs(),
        leader=vitals.leader(),
        shut=vitals.shut(at),
        identified=vitals.identified(at),
        looks=vitals.looks(),
        hold_since=hold.since(),
        workers={line.name: line for line in workers.lines()},
        runs=_runs(slots, at),
        late_jobs=[job for job in found if _is_late(job, at)],
        calls=tonight,
        unreached=vitals.unreached(slot.event_key for slot in slots if slot.day == today),
        queue=vitals.queue(at),
        skew=vitals.skew(clock.now()),
        trial=trial.of(at),
    )


def _slots(calls: list[Campaign]) -> list[Slot]:
    """Return what some calls say; two calls for one evening say the same things."""
    found = {slot.event_key: slot for call in calls for slot in slots_of(call)}
    return sorted(found.values(), key=lambda slot: slot.due_at)


def _runs(slots: list[Slot], at: datetime) -> list[Run]:
    patience = settings.ALERT_RUN_WITHIN
    lots: dict[str, list[Lot]] = {}
    for lot in vitals.lots([slot.event_key for slot in slots], at=at, patience=patience):
        lots.setdefault(lot.event_key, []).append(lot)
    return [_run(slot, lots.get(slot.event_key, [])) for slot in slots]


def _run(slot: Slot, lots: list[Lot]) -> Run:
    ends = [lot.last_at for lot in lots if lot.last_at]
    return Run(
        slot,
        Counter({lot.state: lot.number for lot in lots}),
        sum(lot.late for lot in lots),
        max(ends, default=None),
    )


def _is_late(job: Job, at: datetime) -> bool:
    """A job is ready two minutes before its time, so a minute after it is three late."""
    return job.done_at is None and job.run_at <= at - settings.ALERT_RUN_WITHIN
