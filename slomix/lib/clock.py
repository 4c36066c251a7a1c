"""One clock and one "today" for the web, the API, the bot and the tasks.

Instants are aware datetimes in UTC. A wall time becomes an instant only together with its day and
zone, so an evening stays at 21:00 when the clocks change.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import pgettext


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()


def zone() -> ZoneInfo:
    """Return the zone of the game night."""
    found: ZoneInfo = settings.EVENING_ZONE
    return found


def today(at: datetime) -> date:
    """Return the date of the game night's zone at an instant."""
    return local(at).date()


def local(at: datetime, reader: ZoneInfo | None = None) -> datetime:
    """Return an instant in the reader's zone, or in the game night's."""
    return at.astimezone(reader or zone())


def instant(day: date, wall: time, where: ZoneInfo | None = None) -> datetime:
    """Return the UTC instant of a wall time on a day.

    A wall time that does not exist that night (spring) moves forward by the gap; one that occurs
    twice (autumn) means its first occurrence.
    """
    return datetime.combine(day, wall.replace(fold=0), where or zone()).astimezone(UTC)


def plain(at: datetime, reader: ZoneInfo | None = None) -> str:
    """Write the time of day as 21:00, or 21:00:15 where seconds matter; for programs and fields."""
    moment = local(at, reader)
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def wall(at: datetime, reader: ZoneInfo | None = None) -> str:
    """Write the time of day as people do in the language that is spoken now: 21:00, 21.00."""
    return _spoken(plain(at, reader))


def spoken(moment: time) -> str:
    """Write a wall time that has no day, as people do."""
    return _spoken(f"{moment:%H:%M}")


def _spoken(digits: str) -> str:
    return digits.replace(":", pgettext("between hours and minutes", ":"))


def named(at: datetime, reader: ZoneInfo | None = None) -> str:
    """Write the time of day with the name its zone really has then: 21:00 CET, 21.00 CEST."""
    return f"{wall(at, reader)} {local(at, reader):%Z}"
