"""A breaker per channel: a provider that answers unclearly is left alone, then asked carefully.

Five unclear answers within thirty seconds open it; so does a refusal of our token (401) or of our
address (a 429 that is none of Discord's own). While it is open nothing is claimed; afterwards one
probe every ten seconds, until one is answered clearly. All processes share the row.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F

from botworker.channels import Refusal, Said, Verdict
from botworker.models import Breaker

log = logging.getLogger(__name__)

WINDOW = timedelta(seconds=30)
UNCLEAR = 5
UNCLEAR_ANSWERS = (Verdict.UNKNOWN, Verdict.UNPROVABLE)
PROBE_EVERY = timedelta(seconds=10)
# How long we stay away when the provider refuses us altogether.
AWAY = timedelta(minutes=10)


def limit(channel: str, *, at: datetime) -> int | None:
    """Return how many may be claimed now: None for as many as the pace allows, else 0 or 1."""
    row = Breaker.objects.filter(channel=channel, open_until__isnull=False).first()
    if row is None or row.open_until is None:
        return None
    if at < row.open_until:
        return 0
    mine = Breaker.objects.filter(channel=channel, open_until=row.open_until)
    return 1 if mine.update(open_until=at + PROBE_EVERY) else 0


def is_open(channel: str, *, at: datetime) -> bool:
    """Say whether a channel is left alone now; asking takes no probe's place."""
    return Breaker.objects.filter(channel=channel, open_until__gt=at).exists()


def record(channel: str, results: Iterable[Said | Refusal], *, at: datetime) -> None:
    """Learn from what the provider answered. Call it in the transaction that settles."""
    answers = list(results)
    blocked = next((one for one in answers if _is_blocked(one)), None)
    if isinstance(blocked, Refusal):
        _open(
            channel,
            at + timedelta(seconds=blocked.wait or AWAY.total_seconds()),
            blocked.reason,
            at,
        )
    elif any(_is_clear(one) for one in answers):
        Breaker.objects.filter(channel=channel).exclude(unclear=0, open_until=None).update(
            unclear=0, open_until=None, reason=""
        )
    elif unclear := sum(_is_unclear(one) for one in answers):
        _count(channel, unclear, at)


def _is_clear(answer: Said | Refusal) -> bool:
    """The provider answered and we understood it: somebody who blocked us is no trouble of its."""
    if isinstance(answer, Said):
        return True
    return answer.verdict in (Verdict.PERMANENT, Verdict.OUR_FAULT) and bool(answer.http_status)


def _is_blocked(answer: Said | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.verdict is Verdict.BLOCKED


def _is_unclear(answer: Said | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.verdict in UNCLEAR_ANSWERS


def _count(channel: str, unclear: int, at: datetime) -> None:
    row, _made = Breaker.objects.get_or_create(channel=channel, defaults={"since": at})
    if at - row.since > WINDOW:
        Breaker.objects.filter(channel=channel, since=row.since).update(since=at, unclear=0)
    Breaker.objects.filter(channel=channel).update(unclear=F("unclear") + unclear)
    if Breaker.objects.filter(channel=channel, unclear__gte=UNCLEAR, open_until=None).exists():
        _open(channel, at + PROBE_EVERY, "no clear answers", at)


def _open(channel: str, until: datetime, reason: str, at: datetime) -> None:
    Breaker.objects.get_or_create(channel=channel, defaults={"since": at})
    Breaker.objects.filter(channel=channel).update(open_until=until, reason=reason[:120])
    log.error("%s is left alone until %s: %s", channel, until.isoformat(), reason)
