"""Days and times as people write them into a command, and the days that are offered to them."""

from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from availability import grammar, queries
from availability.commands.common import Refused
from availability.presses import Press, refusal
from botworker.plain import plain
from slomix.lib import clock, dates

LONGEST_TYPED = 40
Offers = list[tuple[str, str]]


def read(press: Press, text: str) -> date:
    """Read a day; raises Refused for what is none. Whether it can be answered is for the verbs."""
    day = grammar.day_of(text[:100], today=clock.today(press.at))
    if day is None:
        raise no_day(text)
    return day


def no_day(text: str) -> Refused:
    """Return the refusal of something that is no day."""
    wrong = _("**I do not know the day “%(text)s”.** Write today, tomorrow or 2026-11-24.")
    return Refused(refusal(wrong % {"text": plain(text, LONGEST_TYPED)}))


def read_time(text: str) -> time | None:
    """Read the time from which somebody comes; None for nothing, Refused for what is no time."""
    if not text.strip():
        return None
    found = grammar.time_of(text[:100])
    if found is None:
        raise no_time(text)
    return found


def no_time(text: str) -> Refused:
    """Return the refusal of something that is no time."""
    wrong = _("**%(text)s is not a time.** Write it as 21:00.")
    return Refused(refusal(wrong % {"text": plain(text, LONGEST_TYPED)}))


def offered(press: Press, typed: str) -> Offers:
    """Return (name, date) of the days that a beginning can mean: the day itself, then the next."""
    first, last = queries.horizon(press.at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = grammar.folded(typed.strip())
    if not wanted:
        return [_offer(day, first) for day in days]
    meant = grammar.day_of(typed[:100], today=first)
    fitting = [meant] if meant and first <= meant <= last else []
    fitting += [day for day in days if day not in fitting and _fits(day, first, wanted)]
    return [_offer(day, first) for day in fitting]


def _offer(day: date, today: date) -> tuple[str, str]:
    return _name(day, today)[:100], day.isoformat()


def _name(day: date, today: date) -> str:
    written = dates.long(day)
    near = {0: _("Today"), 1: _("Tomorrow")}.get((day - today).days)
    return f"{near}, {written}" if near else written


def _fits(day: date, today: date, wanted: str) -> bool:
    ways = (
        _name(day, today),
        dates.long(day),
        f"{day:%Y-%m-%d}",
        f"{day.day}.{day.month}.",
    )
    return any(grammar.folded(way).startswith(wanted) for way in ways)
