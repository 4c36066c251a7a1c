"""Many evenings by command: one's usual week (/pattern) and being away (/away)."""

from datetime import date

from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from availability import actions, queries
from availability.actions.days import hold
from availability.commands import common, days
from availability.models import Away, Status
from availability.presses import Press, Reply
from slomix.lib import clock, dates

EVERY_DAY = "every"
NOTHING = "NOTHING"


def pattern(press: Press, *, weekday: str = "", status: str = "") -> Reply:
    """Show somebody's usual week, or say what one weekday (0 is Monday) or every day usually is.

    `status` is one of Status, or NOTHING. Without both of them nothing is changed.
    """
    person = common.linked(press)
    if not weekday or not status:
        return Reply(_week(person))
    wanted = _weekdays(weekday)
    with transaction.atomic():
        # The week is replaced as a whole: two doors at once must not lose each other's day.
        hold([person.pk])
        week = {n: said for n, said in queries.usual(person.pk).items() if n not in wanted}
        if status != NOTHING:
            week |= dict.fromkeys(wanted, status)
        changed = actions.set_pattern(person=person, week=week, at=press.at)
    told = [_week(person)]
    if changed:
        counted = ngettext("%(n)d evening ahead changed.", "%(n)d evenings ahead changed.", changed)
        told.append(counted % {"n": changed})
    return Reply(" ".join(told))


def _weekdays(text: str) -> list[int]:
    if text == EVERY_DAY:
        return list(range(7))
    # What is no number is no weekday; the verb says so.
    return [int(text) if text.isascii() and text.isdecimal() else -1]


def _week(person: User) -> str:
    usual = queries.usual(person.pk)
    if not usual:
        return _("**Your usual week says nothing.** /pattern with a weekday and an answer sets it.")
    named = [f"{WEEKDAYS[n]}: {Status(said).label}" for n, said in sorted(usual.items())]
    text = _("**Your usual week: %(days)s.** What you say about a day itself always counts more.")
    return text % {"days": ", ".join(named)}


def away(press: Press, *, first: str = "", last: str = "", end: str = "") -> Reply:
    """Say that somebody is away, take an absence back by its number, or list what is ahead."""
    person = common.linked(press)
    if end:
        return _end(press, person, end)
    if not first and not last:
        return Reply(_absences(press, person))
    begins = days.read(press, first) if first else clock.today(press.at)
    ends = days.read(press, last) if last else begins
    made = actions.add_away(person=person, first=begins, last=ends, at=press.at)
    text = _("**You are away: %(days)s.** What you answer for a day itself still counts.")
    return Reply(text % {"days": _span(made)})


def _end(press: Press, person: User, number: str) -> Reply:
    # What is no number is nobody's absence; the verb says so.
    wanted = int(number) if number.isascii() and number.isdecimal() else 0
    actions.end_away(person=person, absence_id=wanted, at=press.at)
    text = _("**That absence is taken back.** Your usual week holds again.")
    return Reply(f"{text} {_absences(press, person)}")


def _absences(press: Press, person: User) -> str:
    ahead = queries.absences(person.pk, clock.today(press.at))
    if not ahead:
        return _("**You are not away.** /away with a first and a last day says it.")
    return _("**You are away: %(days)s.**") % {"days": "; ".join(_span(one) for one in ahead)}


def ends_offered(press: Press, typed: str) -> list[tuple[str, str]]:
    """Return (days, number) of somebody's absences that are not over."""
    ahead = queries.absences(common.meet(press).pk, clock.today(press.at))
    found = [(_span(one)[:100], str(one.pk)) for one in ahead]
    return [one for one in found if typed.casefold() in one[0].casefold()]


def _span(absence: Away) -> str:
    if absence.first == absence.last:
        return _day(absence.first)
    return _("%(first)s to %(last)s") % {"first": _day(absence.first), "last": _day(absence.last)}


def _day(day: date) -> str:
    return dates.brief(day)
