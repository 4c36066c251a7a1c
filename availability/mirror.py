"""The evening as a scheduled event of the Discord server, once it is on.

It is planned once and stays through a dip: an evening with five of six is not off.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings

from accounts import language
from availability import posts, queries, words
from availability.quorum import Quorum
from botworker import tracked
from botworker.tracked import DrawnEvent
from slomix.lib import clock

KIND = "evening_event"


def key_of(day: date) -> str:
    """Return what an evening's event is kept under, and known by at Discord."""
    return f"EVENING-EVENT:{day}"


def promise(at: datetime) -> bool:
    """Begin to watch today's evening; True when it was not watched yet."""
    day = clock.today(at)
    if not settings.EVENT_MIRROR_ENABLED or tracked.is_kept(key_of(day)):
        return False
    guild, ends_at = settings.DISCORD_GUILD_ID, queries.times(day).ends_at
    return tracked.keep_event(key_of(day), kind=KIND, guild_id=guild, at=at, until=ends_at)


def versions(keys: Iterable[str]) -> dict[str, int]:
    """Return the versions of the evenings."""
    by_post = {posts.key_of(posts.day_of(key)): key for key in keys}
    return {by_post[post]: version for post, version in posts.versions(by_post).items()}


@language.ours()
def draw(key: str, at: datetime) -> DrawnEvent | None:
    """Return the event of an evening that is on; None for one that is not, or not any more."""
    day = posts.day_of(key)
    looking = queries.counts(day, day).get(day)
    if looking is None or not Quorum(looking.looking, settings.READY_THRESHOLD).ready:
        return None
    return words.event(queries.times(day))
