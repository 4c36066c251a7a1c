"""How many requests a provider takes from us now, over all processes."""

from datetime import datetime

from django.conf import settings

from botworker.models import Bucket

# Discord counts 50 requests in any second. A bucket that lets three through at once and refills
# with 45 a second never starts more than 48 in one; the rest is for requests that arrive late and
# fall into the next second.
BURST = 3.0


def take(name: str, wanted: int, *, at: datetime, rate: float | None = None) -> int:
    """Take up to `wanted` tokens for requests that start now; returns how many were granted.

    Call it in the transaction of the claim, so that a claim without its tokens cannot exist.
    """
    per_second = rate or _per_second(name)
    bucket, _made = Bucket.objects.get_or_create(
        name=name, defaults={"level": BURST, "filled_at": at}
    )
    for _try in range(5):
        passed = max(0.0, (at - bucket.filled_at).total_seconds())
        level = min(BURST, bucket.level + passed * per_second)
        granted = min(wanted, int(level))
        if granted == 0:
            return 0
        # Conditional, because another process may have taken some since we looked.
        same = Bucket.objects.filter(name=name, level=bucket.level, filled_at=bucket.filled_at)
        if same.update(level=level - granted, filled_at=max(at, bucket.filled_at)):
            return granted
        bucket.refresh_from_db()
    return 0


def _per_second(name: str) -> float:
    return float(
        {
            "telegram": settings.TELEGRAM_REQUESTS_PER_SECOND,
            "signal": settings.SIGNAL_REQUESTS_PER_SECOND,
        }.get(name, settings.DISCORD_REQUESTS_PER_SECOND)
    )
