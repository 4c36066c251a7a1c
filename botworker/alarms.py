"""What is wrong as rows: found, over, seen, and claimed by the one process that tells it.

Any number of watchers find the same; the database keeps one row for each cause and lets one of
them tell. Whoever dies between telling and saying so leaves a lease: then it is told again, because
an alarm that was heard twice is better than one that nobody heard.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from botworker.models import Alert, FinishedRun, PartPulse

LEASE = timedelta(seconds=30)
# A cause is over when no watcher found it for so long: each looks every five seconds.
OVER_AFTER = timedelta(seconds=15)
# After that nobody wants to hear of it any more.
WORTH = timedelta(hours=24)
KEPT = timedelta(days=90)
LONGEST_REST = timedelta(minutes=10)


@dataclass(frozen=True)
class Found:
    """One cause as a watcher found it; `urgent` where somebody is to be told."""

    key: str
    code: str
    # What it is called on the first line, what is said of it below.
    words: str
    urgent: bool


@dataclass(frozen=True)
class Open:
    """One cause that is not over, as the operators' page shows it."""

    pk: int
    key: str
    code: str
    since: datetime
    seen_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True)
class Task:
    """Something to tell: that a cause began or is over, claimed under `tries`."""

    pk: int
    tries: int
    key: str
    code: str
    words: str
    since: datetime
    over_at: datetime | None


def my_turn(part: str, every: timedelta, *, at: datetime) -> bool:
    """Say whether this process looks this time: of several, one does in each turn.

    Its sign of life is that of all of them.
    """
    PartPulse.objects.get_or_create(part=part, defaults={"at": at - 2 * every})
    # A clock that was set back must not keep everybody from looking.
    free = Q(at__lte=at - every) | Q(at__gt=at + every)
    return bool(PartPulse.objects.filter(free, part=part).update(at=at))


def note(causes: Iterable[Found], *, at: datetime) -> None:
    """Write down what is wrong now; a cause that is known only gets its new time."""
    found = {cause.key: cause for cause in causes}
    known = set(Alert.objects.filter(key__in=found, over_at=None).values_list("key", flat=True))
    if known:
        newer = Greatest("found_at", at)
        Alert.objects.filter(key__in=known, over_at=None).update(found_at=newer)
    for key in found.keys() - known:
        _begin(found[key], at)


def _begin(cause: Found, at: datetime) -> None:
    try:
        with transaction.atomic():
            Alert.objects.create(
                key=cause.key,
                code=cause.code,
                words=cause.words[:400],
                urgent=cause.urgent,
                since=at,
                found_at=at,
            )
    except IntegrityError:
        return  # another watcher was quicker


def close(
    *,
    at: datetime,
    judged: Callable[[str], bool],
    silent: Collection[str],
    endings: dict[str, str],
) -> None:
    """End what nobody found for a while. `judged` says which codes this watcher looks at.

    Codes in `silent` happened and are not undone: nobody is told of their end. `endings` has the
    last words for some keys.
    """
    gone = Alert.objects.filter(over_at=None, found_at__lt=at - OVER_AFTER)
    for one in gone:
        if not judged(one.code):
            continue
        quiet = {"over_told_at": at} if one.code in silent or not one.urgent else {}
        title = one.words.partition("\n")[0]
        words = f"{title}\n{endings.get(one.key, '')}"[:400]
        # As it was when we read it: another watcher may have found it again.
        mine = Alert.objects.filter(pk=one.pk, over_at=None, found_at=one.found_at)
        mine.update(over_at=at, words=words, lease_until=None, tries=0, **quiet)


def forget(*, at: datetime) -> int:
    """Delete what was over long ago; returns how many rows."""
    runs, _each = FinishedRun.objects.filter(at__lt=at - KEPT).delete()
    return runs + Alert.objects.filter(over_at__lt=at - KEPT).delete()[0]


def open_ones() -> list[Open]:
    """Return every cause that is not over, the newest first."""
    rows = Alert.objects.filter(over_at=None).order_by("-since", "pk")
    return [Open(r.pk, r.key, r.code, r.since, r.seen_at, r.told_at) for r in rows]


def see(key: str, *, at: datetime) -> bool:
    """Note that an operator has seen a cause; False where it is over or was never written down.

    It stays until it is over, and is told to nobody any more if it was not yet.
    """
    return bool(Alert.objects.filter(key=key, over_at=None, seen_at=None).update(seen_at=at))


def claim(*, at: datetime) -> Task | None:
    """Take something that is to be told, so that no other process tells it as well."""
    for row in _untold(at).order_by("since", "pk")[:10]:
        free = Alert.objects.filter(pk=row.pk, tries=row.tries, over_at=row.over_at)
        if free.update(tries=F("tries") + 1, lease_until=at + _rest(row.tries)):
            over_at = row.over_at
            return Task(row.pk, row.tries + 1, row.key, row.code, row.words, row.since, over_at)
    return None


def _untold(at: datetime) -> QuerySet[Alert]:
    begun = Q(over_at=None, told_at=None, seen_at=None)
    # What was over before anybody could be told is told once, with its end.
    over = Q(over_at__isnull=False, over_told_at=None) & ~Q(told_at=None, seen_at__isnull=False)
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    return Alert.objects.filter(begun | over, free, urgent=True, found_at__gt=at - WORTH)


def _rest(tries: int) -> timedelta:
    """How long nobody tries again: 30 s at first, then longer."""
    rest: timedelta = LEASE * 2 ** min(tries, 10)
    return min(LONGEST_REST, rest)


def told(task: Task, *, at: datetime) -> None:
    """Note that somebody was told; whoever claimed it since has told it again."""
    done = {"over_told_at": at} if task.over_at else {"told_at": at}
    Alert.objects.filter(pk=task.pk, tries=task.tries).update(lease_until=None, **done)


def finish(keys: Iterable[str], *, at: datetime) -> None:
    """Write down that some runs went out whole; each is written once."""
    wanted = set(keys)
    known = FinishedRun.objects.filter(key__in=wanted).values_list("key", flat=True)
    rows = [FinishedRun(key=key, at=at) for key in wanted - set(known)]
    FinishedRun.objects.bulk_create(rows, ignore_conflicts=True)


def claim_ping(*, at: datetime) -> FinishedRun | None:
    """Take a run that the service outside is to hear of; None when there is none."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    rows = FinishedRun.objects.filter(free, pinged_at=None, at__gt=at - timedelta(hours=1))
    for row in rows.order_by("at")[:5]:
        mine = FinishedRun.objects.filter(pk=row.pk, tries=row.tries, pinged_at=None)
        if mine.update(tries=F("tries") + 1, lease_until=at + LEASE):
            return row
    return None


def pinged(run: FinishedRun, *, at: datetime) -> None:
    """Note that the service outside was told of a run."""
    FinishedRun.objects.filter(pk=run.pk).update(pinged_at=at, lease_until=None)
