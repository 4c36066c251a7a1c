"""How days are written, in the language that is spoken now; times are written by `clock`."""

from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

# As a weekday stands behind “for”; Slovene says sredo there, and not sreda.
FOR = (
    pgettext_lazy("for a day", "Monday"),
    pgettext_lazy("for a day", "Tuesday"),
    pgettext_lazy("for a day", "Wednesday"),
    pgettext_lazy("for a day", "Thursday"),
    pgettext_lazy("for a day", "Friday"),
    pgettext_lazy("for a day", "Saturday"),
    pgettext_lazy("for a day", "Sunday"),
)
WRITTEN = gettext_lazy("%(weekday)s %(day)s")


def long(day: date) -> str:
    """“Friday 20 November”, as it stands alone or begins a sentence."""
    return str(WRITTEN) % {"weekday": WEEKDAYS[day.weekday()], "day": _in_full(day)}


def about(day: date) -> str:
    """The same behind “for”: “your answer for Wednesday 18 November”."""
    return str(WRITTEN) % {"weekday": FOR[day.weekday()], "day": _in_full(day)}


def _in_full(day: date) -> str:
    return date_format(day, pgettext("date format", "j F"))


def brief(day: date) -> str:
    """“Fri 20 Nov”."""
    return date_format(day, pgettext("date format", "D j M"))


def month_day(day: date) -> str:
    """“20 November” as one end of a span."""
    return date_format(day, pgettext("date format, in a span", "j F"))


def brief_month_day(day: date) -> str:
    """“20 Nov”."""
    return date_format(day, pgettext("date format", "j M"))


def brief_year(day: date) -> str:
    """“20 Nov 2026”."""
    return date_format(day, pgettext("date format", "j M Y"))


def with_year(day: date) -> str:
    """“20 November 2026”."""
    return date_format(day, pgettext("date format", "j F Y"))


def month(day: date) -> str:
    """“November 2026”, as a heading."""
    return date_format(day, pgettext("date format", "F Y"))


def number(day: date) -> str:
    """“20. 11.”, the same in every language."""
    return f"{day.day}. {day.month}."
