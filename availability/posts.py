"""The evening's living post: when it is promised, and what it says now.

The keeper (`botworker.tracked`) posts it once, edits it and has it posted anew where it was deleted.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings

from accounts import language
from availability import queries, readiness, words
from availability.models import Evening
from botworker import tracked
from botworker.tracked import Drawn
from slomix.lib import clock

KIND = "evening_post"


def key_of(day: date) -> str:
    """Return the ledger's key for an evening's post."""
    return f"EVENING:{day}"


def promise(at: datetime) -> bool:
    """Promise today's post once its time has come; True when it was not there yet."""
    day = clock.today(at)
    due_at = clock.instant(day, settings.POLL_POST_TIME)
    if not settings.POLL_ENABLED or at < due_at or tracked.is_kept(key_of(day)):
        return False
    return tracked.keep(
        key_of(day),
        kind=KIND,
        channel_id=settings.POLL_CHANNEL_ID,
        evening=day,
        due_at=due_at,
        until=queries.times(day).ends_at,
        at=at,
    )


def day_of(key: str) -> date:
    """Return the evening that a key of ours is about."""
    return date.fromisoformat(key.partition(":")[2])


def versions(keys: Iterable[str]) -> dict[str, int]:
    """Return the versions of the evenings; each answer raises one."""
    by_day = {day_of(key): key for key in keys}
    found = Evening.objects.filter(day__in=by_day).values_list("day", "version")
    return {by_day[day]: version for day, version in found}


@language.ours()
def draw(key: str, at: datetime) -> Drawn:
    """Return the evening's post as it should be now."""
    day = day_of(key)
    answers = queries.named_days(day, day)[day]
    memory = readiness.of(day)
    return Drawn(extras=words.post(answers, queries.times(day), at=at, memory=memory))
