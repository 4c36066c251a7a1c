"""How one's own answer for an evening came about, line by line. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from availability.models import STANDING, Change, Door, Status
from slomix.lib import clock, dates

MOST = 12


@dataclass(frozen=True)
class Line:
    """One change: when, what holds since then (empty: nothing), and who or what did it."""

    at: datetime
    when: str
    status: str
    words: str
    cause: str


def lines(newest_first: Iterable[Change], day: date) -> list[Line]:
    """Return the history of one evening, the newest change first, at most twelve."""
    mine = [change for change in newest_first if change.day == day]
    return [_line(change) for change in mine[:MOST]]


def _line(change: Change) -> Line:
    local = clock.local(change.at)
    return Line(
        at=change.at,
        when=f"{dates.number(local)} {clock.spoken(local.time())}",
        status=change.after,
        words=_words(change),
        cause=_cause(change),
    )


def _words(change: Change) -> str:
    if not change.after:
        return _("no answer")
    status = str(Status(change.after).label)
    if change.after_late is None:
        return status
    return _("%(status)s, from %(at)s") % {
        "status": status,
        "at": clock.wall(change.after_late),
    }


def _cause(change: Change) -> str:
    door = str(Door(change.door).label)
    if change.undoes_id:
        return _("undone, %(door)s") % {"door": door}
    if change.by_id and change.door != Door.ADMIN and change.door not in STANDING:
        return _("somebody for you, %(door)s") % {"door": door}
    return door
