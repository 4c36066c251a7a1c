"""A range of days as the JSON API shows it, kept in the process until an answer changes it.

Names are read anew each time: somebody who is called differently, or is not linked to Discord any
more, is seen at once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from availability import queries, shown
from availability.board import days
from availability.queries import People, Said, Stamp
from availability.shown import Named, Numbers
from slomix.lib import clock
from slomix.lib.keep import Kept


@dataclass(frozen=True)
class _Answered:
    """Who answered what, and everybody's number once."""

    said: Said
    numbers: frozenset[int]


# Half a year of names of two hundred people is 2 MB.
_numbers: Kept[Numbers] = Kept(64)
_answered: Kept[_Answered] = Kept(8)
_named: Kept[Named] = Kept(8)


def numbers(first: date, last: date, stamp: Stamp, at: datetime) -> Numbers:
    """Return what everybody sees; `stamp` is of these days and of today."""
    today, threshold = clock.today(at), settings.READY_THRESHOLD

    def make() -> Numbers:
        counts = queries.counts(first, last, also=today)
        return shown.numbers(first, last, counts, today=today, threshold=threshold)

    return _numbers.get((first, last, today, threshold), stamp, at, make)


def named(first: date, last: date, stamp: Stamp, at: datetime) -> Named:
    """Return who said what. Only for those who may see names."""
    answered = _answered.get((first, last), stamp, at, lambda: _read(first, last))
    people = queries.people(answered.numbers)
    return _named.get(
        (first, last), (stamp, people), at, lambda: _write(first, last, answered, people)
    )


def _read(first: date, last: date) -> _Answered:
    said = queries.said(first, last)
    everybody = (who for day in said.values() for some in day.values() for who in some)
    return _Answered(said, frozenset(everybody))


def _write(first: date, last: date, answered: _Answered, people: People) -> Named:
    written = {pk: {"user_id": number, "display_name": name} for pk, number, name in people}
    return shown.named(days(first, last), answered.said, written)
